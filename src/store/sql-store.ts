import { randomUUID } from 'node:crypto';
import type { Html } from '../lib/html.ts';
import { corruption } from './corruption.ts';
import type { Database, Row, Statement } from './database.ts';
import type { Entry, EntryText, Term } from './records.ts';
import { sqlFiles } from './sql-files.ts';
import { readLive, readLiveDates } from './sql-live.ts';
import { fromNotices, sqlOutbox } from './sql-outbox.ts';
import { sqlReadership } from './sql-readership.ts';
import { tableQueries, toFeed, toFields, toPlace, toSettings, toSnapshot } from './sql-records.ts';
import { toStatements } from './sql-rows.ts';
import { noteWrite, readWriteOf, readWrites } from './sql-writes.ts';
import type { PlacedEntry, PlaceRange, Store } from './store.ts';

/** How many ids one query asks for. */
const batch = 500;

/** The store over any database that speaks SQL. */
export function sqlStore(database: Database): Store {
  const { all, write, lead, yieldLead, onWrite, wakeOthers, show, behind, ahead } = named(database);
  return {
    generation: () => readGeneration(all),
    epoch: async () => (await all('select epoch from generation'))[0]!.epoch as string,
    load: async () => {
      // The generation first: what is written while the tables are read makes the next save fail.
      const generation = await readGeneration(all);
      const write = database.remembersWrites === true ? await readWriteOf(all, generation) : undefined;
      const tables: Partial<Record<keyof typeof tableQueries, Iterable<Row>>> = {};
      for (const [table, sql] of Object.entries(tableQueries))
        tables[table as keyof typeof tableQueries] = database.now?.rows(sql) ?? (await all(sql));
      return { ...toSnapshot(tables as Parameters<typeof toSnapshot>[0]), generation, write };
    },
    save: async (changes, generation) => {
      const id = database.remembersWrites === true ? randomUUID() : undefined;
      const statements = [
        nextGeneration(generation),
        ...toStatements(changes),
        ...fromNotices(changes),
        ...(id === undefined ? [] : noteWrite(changes, generation + 1, id)),
      ];
      await write(statements.filter(({ rows }) => rows.length > 0));
      return id;
    },
    ...(database.remembersWrites === true
      ? {
          writes: (since, now) => readWrites(all, since, now),
          writeOf: (generation) => readWriteOf(all, generation),
        }
      : {}),
    texts: async (ids) => {
      const texts = new Map<string, EntryText>();
      for (let from = 0; from < ids.length; from += batch) await readTexts(all, ids.slice(from, from + batch), texts);
      return texts;
    },
    ...(database.now === undefined ? {} : { entryNow: entryReader(database.now) }),
    entryAt: async (path) => {
      const key = path.toLowerCase();
      const sql = `select fields from entries where path = ?
                   union all
                   select fields from entries join aliases on aliases.entry = entries.id where aliases.path = ?`;
      const [row] = await all(sql, [key, key]);
      return row === undefined ? undefined : toFields<Entry>(row);
    },
    feed: async (name) => {
      const [row] = await all('select fields from feeds where name = ?', [name]);
      return row === undefined ? undefined : toFeed(row);
    },
    feeds: async () => (await all(tableQueries.feeds)).map(toFeed),
    places: (feed, range) => readPlaces(all, feed, range),
    outbox: sqlOutbox({ all, behind, ahead }),
    readership: sqlReadership({ all, write }),
    live: (range) => readLive(all, range),
    liveDates: () => readLiveDates(all),
    settings: async () => toSettings(await all(tableQueries.settings)),
    ...sqlFiles({ all, sizeQuery: database.sizeQuery }),
    terms: async () => (await all(tableQueries.terms)) as unknown as readonly Term[],
    lead,
    yieldLead,
    onWrite,
    wakeOthers,
    show,
    check: () => check(database),
    close: () => database.close(),
  };
}

type All = Database['all'];

/** The statement is made when the first entry is asked for: only then are there tables. */
function entryReader({ row: prepare }: NonNullable<Database['now']>): NonNullable<Store['entryNow']> {
  let query: ReturnType<typeof prepare> | undefined;
  return (id) => {
    try {
      query ??= prepare('select fields from entries where id = ?');
      const row = query(id);
      return row === undefined ? undefined : toFields<Entry>(row);
    } catch (error) {
      throw new Error(`store: cannot read: ${(error as Error).message}`, { cause: error });
    }
  };
}

async function check({ all, checkQuery }: Database): Promise<void> {
  if (checkQuery === undefined) return;
  const [row] = await all(checkQuery);
  if (row?.verdict !== 'ok') throw corruption(`store: found it damaged: ${row?.verdict}`);
}

async function readGeneration(all: All): Promise<number> {
  const [row] = await all('select number from generation');
  return row!.number as number;
}

/** Holds off a process whose ledger is no longer what the store says. */
function nextGeneration(generation: number): Statement {
  return {
    sql: 'update generation set number = number + 1 where number = ?',
    rows: [[generation]],
    orFail: 'another process has written since this one last read',
  };
}

async function readTexts(all: All, ids: readonly string[], texts: Map<string, EntryText>): Promise<void> {
  const places = ids.map(() => '?').join(', ');
  for (const row of await all(`select entry, html from texts where entry in (${places})`, ids)) {
    texts.set(row.entry as string, { html: row.html as Html });
  }
}

async function readPlaces(all: All, feed: string, range: PlaceRange): Promise<readonly PlacedEntry[]> {
  const placed = 'select places.*, entries.fields from places join entries on entries.id = places.entry where feed = ?';
  const rows =
    'from' in range
      ? await all(`${placed} and place between ? and ? order by place`, [feed, range.from, range.to])
      : await all(
          `${placed} and active = 1 and (place <= ? or archive_only = 1) order by place desc limit ? offset ?`,
          [feed, range.floor, range.limit, range.offset],
        );
  return rows.map((row) => ({ ...toPlace(row), of: toFields<Entry>(row) }));
}

type Named = Pick<Database, 'all' | 'write' | 'lead' | 'onWrite'> &
  Required<Pick<Database, 'yieldLead' | 'wakeOthers' | 'show' | 'behind' | 'ahead'>>;

/** The database with its errors named. Of one that nobody else serves nobody is behind, and its clock is ours. */
function named({ all, write, lead, yieldLead, onWrite, wakeOthers, show, behind, ahead }: Database): Named {
  const naming =
    <A extends readonly unknown[], T>(what: string, work: (...args: A) => Promise<T>) =>
    (...args: A): Promise<T> =>
      work(...args).catch((error: Error) => {
        throw new Error(`store: ${what}: ${error.message}`, { cause: error });
      });
  return {
    all: naming('cannot read', all),
    write: naming('cannot write', write),
    lead: naming('cannot ask who leads', lead),
    yieldLead: naming('cannot leave the lead', yieldLead ?? (async () => undefined)),
    onWrite: naming('cannot listen', onWrite),
    wakeOthers: naming('cannot ask the one that leads', wakeOthers ?? (async () => undefined)),
    show: naming('cannot note what is shown', show ?? (async () => undefined)),
    behind: naming('cannot ask what is shown', behind ?? (async () => new Map())),
    ahead: naming('cannot ask for the time', ahead ?? (async () => 0)),
  };
}
