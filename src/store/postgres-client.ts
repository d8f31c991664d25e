import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Options, PostgresType, Sql, TransactionSql } from 'postgres';
import { type Destination, type Host, readUrl } from './postgres-url.ts';
import type { Lines } from './silence.ts';

/** What the package asks a socket for. */
type Ends = { readonly path?: string; readonly host: readonly string[]; readonly port: readonly number[] };

/** Of the error that says that nothing can be written (Postgres' appendix A). */
const readOnly = '25006';

/** Options of the package that its types leave out. */
type Untyped = {
  readonly socket: (ends: Ends) => Socket;
  readonly onnotify?: (channel: string, said: string) => void;
};

/** Before a connection that listened and was lost is renewed, and then between two tries. */
const [shortestPause, longestPause] = [100, 2000];

/** Connections that are made when they are needed. */
export type Clients = {
  /** Has a client do some work, when it is done with what it was asked before. */
  readonly use: <T>(work: (sql: Sql) => Promise<T>) => Promise<T>;
  /** Calls `onNotice` with what is said on a channel; `onListen` for every connection that listens to it. */
  readonly listen: (channel: string, onNotice: (said: string) => void, onListen: () => void) => Promise<void>;
  readonly close: () => Promise<void>;
};

/**
 * Clients of a database with one connection each, one after the other: one with several fails work when it cannot open
 * the next, though others are free. One that has lost its connection is ended with all that waits for it: the package
 * would go on with what was left unsent, and send nothing on the connection in its place, ever again.
 */
export function openClients(url: string, lines: Lines): Clients {
  let current: Promise<Sql> | undefined;
  let listener: Sql | undefined;
  let line: Promise<unknown> = Promise.resolve();
  let isClosed = false;
  const dismiss = (gone: Promise<Sql> | undefined): void => {
    if (current !== gone) return;
    current = undefined;
    // On another connection nothing waits for what went down with this one.
    line = Promise.resolve();
  };
  const hire = async (): Promise<Sql> => {
    const destination = await readUrl(url);
    const onLoss = (): void => {
      dismiss(hired);
      // What waits for it would wait in vain, each for as long as the one before.
      void client.end({ timeout: 0 });
    };
    const client = await loadClient(destination, lines, await findHost(destination, lines), onLoss);
    const hired = current;
    return client;
  };
  // Not the package's own way to listen: a server that answers and refuses is asked again without a pause there, or never.
  const hireListener = async (channel: string, onNotice: (said: string) => void, onLoss: () => void): Promise<Sql> => {
    const destination = await readUrl(url);
    const client = await loadClient(destination, lines, await findHost(destination, lines), onLoss, onNotice);
    try {
      await client`listen ${client(channel)}`;
    } catch (error) {
      void client.end({ timeout: 2 });
      throw error;
    }
    return client;
  };
  return {
    use: async (work) => {
      if (isClosed) throw new Error('it was closed');
      current ??= hire().catch((error) => {
        current = undefined;
        throw error;
      });
      const asked = current;
      const client = await asked;
      // The package sends what has values in two parts, the first of them before what came before is answered. A pooler
      // that has each transaction done on another connection gives this one away in between, and the answer is lost.
      const turn = line.then(() => work(client));
      line = turn.catch(() => undefined);
      return turn.catch((error) => {
        // Said before the connection is closed, and what is asked meanwhile would go down with it.
        if (isLoss(error) || error.severity === 'FATAL') dismiss(asked);
        if (error.code === readOnly) {
          // A session stays so when its database is not any more; and another host may be written.
          dismiss(asked);
          void client.end({ timeout: 2 });
        }
        throw error;
      });
    },
    listen: async (channel, onNotice, onListen) => {
      let isListening = false;
      const start = async (): Promise<void> => {
        const hired = await hireListener(channel, onNotice, onLoss);
        if (isClosed) return hired.end({ timeout: 2 });
        listener = hired;
        isListening = true;
        onListen();
      };
      const onLoss = async (): Promise<void> => {
        if (!isListening) return;
        isListening = false;
        for (let pause = shortestPause; !(isListening || isClosed); pause = longestPause) {
          await sleep(pause * (0.5 + Math.random() / 2), undefined, { ref: false });
          if (!isClosed) await start().catch(() => undefined);
        }
      };
      await start();
    },
    close: async () => {
      isClosed = true;
      const client = await current?.catch(() => undefined);
      await Promise.all([client, listener].map((one) => one?.end({ timeout: 2 })));
    },
  };
}

/**
 * All of the work in one transaction, or nothing of it. When the connection is lost the work gets no answer any more:
 * `begin` would answer a failure with a rollback, on a connection that is not there, and end the thread.
 */
export async function transact(sql: Sql, work: (transaction: TransactionSql) => Promise<void>): Promise<void> {
  let loss: unknown;
  const answered = (error: unknown): Promise<void> => {
    if (!isLoss(error)) throw error;
    loss = error;
    return new Promise(() => undefined);
  };
  await sql
    .begin((transaction) => work(transaction).catch(answered))
    .catch((error: unknown) => {
      throw loss ?? error;
    });
}

/** Errors of a query have the query; those that the database itself has sent also say how severe they are. */
function isLoss(error: unknown): boolean {
  return error instanceof Error && 'query' in error && !('severity' in error);
}

/** What a host says of itself. */
type HostState = { readonly isStandby: boolean; readonly isReadOnly: boolean };

/** What may be wanted of a host, as libpq has it for `target_session_attrs`. */
const wishes: Readonly<Record<string, (state: HostState) => boolean>> = {
  any: () => true,
  'read-write': ({ isStandby, isReadOnly }) => !isStandby && !isReadOnly,
  'read-only': ({ isStandby, isReadOnly }) => isStandby || isReadOnly,
  primary: ({ isStandby }) => !isStandby,
  standby: ({ isStandby }) => isStandby,
  'prefer-standby': ({ isStandby }) => isStandby,
};

/**
 * The first of several hosts that answers and is what is wanted; undefined where the URL says it. Were they all given to
 * it, the package would go round them for ever while all are away, and fail nothing; and it takes a standby for one that
 * can be written.
 */
async function findHost(destination: Destination, lines: Lines): Promise<Host | undefined> {
  const { hosts, wanted } = destination;
  const isRight = wishes[wanted];
  if (isRight === undefined) throw new Error(`target_session_attrs=${wanted} is not known`);
  if (hosts.length < 2) return hosts[0];
  let other: Host | undefined;
  const failures: string[] = [];
  for (const host of hosts) {
    const sql = await loadClient(destination, lines, host);
    try {
      const [state] = await sql<[HostState]>`
        select pg_is_in_recovery() as "isStandby",
          current_setting('default_transaction_read_only') = 'on' as "isReadOnly"`;
      if (isRight(state)) return host;
      other ??= host;
      failures.push(`${host.host}:${host.port} is not ${wanted}`);
    } catch (error) {
      failures.push((error as Error).message);
    } finally {
      void sql.end({ timeout: 2 });
    }
  }
  if (wanted === 'prefer-standby' && other !== undefined) return other;
  throw new Error(failures.join('; '));
}

/**
 * A client that connects when it is first asked; to this host, else to that of the URL. Its package is none of those that
 * a store in a file needs.
 */
async function loadClient(
  { url, login, ssl }: Destination,
  lines: Lines,
  given: Host | undefined,
  onLoss?: () => void,
  onNotice?: (said: string) => void,
): Promise<Sql> {
  const { default: postgres } = await import('postgres');
  let isEnded = false;
  const options: Options<Record<string, PostgresType>> & Untyped = {
    ...given,
    ...login,
    ...(ssl === undefined ? {} : { ssl: { ...ssl, ...(given && { host: given.host }) } }),
    // As with libpq, a socket has no TLS, whatever is said of it.
    ...(given?.path === undefined ? {} : { ssl: false }),
    max: 1,
    connect_timeout: 5,
    // It is not closed while something waits for it.
    max_lifetime: null,
    // A pooler has each transaction done on another connection.
    prepare: false,
    // Of arrays, which we have none of. It asks on each new connection, and ends the thread if it is lost meanwhile.
    fetch_types: false,
    onnotice: () => undefined,
    ...(onLoss === undefined ? {} : { onclose: onLoss }),
    ...(onNotice === undefined ? {} : { onnotify: (_channel, said) => onNotice(said) }),
    // Times in milliseconds are beyond 32 bits and well within what a number holds.
    types: { bigint: { to: 20, from: [20], serialize: String, parse: Number } },
    socket: ({ path, host, port }) => {
      // The package connects anew for what waited when it was ended, and would keep that connection for ever.
      if (isEnded) throw new Error('the connection was lost');
      return lines.open(given ?? { path, host: host[0]!, port: port[0]! });
    },
  };
  const sql = postgres(url, options);
  const { end } = sql;
  return Object.assign(sql, {
    end: (how: Parameters<Sql['end']>[0]) => {
      isEnded = true;
      return end(how);
    },
  });
}
