import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { pageSize } from './raw-pages.ts';
import { openSqliteFile } from './sqlite-file.ts';

/**
 * Gives a store's file that lost its first page, with the description of its tables, that of a new store: the tables of
 * both begin on the same pages, since the same migrations made them. `scratch` is a path for that new store.
 */
export function graftFirstPage(file: string, scratch: string): void {
  const fresh = openSqliteFile(scratch);
  fresh.exec('pragma journal_mode = delete');
  fresh.close();
  const page = Buffer.alloc(pageSize);
  const from = openSync(scratch, 'r');
  readSync(from, page, 0, pageSize, 0);
  closeSync(from);
  const to = openSync(file, 'r+');
  // A journal that lies beside it is read too (§1.3.3).
  page.fill(2, 18, 20);
  // "The SQLite Database File Format" §1.3: how many pages there are, and that none is free.
  page.writeUInt32BE(Math.floor(fstatSync(to).size / pageSize), 28);
  page.writeUInt32BE(0, 32);
  page.writeUInt32BE(0, 36);
  writeSync(to, page, 0, pageSize, 0);
  closeSync(to);
}
