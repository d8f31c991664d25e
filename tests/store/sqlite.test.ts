import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { openSqlite } from '../../src/store/sqlite.ts';
import { newFolder } from '../harness.ts';
import { testStore } from './contract.ts';

testStore(async () => {
  const file = join(newFolder(), 'deep', 'store.db');
  return { store: openSqlite(file), again: () => openSqlite(file) };
});

test('a store of a newer version is refused with both versions named', () => {
  const file = join(newFolder(), 'store.db');
  const database = new DatabaseSync(file);
  database.exec('pragma user_version = 999');
  database.close();
  expect(() => openSqlite(file)).toThrow(/store: cannot open .*expected schema \d+ or older, found 999/);
});

test('a file that is no database is refused by name', () => {
  const file = join(newFolder(), 'store.db');
  writeFileSync(file, 'this is no database, but a text that is long enough to be taken for a header'.repeat(50));
  expect(() => openSqlite(file)).toThrow(/^store: cannot open .*store\.db/);
});
