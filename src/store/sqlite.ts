import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Database, Row, Statement } from './database.ts';
import { migrations } from './migrations.ts';
import { sqlStore } from './sql-store.ts';
import type { Store } from './store.ts';

/**
 * The store in one SQLite file (or `:memory:`), made if it is not there. Commits are durable (WAL, synchronous=FULL).
 * Throws an Error that begins `store:` when the file cannot be opened or is newer than this program.
 */
export function openSqlite(file: string, options: { readonly readOnly?: boolean } = {}): Store {
  try {
    return sqlStore(toDatabase(open(file, options.readOnly ?? false)));
  } catch (error) {
    throw new Error(`store: cannot open ${file}: ${(error as Error).message}`, { cause: error });
  }
}

function open(file: string, readOnly: boolean): DatabaseSync {
  if (file !== ':memory:' && !readOnly) mkdirSync(dirname(file), { recursive: true });
  const sqlite = new DatabaseSync(file, { readOnly, timeout: 10_000 });
  try {
    if (!readOnly) {
      sqlite.exec('pragma journal_mode = wal; pragma synchronous = full; pragma journal_size_limit = 67108864;');
      migrate(sqlite);
    }
  } catch (error) {
    sqlite.close();
    throw error;
  }
  return sqlite;
}

function migrate(sqlite: DatabaseSync): void {
  const version = sqlite.prepare('pragma user_version').get()!.user_version as number;
  if (version > migrations.length) {
    throw new Error(`written by a newer Linecaster: expected schema ${migrations.length} or older, found ${version}`);
  }
  for (const [index, sql] of migrations.entries()) {
    if (index < version) continue;
    transaction(sqlite, () => sqlite.exec(`${sql}; pragma user_version = ${index + 1};`));
  }
}

function toDatabase(sqlite: DatabaseSync): Database {
  return {
    all: async (sql, values = []) => sqlite.prepare(sql).all(...values) as Row[],
    rowNow: (sql) => {
      const statement = sqlite.prepare(sql);
      return (...values) => statement.get(...values) as Row | undefined;
    },
    write: async (statements) => {
      const rows = statements.reduce((sum, statement) => sum + statement.rows.length, 0);
      const work = (): void =>
        transaction(sqlite, () => {
          for (const statement of statements) run(sqlite, statement);
        });
      if (rows < manyRows) work();
      else withLargeCache(sqlite, work);
    },
    // Whoever has the file may write; a second writer at the same moment fails by the store's generation.
    lead: async () => true,
    onWrite: async () => undefined,
    settling: 0,
    sizeQuery: 'select page_count * page_size as bytes from pragma_page_count(), pragma_page_size()',
    close: async () => sqlite.close(),
  };
}

/** An import writes all over its indexes, again and again the same pages. */
const manyRows = 10_000;

function withLargeCache(sqlite: DatabaseSync, work: () => void): void {
  const { cache_size: before } = sqlite.prepare('pragma cache_size').get() as { cache_size: number };
  sqlite.exec('pragma cache_size = -131072');
  try {
    work();
  } finally {
    sqlite.exec(`pragma cache_size = ${before}; pragma shrink_memory`);
  }
}

function run(sqlite: DatabaseSync, { sql, rows, orFail }: Statement): void {
  const statement = sqlite.prepare(sql);
  for (const values of rows) {
    if (statement.run(...values).changes === 0 && orFail !== undefined) throw new Error(orFail);
  }
}

function transaction(sqlite: DatabaseSync, work: () => void): void {
  sqlite.exec('begin immediate');
  try {
    work();
    sqlite.exec('commit');
  } catch (error) {
    if (sqlite.isTransaction) sqlite.exec('rollback');
    throw error;
  }
}
