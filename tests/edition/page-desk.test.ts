import { existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { shelfOf } from '../../src/edition/kept-files.ts';
import { openPageClerk } from '../../src/edition/page-clerk.ts';
import { openPageDesk } from '../../src/edition/page-desk.ts';
import { openStore, sqliteFile } from '../../src/store/open.ts';
import { Desk } from '../harness.ts';
import { until } from '../http/site.ts';

const desk = new Desk();
const config = readConfig({ STORE_URL: desk.storeUrl, PUBLIC_URL: 'https://news.example.com' });

beforeAll(async () => {
  desk.write({
    'publication.yaml': 'title: Pages\nlimit: 1\n',
    'one.md': '# One\n\nText.\n',
    'two.md': '# Two\n\nText.\n',
  });
  await desk.refresh();
});
afterAll(() => desk.restart());

test('a page is found again after the worker that reads it has died', async () => {
  const clerk = openPageClerk(config);
  const question = { path: '/articles/one', page: 1 };
  expect((await clerk.ask(question))?.resource?.status).toBe(200);
  // The first of them it may still have answered.
  const asked = Array.from({ length: 200 }, (_, n) => clerk.ask({ path: `/articles/nothing-${n}`, page: 1 }));
  const settled = Promise.allSettled(asked);
  await clerk.close();
  const cutShort = (await settled).filter((one) => one.status === 'rejected');
  expect(new Set(cutShort.map(({ reason }) => (reason as Error).message))).toEqual(
    new Set(['pages: the worker that reads them has ended']),
  );
  expect((await clerk.ask(question))?.resource?.status).toBe(200);
  await clerk.close();
});

test('more questions than can wait are refused, and all others are answered', async () => {
  const clerk = openPageClerk(config);
  const asked = Array.from({ length: 300 }, (_, n) => clerk.ask({ path: `/articles/nothing-${n}`, page: 1 }));
  const settled = await Promise.allSettled(asked);
  expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(256);
  const refused = settled.filter((one) => one.status === 'rejected');
  expect(new Set(refused.map(({ reason }) => (reason as Error).message))).toEqual(
    new Set(['pages: too much is asked at once']),
  );
  await clerk.close();
});

test('what is asked for twice is read once, until an edition is swapped', async () => {
  const pages = openPageDesk(config);
  const [first, second] = await Promise.all([pages.find('/articles/one', 1), pages.find('/articles/one', 1)]);
  expect(first).toBe(second);
  expect(await pages.find('/articles/one', 1)).toBe(first);
  pages.clear();
  expect(await pages.find('/articles/one', 1)).not.toBe(first);
  await pages.close();
});

test('a document that cannot be made any more is answered as it was made before', async () => {
  const tagged = new Desk();
  tagged.write({ 'one.md': '---\ntitle: One\ntags: [Sea]\n---\nText.\n' });
  const { change } = await tagged.refresh();
  const stamp = change.stamps.find(({ path }) => path === '/tags/sea/rss.xml')!;
  const own = readConfig({ STORE_URL: tagged.storeUrl, PUBLIC_URL: 'https://news.example.com' });
  const pages = openPageDesk(own);
  const made = await pages.document(stamp);
  rmSync(shelfOf(tagged.storeUrl), { recursive: true, force: true });
  const store = sqliteFile(tagged.storeUrl);
  for (const file of [store, `${store}-wal`]) renameSync(file, `${file}.away`);
  writeFileSync(store, 'no database '.repeat(1000));
  const later = { ...stamp, version: stamp.version + 1 };
  expect(await pages.document(later)).toBe(made);
  await expect(pages.document({ ...later, path: '/tags/sea/atom.xml' })).rejects.toThrow('pages:');
  await pages.close();
});

test('a document that a store begun anew does not know yet is answered as it was kept', async () => {
  const tagged = new Desk();
  tagged.write({ 'one.md': '---\ntitle: One\ntags: [Sea]\n---\nText.\n' });
  const { change } = await tagged.refresh();
  const stamp = change.stamps.find(({ path }) => path === '/tags/sea/rss.xml')!;
  const own = readConfig({ STORE_URL: tagged.storeUrl, PUBLIC_URL: 'https://news.example.com' });
  const before = openPageDesk(own);
  const made = await before.document(stamp);
  const isKept = (name: string): boolean => /^[0-9a-f]{32}$/.test(name);
  await until(async () => existsSync(shelfOf(tagged.storeUrl)) && readdirSync(shelfOf(tagged.storeUrl)).some(isKept));
  await before.close();
  const store = sqliteFile(tagged.storeUrl);
  await tagged.restart();
  renameSync(store, `${store}.away`);
  await openStore(tagged.storeUrl).close();
  const after = openPageDesk(own);
  expect((await after.document(stamp)).etag).toBe(made.etag);
  await after.close();
});
