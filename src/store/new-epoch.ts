import type { DatabaseSync } from 'node:sqlite';
import { transaction } from './sqlite-file.ts';

/**
 * Notes that this store is not the one that went on from here: what was kept of that one's editions is not this one's,
 * and each document is newer than what readers may have had from it (Last-Modified, RFC 9110 §8.8.2).
 */
export function beginEpoch(sqlite: DatabaseSync, now: number): void {
  const second = Math.floor(now / 1000);
  transaction(sqlite, () => {
    sqlite.exec('update generation set epoch = lower(hex(randomblob(16)))');
    sqlite.prepare('update documents set version = max(version, ?)').run(second);
    sqlite
      .prepare(`update feeds set fields = json_set(fields, '$.version', max(fields ->> '$.version', ?))`)
      .run(second);
  });
}
