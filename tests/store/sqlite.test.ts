import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import type { Html } from '../../src/lib/html.ts';
import { toInstant } from '../../src/lib/instant.ts';
import { toPlainText } from '../../src/lib/text.ts';
import { Ledger } from '../../src/store/ledger.ts';
import type { Entry } from '../../src/store/records.ts';
import { openSqlite } from '../../src/store/sqlite.ts';

const entry: Entry = {
  id: 'urn:uuid:1',
  atomId: 'urn:uuid:1',
  kind: 'article',
  status: 'live',
  key: 'article:a.md',
  file: 'a.md',
  path: '/articles/Ärger',
  firstSeen: toInstant(1_770_000_000_000),
  published: toInstant(1_770_000_000_000),
  updated: toInstant(1_770_000_000_000),
  revision: 1,
  changed: toInstant(1_770_000_000_000),
  title: toPlainText('Ärger'),
  authors: [],
  tags: [],
  media: [],
  targets: {},
};
const text = { html: '<p>x</p>' as Html, text: toPlainText('x') };

function newFile(): string {
  return join(mkdtempSync(join(tmpdir(), 'linecaster-store-')), 'deep', 'store.db');
}

test('what was saved is there after the store was closed and opened again', async () => {
  const file = newFile();
  const store = openSqlite(file);
  const ledger = new Ledger(await store.load());
  ledger.putEntry(entry, text);
  ledger.putSetting('publication', '{}');
  ledger.putList('headlines.txt', [{ entry: entry.id, text: toPlainText('line'), tags: [toPlainText('World')] }]);
  ledger.putPlace({ feed: 'all', place: 1, entry: entry.id, joined: toInstant(1), archiveOnly: false, active: true });
  ledger.putDocument({ path: '/rss.xml', version: 5, hash: 'h' });
  await store.save(ledger.takeChanges());
  await store.close();

  const reopened = openSqlite(file);
  const snapshot = await reopened.load();
  expect(snapshot.entries).toEqual([entry]);
  expect(snapshot.settings).toEqual(new Map([['publication', '{}']]));
  expect(snapshot.lists.get('headlines.txt')).toEqual([{ entry: entry.id, text: 'line', tags: ['World'] }]);
  expect(snapshot.places).toEqual([
    { feed: 'all', place: 1, entry: entry.id, joined: toInstant(1), archiveOnly: false, active: true },
  ]);
  expect(snapshot.documents).toEqual([{ path: '/rss.xml', version: 5, hash: 'h' }]);
  expect(await reopened.texts([entry.id, 'urn:uuid:unknown'])).toEqual(new Map([[entry.id, text]]));
  await reopened.close();
});

test('an entry is found by its path in any case, and by its former path', async () => {
  const store = openSqlite(':memory:');
  const ledger = new Ledger(await store.load());
  ledger.putEntry(entry, text);
  ledger.putAlias('/articles/Alt', entry.id);
  await store.save(ledger.takeChanges());
  expect(await store.entryAt('/articles/ärger')).toEqual(entry);
  expect(await store.entryAt('/articles/ALT')).toEqual(entry);
  expect(await store.entryAt('/articles/neu')).toBeUndefined();
});

test('two entries may swap their paths and updated dates in one change', async () => {
  const store = openSqlite(':memory:');
  const ledger = new Ledger(await store.load());
  const other: Entry = { ...entry, id: 'urn:uuid:2', atomId: 'urn:uuid:2', path: '/articles/b', updated: toInstant(1) };
  ledger.putEntry(entry, text);
  ledger.putEntry(other, text);
  await store.save(ledger.takeChanges());
  ledger.putEntry({ ...entry, path: other.path, updated: other.updated });
  ledger.putEntry({ ...other, path: entry.path, updated: entry.updated });
  await store.save(ledger.takeChanges());
  const paths = new Map((await store.load()).entries.map(({ id, path }) => [id, path]));
  expect(paths).toEqual(
    new Map([
      ['urn:uuid:1', '/articles/b'],
      ['urn:uuid:2', '/articles/Ärger'],
    ]),
  );
});

test('a change that breaks a rule of the store is not written at all', async () => {
  const store = openSqlite(':memory:');
  const ledger = new Ledger(await store.load());
  ledger.putEntry(entry, text);
  ledger.putEntry({ ...entry, id: 'urn:uuid:2' }, text);
  await expect(store.save(ledger.takeChanges())).rejects.toThrow(/^store: cannot write: .*UNIQUE/);
  expect((await store.load()).entries).toEqual([]);
});

test('a store of a newer version is refused with both versions named', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'linecaster-store-')), 'store.db');
  const database = new DatabaseSync(file);
  database.exec('pragma user_version = 999');
  database.close();
  expect(() => openSqlite(file)).toThrow(/store: cannot open .*expected schema \d+ or older, found 999/);
});

test('a file that is no database is refused by name', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'linecaster-store-')), 'store.db');
  const { writeFileSync } = await import('node:fs');
  writeFileSync(file, 'this is no database, but a text that is long enough to be taken for a header'.repeat(50));
  expect(() => openSqlite(file)).toThrow(/^store: cannot open .*store\.db/);
});
