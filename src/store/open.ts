import { openPostgres } from './postgres.ts';
import { openSqlite } from './sqlite.ts';
import type { Store } from './store.ts';

/** Opens the store that STORE_URL names. Throws an Error that begins `store:` when it cannot be opened. */
export function openStore(url: string, options: { readonly readOnly?: boolean } = {}): Store {
  return isPostgres(url) ? openPostgres(url) : openSqlite(sqliteFile(url), options);
}

/** Whether STORE_URL names a Postgres database. */
export function isPostgres(url: string): boolean {
  return /^postgres(ql)?:/.test(url);
}

/** The file of a SQLite store. */
export function sqliteFile(url: string): string {
  return url.replace(/^sqlite:(\/\/(?=\/))?/, '');
}
