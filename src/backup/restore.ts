import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { beginEpoch } from '../store/new-epoch.ts';
import { isPostgres, sqliteFile } from '../store/open.ts';
import { asideOf, finishReplacing, removeStore, replaceStore } from '../store/replace.ts';
import { openSqliteFile } from '../store/sqlite-file.ts';
import { holdStore } from '../store/store-lock.ts';
import { copySqlite, toOneFile } from './copy.ts';
import { describeStore, inspectStore } from './inspect.ts';

/**
 * Puts a copy of a backup in the place of the store, migrated if an older program wrote it. Refuses while a process has
 * the store open, and unless `replaces` when something was published in it; what was there is set aside, never deleted.
 * Gives what there is to say of it.
 */
export async function restore(storeUrl: string, file: string, replaces: boolean): Promise<string> {
  if (isPostgres(storeUrl))
    throw new Error(`restore: expected a SQLite store; for Postgres: pg_restore -d "$STORE_URL" FILE`);
  const store = sqliteFile(storeUrl);
  try {
    inspectStore(file);
    mkdirSync(dirname(store), { recursive: true });
    const release = holdStore(store, 'alone');
    try {
      return await replace(store, file, replaces);
    } finally {
      release();
    }
  } catch (error) {
    throw new Error(`restore: ${(error as Error).message}`, { cause: error });
  }
}

async function replace(store: string, file: string, replaces: boolean): Promise<string> {
  finishReplacing(store);
  const found = existsSync(store) ? describeFound(store) : undefined;
  if (found !== undefined && !replaces) {
    throw new Error(`expected no store, found ${store} (${found}); --replace sets it aside`);
  }
  const now = Date.now();
  // One name for all: what a killed restore has left goes at the next. No backup has it, which would go as well.
  const fresh = `${store}.restoring`;
  try {
    await copySqlite(file, fresh);
    const sqlite = openSqliteFile(fresh);
    beginEpoch(sqlite, now);
    sqlite.close();
    toOneFile(fresh);
    const facts = inspectStore(fresh);
    const isThere = existsSync(store);
    const aside = asideOf(store, 'replaced', now);
    replaceStore(store, fresh, aside);
    return `${store}: ${describeStore(facts)}\n${isThere ? `${aside}: what was there before\n` : ''}`;
  } catch (error) {
    removeStore(fresh);
    throw error;
  }
}

/** Undefined when nothing would be lost with it. */
function describeFound(store: string): string | undefined {
  try {
    const facts = inspectStore(store);
    return facts.publicationId === undefined ? undefined : describeStore(facts);
  } catch (error) {
    return (error as Error).message;
  }
}
