import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Database, Row, Statement } from './database.ts';
import { finishReplacing, pendingStore } from './replace.ts';
import { sqlStore } from './sql-store.ts';
import { openSqliteFile, transaction } from './sqlite-file.ts';
import type { Store } from './store.ts';
import { holdStore } from './store-lock.ts';

/**
 * The store in one SQLite file (or `:memory:`), made if it is not there. Commits are durable (WAL, synchronous=FULL).
 * Throws an Error that begins `store:` when the file cannot be opened or is newer than this program.
 */
export function openSqlite(file: string, options: { readonly readOnly?: boolean } = {}): Store {
  try {
    return sqlStore(open(file, options.readOnly ?? false));
  } catch (error) {
    throw new Error(`store: cannot open ${file}: ${(error as Error).message}`, { cause: error });
  }
}

function open(file: string, readOnly: boolean): Database {
  if (file === ':memory:') return toDatabase(openSqliteFile(file), () => undefined);
  if (readOnly) return openReader(file);
  mkdirSync(dirname(file), { recursive: true });
  completeReplacing(file);
  const release = holdStore(file, 'shared');
  try {
    return toDatabase(openSqliteFile(file), release);
  } catch (error) {
    release();
    throw error;
  }
}

/** Reads what is the store when it is asked, also after another file has taken its place. */
function openReader(file: string): Database {
  let sqlite = openSqliteFile(file, true);
  let { ino } = statSync(file);
  const current = (): Database => {
    const found = statSync(file, { throwIfNoEntry: false })?.ino ?? ino;
    if (found !== ino) {
      sqlite.close();
      sqlite = openSqliteFile(file, true);
      ino = found;
    }
    return toDatabase(sqlite, () => undefined);
  };
  return {
    ...current(),
    all: (sql, values) => current().all(sql, values),
    now: { row: (sql) => current().now!.row(sql), rows: (sql) => current().now!.rows(sql) },
    close: async () => sqlite.close(),
  };
}

/** A killed process may have left a store that is to take this one's place. */
function completeReplacing(file: string): void {
  if (pendingStore(file) === undefined) return;
  const release = holdStore(file, 'alone');
  finishReplacing(file);
  release();
}

function toDatabase(sqlite: DatabaseSync, release: () => void): Database {
  let tidying: NodeJS.Timeout | undefined;
  return {
    all: async (sql, values = []) => sqlite.prepare(sql).all(...values) as Row[],
    now: {
      row: (sql) => {
        const statement = sqlite.prepare(sql);
        return (...values) => statement.get(...values) as Row | undefined;
      },
      rows: (sql) => ({ [Symbol.iterator]: () => sqlite.prepare(sql).iterate() as Iterator<Row> }),
    },
    write: async (statements) => {
      const rows = statements.reduce((sum, statement) => sum + statement.rows.length, 0);
      const work = (): void =>
        transaction(sqlite, () => {
          for (const statement of statements) run(sqlite, statement);
        });
      if (rows < manyRows) return work();
      writeMany(sqlite, work);
      clearTimeout(tidying);
      // Not a function made here, which would keep all that was written as long as the timer is kept.
      tidying = setTimeout(emptyLog, logMilliseconds, sqlite).unref();
    },
    // Whoever has the file may write; a second writer at the same moment fails by the store's generation.
    lead: async () => true,
    onWrite: async () => undefined,
    sizeQuery: 'select page_count * page_size as bytes from pragma_page_count(), pragma_page_size()',
    checkQuery: 'select integrity_check as verdict from pragma_integrity_check(1)',
    close: async () => {
      clearTimeout(tidying);
      sqlite.close();
      release();
    },
  };
}

const manyRows = 10_000;

/** So long what an import wrote may stay in the log alone: it is durable there, and nobody has to wait for more. */
const logMilliseconds = 2000;

/** An import writes all over its indexes, again and again the same pages; they are moved from the log by `emptyLog`. */
function writeMany(sqlite: DatabaseSync, work: () => void): void {
  const { cache_size: cache } = sqlite.prepare('pragma cache_size').get() as { cache_size: number };
  const { wal_autocheckpoint: pages } = sqlite.prepare('pragma wal_autocheckpoint').get() as {
    wal_autocheckpoint: number;
  };
  sqlite.exec('pragma cache_size = -16384; pragma wal_autocheckpoint = 0');
  try {
    work();
  } finally {
    sqlite.exec(`pragma cache_size = ${cache}; pragma wal_autocheckpoint = ${pages}; pragma shrink_memory`);
  }
}

function emptyLog(sqlite: DatabaseSync): void {
  try {
    sqlite.exec('pragma wal_checkpoint(passive)');
  } catch {
    // What could not be moved is in the log still, and moved at a later write.
  }
}

function run(sqlite: DatabaseSync, { sql, rows, orFail }: Statement): void {
  const statement = sqlite.prepare(sql);
  for (const values of rows) {
    if (statement.run(...values).changes === 0 && orFail !== undefined) throw new Error(orFail);
  }
}
