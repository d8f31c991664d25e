import { backup, DatabaseSync } from 'node:sqlite';
import { removeStore } from '../store/replace.ts';

/** All pages in one step: a writer is not held up, and does not make the copy begin anew. */
const allPages = 2 ** 31 - 1;

/** Copies a SQLite file, as it stands at one moment and with what its journal holds, into one new file. */
export async function copySqlite(from: string, to: string): Promise<void> {
  removeStore(to);
  const source = new DatabaseSync(from, { readOnly: true, timeout: 10_000 });
  try {
    await backup(source, to, { rate: allPages });
  } finally {
    source.close();
  }
  toOneFile(to);
}

/** Takes in the journal: the file alone is all of the database then. */
export function toOneFile(file: string): void {
  const sqlite = new DatabaseSync(file);
  try {
    sqlite.exec('pragma synchronous = full; pragma journal_mode = delete');
  } finally {
    sqlite.close();
  }
}
