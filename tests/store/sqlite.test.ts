import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test, vi } from 'vitest';
import type { Html } from '../../src/lib/html.ts';
import { noChanges } from '../../src/store/changes.ts';
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

test('what an import wrote can be read at once by others, and is in the file itself a little later', async () => {
  const file = join(newFolder(), 'store.db');
  const store = openSqlite(file);
  const changes = noChanges();
  for (let n = 0; n < 12_000; n += 1) changes.aliases.set(`/articles/${n}`.padEnd(200, 'x'), 'an entry');
  await store.save(changes, 0);
  const reader = openSqlite(file, { readOnly: true });
  expect((await reader.load()).aliases).toHaveLength(12_000);
  await vi.waitUntil(() => statSync(file).size > 2_000_000, { timeout: 30_000 });
  await reader.close();
  await store.close();
});

test('what an import wrote is not kept in memory', async () => {
  const store = openSqlite(join(newFolder(), 'store.db'));
  const write = async (): Promise<WeakRef<object>> => {
    const changes = noChanges();
    for (let n = 0; n < 12_000; n += 1) changes.texts.set(`${n}`, { html: 'x' as Html });
    await store.save(changes, 0);
    return new WeakRef(changes.texts);
  };
  const written = await write();
  setFlagsFromString('--expose-gc');
  // What a WeakRef gave, or was made for, stays until the turn is over.
  await nextTurn();
  (runInNewContext('gc') as () => void)();
  expect(written.deref()).toBeUndefined();
  await store.close();
});
