import type { Options, PostgresType, Sql, TransactionSql } from 'postgres';
import type { Lines } from './silence.ts';

/** Between two tries to listen to a database that is away. */
const longestWaitSeconds = 2;

/** Connections that are made when they are needed. */
export type Clients = {
  /** Has a client do some work. */
  readonly use: <T>(work: (sql: Sql) => Promise<T>) => Promise<T>;
  /** Calls `onNotice` with what is said on a channel; `onListen` for every connection that listens to it. */
  readonly listen: (channel: string, onNotice: (said: string) => void, onListen: () => void) => Promise<void>;
  readonly close: () => Promise<void>;
};

type Client = { readonly sql: Sql; works: number; isLost: boolean };

/**
 * Clients of a database, one after the other. One that has lost a connection gets no more work: the package would go on
 * with what was left unsent on that connection, and send nothing on the one in its place, ever again.
 */
export function openClients(url: string, lines: Lines): Clients {
  let current: Promise<Client> | undefined;
  let listener: Promise<Sql> | undefined;
  let isClosed = false;
  const hire = async (): Promise<Client> => {
    const onLoss = (): void => {
      if (client.isLost) return;
      client.isLost = true;
      current = undefined;
      dismissIdle(client);
    };
    const client: Client = { sql: await loadClient(url, lines, onLoss), works: 0, isLost: false };
    return client;
  };
  return {
    use: async (work) => {
      if (isClosed) throw new Error('it was closed');
      current ??= hire();
      const client = await current;
      client.works += 1;
      try {
        return await work(client.sql);
      } finally {
        client.works -= 1;
        dismissIdle(client);
      }
    },
    listen: async (channel, onNotice, onListen) => {
      listener ??= loadClient(url, lines);
      await (await listener).listen(channel, onNotice, onListen);
    },
    close: async () => {
      isClosed = true;
      const all = [(await current)?.sql, await listener];
      await Promise.all(all.map((sql) => sql?.end({ timeout: 2 })));
    },
  };
}

/** Ends a client that is not to be used again, when nobody uses it. */
function dismissIdle({ sql, works, isLost }: Client): void {
  if (isLost && works === 0) void sql.end({ timeout: 2 });
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

/** A client that connects when it is first asked. Its package is none of those that a store in a file needs. */
async function loadClient(url: string, lines: Lines, onLoss?: () => void): Promise<Sql> {
  const { default: postgres } = await import('postgres');
  const options: Options<Record<string, PostgresType>> & { readonly socket: Lines['open'] } = {
    max: 4,
    connect_timeout: 5,
    // A pooler has each transaction done on another connection.
    prepare: false,
    // Of arrays, which we have none of. It asks on each new connection, and ends the thread if it is lost meanwhile.
    fetch_types: false,
    // Left to itself it waits up to twenty seconds after a few tries, of all connections together.
    backoff: (tries) => (0.5 + Math.random() / 2) * Math.min(3 ** tries / 100, longestWaitSeconds),
    onnotice: () => undefined,
    ...(onLoss === undefined ? {} : { onclose: onLoss }),
    // Times in milliseconds are beyond 32 bits and well within what a number holds.
    types: { bigint: { to: 20, from: [20], serialize: String, parse: Number } },
    socket: lines.open,
  };
  return postgres(url, options);
}
