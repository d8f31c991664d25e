import { expect, test } from 'vitest';
import { findStoredPage, storedPaths } from '../../src/edition/stored-pages.ts';
import type { Site } from '../../src/feeds/site.ts';
import { type Instant, toInstant } from '../../src/lib/instant.ts';
import type { PlainText } from '../../src/lib/text.ts';
import { defaultPublication } from '../../src/publication.ts';
import { Ledger } from '../../src/store/ledger.ts';
import { openStore } from '../../src/store/open.ts';
import type { Entry } from '../../src/store/records.ts';

const at = (n: number): Instant => toInstant(Date.UTC(2026, 0, 1) + n * 1000);

function headline(n: number): Entry {
  const dates = { firstSeen: at(n), published: at(n), updated: at(n), changed: at(n) };
  const lists = { authors: [], tags: [], media: [], targets: {} };
  const names = { id: `urn:n:${n}`, atomId: `urn:n:${n}`, key: `headline:${n}`, path: `/headlines/line-${n}` };
  const title = `Line ${n}` as PlainText;
  return { kind: 'headline', status: 'live', file: 'a.txt', revision: 1, title, ...names, ...dates, ...lists };
}

test('beyond 50,000 pages the sitemap is an index, whose parts list each page once', async () => {
  const store = openStore('sqlite::memory:');
  const ledger = new Ledger(await store.load());
  for (let n = 0; n < 60_000; n += 1) ledger.putEntry(headline(n));
  ledger.putEntry({ ...headline(60_000), status: 'scheduled' });
  await ledger.save(store);
  const address = { publicUrl: 'https://news.example.com', ttl: 5, images: {}, changed: at(0) };
  const site: Site = { ...address, publication: defaultPublication, publicationId: 'urn:test', authors: [] };
  const parts = { store, site, terms: { term: () => undefined } };
  const read = async (path: string): Promise<readonly string[]> => {
    const page = await findStoredPage(parts, path, at(0));
    const text = new TextDecoder().decode(page!.identity);
    return [...text.matchAll(/<loc>https:\/\/news\.example\.com([^<]+)</g)].map(([, location]) => location!);
  };
  const index = await read('/sitemap.xml');
  expect(index).toEqual(['/sitemap-1.xml', '/sitemap-2.xml']);
  expect(await storedPaths(parts, [])).toEqual(expect.arrayContaining([...index]));
  const [first, second] = [await read(index[0]!), await read(index[1]!)];
  expect(first).toHaveLength(50_000);
  const lines = [...first, ...second].filter((path) => path.startsWith('/headlines/line-'));
  expect(new Set(lines).size).toBe(60_000);
  expect(lines).toHaveLength(60_000);
  expect(await findStoredPage(parts, '/sitemap-3.xml', at(0))).toBeUndefined();
  await store.close();
}, 60_000);
