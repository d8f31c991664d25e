import { DatabaseSync } from 'node:sqlite';

/** How long one who wants to open the store waits for one who is putting another in its place, in milliseconds. */
const patience = 30_000;

/**
 * Holds the file that lies beside a SQLite store: `shared` by every process that has the store open to write,
 * `alone` by one that puts another file in its place. Gives what lets it go; the system does so when the process dies.
 * Throws an Error when somebody else holds it otherwise.
 */
export function holdStore(file: string, manner: 'shared' | 'alone'): () => void {
  // SQLite's locks are used for what they are: they need no process ids, and hold between containers too.
  const lock = new DatabaseSync(`${file}.lock`, { timeout: manner === 'shared' ? patience : 0 });
  try {
    lock.exec(manner === 'shared' ? 'begin; select count(*) from sqlite_schema' : 'begin exclusive');
  } catch (error) {
    lock.close();
    if (manner === 'shared') throw error;
    throw new Error(`${file} is in use: expected no other process, found one that has it open`, { cause: error });
  }
  return () => lock.close();
}
