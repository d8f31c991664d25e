import { existsSync, renameSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isPostgres, sqliteFile } from '../store/open.ts';

/** Where the last edition is kept on this machine: beside a SQLite store, under its name; for others in `var`. */
export function editionFileOf(storeUrl: string): string {
  return `${stemOf(storeUrl)}.last-edition`;
}

/** Where documents that were made on demand are kept on this machine. */
export function shelfOf(storeUrl: string): string {
  return `${stemOf(storeUrl)}.last-documents`;
}

function stemOf(storeUrl: string): string {
  const file = sqliteFile(storeUrl);
  if (isPostgres(storeUrl)) return join('var', databaseOf(storeUrl) || 'postgres');
  return file === ':memory:' ? join('var', 'memory') : file;
}

/** The name of the database in a URL, whose hosts may be several, or none; empty where it gives no name. */
function databaseOf(storeUrl: string): string {
  const { pathname, searchParams } = new URL(storeUrl.replace(/(?<=:\/\/)[^/?]*/, ''));
  return basename(searchParams.get('dbname') || pathname);
}

/**
 * Takes over what was kept under names that all stores of a folder shared. Of several stores those belong to one with a
 * name of its own only by chance, so that only a store of the default name, or Postgres, is sure to be meant.
 */
export function adoptKeptFiles(storeUrl: string): void {
  if (!isPostgres(storeUrl) && basename(sqliteFile(storeUrl)) !== 'linecaster.db') return;
  const dir = dirname(stemOf(storeUrl));
  adopt(join(dir, 'last-edition'), editionFileOf(storeUrl));
  adopt(join(dir, 'last-documents'), shelfOf(storeUrl));
  // Stores of which no name was read, for their hosts make no URL, shared one too.
  if (!isPostgres(storeUrl) || (URL.parse(storeUrl)?.pathname ?? '').length > 1) return;
  adopt(join(dir, 'postgres.last-edition'), editionFileOf(storeUrl));
  adopt(join(dir, 'postgres.last-documents'), shelfOf(storeUrl));
}

function adopt(former: string, path: string): void {
  try {
    if (existsSync(former) && !existsSync(path)) renameSync(former, path);
  } catch {
    // On a disk that takes nothing there is none to be kept either.
  }
}
