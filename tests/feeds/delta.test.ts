import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith';
import { beforeEach, expect, test } from 'vitest';
import type { Delta, Resource } from '../../src/edition/resource.ts';
import { Desk } from '../harness.ts';

const article = (name: string, text: string): string => `---\ntitle: ${name}\n---\n${text} ${'Words. '.repeat(60)}\n`;
const documents = ['/rss.xml', '/atom.xml', '/feed.json', '/articles/rss.xml'];
const names = Array.from({ length: 10 }, (_, index) => `Article ${index}`);

let desk: Desk;
let resources: Map<string, Resource>;

beforeEach(async () => {
  desk = new Desk();
  resources = new Map();
  desk.write({ 'publication.yaml': 'title: Deltas\nid: tag:example.com,2026:deltas\nlimit: 12\n' });
  for (const name of names) desk.write({ [`${name}.md`]: article(name, 'First.') });
  await refresh();
});

async function refresh(): Promise<void> {
  for (const one of (await desk.refresh()).change.put) resources.set(one.path, one);
}

const tagOf = (path: string): string => resources.get(path)!.etag;
const deltaOf = (path: string, base: string): Delta | undefined =>
  resources.get(path)!.deltas?.find((one) => one.base === base);

/** Id and content of each entry, as a reader of feeds finds them. */
function entriesIn(path: string, body: Uint8Array): ReadonlyMap<string, string> {
  const text = new TextDecoder().decode(body);
  if (path.endsWith('rss.xml')) {
    const items = parseRssFeed(text).items ?? [];
    return new Map(items.map((item) => [item.guid!.value!, JSON.stringify(item)]));
  }
  const feed = path.endsWith('.json') ? parseJsonFeed(text) : parseAtomFeed(text);
  const entries: readonly { id?: string }[] =
    'items' in feed ? (feed.items ?? []) : 'entries' in feed ? (feed.entries ?? []) : [];
  return new Map(entries.map((entry) => [entry.id!, JSON.stringify(entry)]));
}

test.each(documents)('what %s had before, with a delta on top, is what it has now', async (path) => {
  const bases = new Map<string, ReadonlyMap<string, string>>();
  const edits = [
    { 'Article 3.md': article('Article 3', 'Second, and quite another text by now.') },
    { 'New.md': article('New', 'All new.') },
    { 'Article 3.md': article('Article 3', 'Third, with a name that nobody knew before.') },
  ];
  for (const edit of edits) {
    bases.set(tagOf(path), entriesIn(path, resources.get(path)!.identity));
    desk.write(edit);
    await refresh();
  }
  const now = entriesIn(path, resources.get(path)!.identity);
  const sizes: number[] = [];
  for (const [base, before] of bases) {
    const delta = deltaOf(path, base)!;
    expect(delta.baseVersion).toBe(Number(base.slice(3, -1).split('-')[0]));
    const fresh = entriesIn(path, delta.identity);
    sizes.push(fresh.size);
    expect(new Map([...before, ...fresh]).size).toBe(now.size);
    for (const [id, entry] of now) expect(fresh.get(id) ?? before.get(id)).toBe(entry);
    expect(delta.identity.length * 2).toBeLessThan(resources.get(path)!.identity.length);
  }
  expect(sizes).toEqual([2, 2, 1]);
});

test('an entry that only slid out of the feed does not hinder a delta', async () => {
  for (const name of ['X', 'Y', 'Z']) desk.write({ [`${name}.md`]: article(name, 'New.') });
  await refresh();
  const base = tagOf('/rss.xml');
  for (const name of ['A', 'B', 'C', 'D']) desk.write({ [`${name}.md`]: article(name, 'New.') });
  await refresh();
  expect(desk.titles()).toHaveLength(12);
  expect(entriesIn('/rss.xml', deltaOf('/rss.xml', base)!.identity).size).toBe(4);
});

test.each([
  ['an entry was withdrawn', () => rmSync(join(desk.dir, 'Article 4.md'))],
  [
    'the head says something else',
    () => desk.write({ 'publication.yaml': 'title: Other\nid: tag:example.com,2026:deltas\n' }),
  ],
  [
    'most of it is new',
    () => {
      for (const name of names) desk.write({ [`${name}.md`]: article(name, 'All of it is another text now.') });
    },
  ],
] as const)('there is no delta where %s', async (_, change) => {
  const base = tagOf('/rss.xml');
  change();
  await refresh();
  await refresh();
  desk.write({ 'Newcomer.txt': 'The lighthouse keeper sold his boat to a school, which will teach sailing in it.\n' });
  const between = tagOf('/rss.xml');
  expect(between).not.toBe(base);
  await refresh();
  expect(deltaOf('/rss.xml', base)).toBeUndefined();
  expect(deltaOf('/rss.xml', between)).toBeDefined();
});

test('only the main feeds have deltas, and not without end', async () => {
  for (let n = 0; n < 12; n += 1) {
    desk.write({ 'Article 1.md': article(`Article ${n}`, `Text number ${n}.`) });
    await refresh();
  }
  const { deltas, identity } = resources.get('/rss.xml')!;
  expect(deltas!.length).toBeGreaterThan(2);
  expect(deltas!.length).toBeLessThan(12);
  expect(deltas!.reduce((sum, one) => sum + one.identity.length, 0)).toBeLessThanOrEqual(identity.length);
  const others = [...resources.values()].filter(
    ({ path }) => !/^(\/articles|\/headlines)?\/[a-z]+\.(xml|json)$/.test(path),
  );
  expect(others.filter((one) => one.deltas !== undefined)).toEqual([]);
});
