import { randomUUID } from 'node:crypto';
import type { Sql, TransactionSql } from 'postgres';
import type { Database, Row, Value } from './database.ts';
import { type Clients, openClients, transact } from './postgres-client.ts';
import { migrations } from './postgres-migrations.ts';
import { numbered, run } from './postgres-statements.ts';
import { type Lines, openLines } from './silence.ts';
import { sqlStore } from './sql-store.ts';
import type { Store } from './store.ts';

/** The leader's lease runs out after this long without a renewal. */
const leaseSeconds = 10;

/** A replica that was not heard of for so long does not serve any more, unless the database was away as long. */
const silenceSeconds = 30;

/** A database that says nothing for so long is away. The longest statement takes a fraction of it. */
const patienceMilliseconds = 30_000;

const channel = 'linecaster';

/**
 * The store in a Postgres database, whose tables are made if they are not there. It connects when it is first asked;
 * a method rejects with an Error that begins `store:` while the database is away, and works again when it is back.
 * One that is silent for `patience` milliseconds is away too.
 */
export function openPostgres(url: string, patience: number = patienceMilliseconds): Store {
  return sqlStore(toDatabase(url, openLines(patience)));
}

function toDatabase(url: string, lines: Lines): Database {
  const me = randomUUID();
  // What is read or written may take longer than a lease lasts.
  const [reading, writing, leading] = [openClients(url, lines), openClients(url, lines), openClients(url, lines)];
  let migrated: Promise<void> | undefined;
  let shown: number | undefined;
  let restsUntil = 0;
  /** The database's process that wrote last for this one. */
  let writer = 0;
  /** Work on a database whose tables are there. */
  const ready = <A extends readonly unknown[], T>(
    clients: Clients,
    work: (sql: Sql, ...args: A) => Promise<T>,
  ): ((...args: A) => Promise<T>) =>
    lines.heard((...args) =>
      clients.use(async (sql) => {
        migrated ??= migrate(sql).catch((error) => {
          migrated = undefined;
          throw error;
        });
        await migrated;
        return work(sql, ...args);
      }),
    );
  const noteShown = ready(leading, async (sql, generation: number) => {
    await sql`
      insert into replicas (id, generation, seen) values (${me}, ${generation}, now())
      on conflict (id) do update set generation = excluded.generation, seen = excluded.seen`;
    // Those that were killed.
    await sql`delete from replicas where seen < now() - interval '1 hour'`;
  });
  return {
    all: ready(reading, async (sql, text: string, values: readonly Value[] = []) => {
      return sql.unsafe(numbered(text), [...values]) as unknown as Promise<readonly Row[]>;
    }),
    write: ready(writing, async (sql, statements, { isQuiet = false } = {}) => {
      await transact(sql, async (transaction) => {
        // What was begun on a connection that was cut off must not hold up what is tried on the next.
        const [own] = await transaction`
          select pg_backend_pid() as pid,
            set_config('idle_in_transaction_session_timeout', ${String(patienceMilliseconds)}, true)`;
        if (!isQuiet) writer = own!.pid as number;
        for (const statement of statements) await run(transaction, statement);
        if (isQuiet) return;
        // Not `transaction.notify`, which goes by a connection of its own and arrives before this is committed.
        await transaction`select pg_notify(${channel}, ${me})`;
      });
    }),
    lead: ready(leading, async (sql) => {
      // It is read, and others write.
      if (await isStandby(sql)) return false;
      const isResting = performance.now() < restsUntil;
      const held = await sql`
        update lease set holder = ${me}, until = now() + make_interval(secs => ${leaseSeconds}),
          epoch = case when holder = ${me} then epoch else epoch + 1 end
        where ${!isResting} and (holder = ${me} or until < now()) returning epoch`;
      if (shown !== undefined) {
        // Not what it shows, which may be changing at this moment.
        await sql`
          insert into replicas (id, generation, seen) values (${me}, ${shown}, now())
          on conflict (id) do update set seen = excluded.seen`;
      }
      if (held.length === 0) return false;
      await endStanding(sql, writer).catch(() => undefined);
      return true;
    }),
    yieldLead: ready(leading, async (sql) => {
      const left = await sql`
        update lease set until = now() where holder = ${me} and exists (
          select from replicas where id <> ${me} and seen > now() - make_interval(secs => ${leaseSeconds})
        ) returning epoch`;
      if (left.length > 0) restsUntil = performance.now() + leaseSeconds * 1000;
    }),
    remembersWrites: true,
    onWrite: lines.heard(async (listener) => {
      const onNotice = (writer: string): void => {
        if (writer !== me) listener();
      };
      // Called for every connection: what was written while there was none has not been heard of.
      await leading.listen(channel, onNotice, listener);
    }),
    wakeOthers: ready(leading, async (sql) => {
      await sql`select pg_notify(${channel}, ${me})`;
    }),
    show: async (generation) => {
      shown = generation;
      await noteShown(generation);
    },
    behind: ready(reading, async (sql, generation) => {
      // What is beyond the store's own is of before a backup took its place.
      const rows = await sql`
        select id, generation from replicas
        where seen > now() - make_interval(secs => ${silenceSeconds})
          and (generation < ${generation} or generation > (select number from generation))`;
      return new Map(rows.map((row) => [row.id as string, row.generation as number]));
    }),
    ahead: ready(reading, async (sql) => {
      const [row] = await sql`select (extract(epoch from clock_timestamp()) * 1000)::bigint as now`;
      return (row!.now as number) - Date.now();
    }),
    sizeQuery: 'select pg_database_size(current_database()) as bytes',
    close: lines.heard(async () => {
      await leading
        .use(async (sql) => {
          await sql`update lease set until = now() where holder = ${me}`;
          if (shown !== undefined) await sql`delete from replicas where id = ${me}`;
        })
        .catch(() => undefined);
      await Promise.all([reading, writing, leading].map((clients) => clients.close()));
    }),
  };
}

async function isStandby(sql: Sql): Promise<boolean> {
  const [found] = await sql`select pg_is_in_recovery() as "isStandby"`;
  return found!.isStandby as boolean;
}

/**
 * Ends what another process began to write and has left standing for as long as a lease lasts: it sleeps, or its machine
 * is gone. To Postgres a statement that was sent by halves is at work, and no timeout of its own looks at it.
 */
async function endStanding(sql: Sql, own: number): Promise<void> {
  await sql`
    select pg_terminate_backend(pid) from pg_stat_activity join pg_locks using (pid)
    where datname = current_database() and relation = 'generation'::regclass and mode = 'RowExclusiveLock'
      and pid <> ${own} and wait_event = 'ClientRead' and query_start < now() - make_interval(secs => ${leaseSeconds})`;
}

async function migrate(sql: Sql): Promise<void> {
  // Who may not make tables, or not write at this time, can use those that are there.
  if (isWhole(await versionOf(sql))) return;
  await transact(sql, async (transaction) => {
    // Replicas that start together wait here for the first of them.
    await transaction`select pg_advisory_xact_lock(hashtext('linecaster'))`;
    await transaction`create table if not exists schema_version (version integer not null)`;
    const [found] = await transaction`select version from schema_version`;
    const version = (found?.version as number | undefined) ?? 0;
    if (isWhole(version)) return;
    if (version === 0) await expectAllLetters(transaction);
    for (const migration of migrations.slice(version)) await transaction.unsafe(migration);
    await transaction`delete from schema_version`;
    await transaction`insert into schema_version values (${migrations.length})`;
  });
}

/** Refuses a database that would publish for years, until the first text comes with a sign that it has not. */
async function expectAllLetters(sql: TransactionSql): Promise<void> {
  const [found] = await sql`select current_setting('server_encoding') as encoding`;
  if (found!.encoding === 'UTF8' || found!.encoding === 'SQL_ASCII') return;
  const way = 'make one with createdb -T template0 -E UTF8';
  throw new Error(`expected a database of the encoding UTF8, found ${found!.encoding}: ${way}`);
}

/** Whether nothing is to be done to tables of this version. Throws an Error when they are of a later one than ours. */
function isWhole(version: number | undefined): boolean {
  if (version === undefined || version <= migrations.length) return version === migrations.length;
  throw new Error(`written by a newer Linecaster: expected schema ${migrations.length} or older, found ${version}`);
}

/** Of the tables that are there; undefined without any. */
async function versionOf(sql: Sql): Promise<number | undefined> {
  const [table] = await sql`select to_regclass('schema_version') as name`;
  if (table!.name === null) return undefined;
  const [found] = await sql`select version from schema_version`;
  return found?.version as number | undefined;
}
