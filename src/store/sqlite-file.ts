import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { corruption } from './corruption.ts';
import { migrations } from './migrations.ts';

/** More migrations than there will ever be: a version beyond them is none. */
const mostMigrations = 10_000;

/**
 * The SQLite file (or `:memory:`) as a database whose tables are those of this program, made if it is not there.
 * Commits are durable (WAL, synchronous=FULL). Throws when it cannot be opened or is newer than this program.
 */
export function openSqliteFile(file: string, readOnly = false): DatabaseSync {
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

/** The version of the tables; 0 before there are any. Throws when this program does not know it. */
export function knownVersion(sqlite: DatabaseSync): number {
  const version = sqlite.prepare('pragma user_version').get()!.user_version as number;
  if (version < 0 || version > mostMigrations) throw corruption(`found schema ${version}, which there cannot be`);
  if (version > migrations.length) {
    throw new Error(`written by a newer Linecaster: expected schema ${migrations.length} or older, found ${version}`);
  }
  return version;
}

/** All of it, or nothing. */
export function transaction(sqlite: DatabaseSync, work: () => void): void {
  sqlite.exec('begin immediate');
  try {
    work();
    sqlite.exec('commit');
  } catch (error) {
    if (sqlite.isTransaction) sqlite.exec('rollback');
    throw error;
  }
}

function migrate(sqlite: DatabaseSync): void {
  const version = knownVersion(sqlite);
  for (const [index, sql] of migrations.entries()) {
    if (index < version) continue;
    transaction(sqlite, () => sqlite.exec(`${sql}; pragma user_version = ${index + 1};`));
  }
}
