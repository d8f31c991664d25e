import { existsSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { isPostgres, sqliteFile } from '../store/open.ts';
import { removeStore, syncPath } from '../store/replace.ts';
import { copySqlite } from './copy.ts';
import { describeStore, inspectStore, type StoreFacts } from './inspect.ts';

/**
 * Writes the store, as it stands at one moment, into one file, while a server may go on writing. The file is whole and
 * was read back, or is not there; only an earlier backup of the same publication is overwritten. Gives what there is to say of it.
 */
export async function backUp(storeUrl: string, file: string): Promise<string> {
  if (isPostgres(storeUrl))
    throw new Error(`backup: expected a SQLite store; for Postgres: pg_dump -Fc -f FILE "$STORE_URL"`);
  const store = sqliteFile(storeUrl);
  if (!existsSync(store)) throw new Error(`backup: expected a store at ${store}, found none`);
  if (!existsSync(dirname(file))) throw new Error(`backup: expected a folder at ${dirname(file)}, found none`);
  refuseItself(store, file);
  const before = existsSync(file) ? inspectStore(file) : undefined;
  const fresh = `${file}.${process.pid}.new`;
  try {
    await copySqlite(store, fresh);
    const facts = inspectStore(fresh);
    refuseOther(file, before, facts);
    syncPath(fresh);
    renameSync(fresh, file);
    syncPath(dirname(file));
    return `${file}: ${describeStore(facts)}\n`;
  } catch (error) {
    removeStore(fresh);
    throw new Error(`backup: cannot copy ${store} to ${file}: ${(error as Error).message}`, { cause: error });
  }
}

function refuseItself(store: string, file: string): void {
  const [a, b] = [statSync(store), statSync(file, { throwIfNoEntry: false })];
  if (a.dev === b?.dev && a.ino === b.ino)
    throw new Error(`backup: expected another file than the store, found ${file}`);
}

function refuseOther(file: string, before: StoreFacts | undefined, { publicationId }: StoreFacts): void {
  if (before === undefined || before.publicationId === publicationId) return;
  throw new Error(`expected a backup of ${publicationId} to overwrite, found ${file} of ${before.publicationId}`);
}
