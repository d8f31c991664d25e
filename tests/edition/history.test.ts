import { afterAll, beforeAll, expect, test } from 'vitest';
import { Desk, type Item } from '../harness.ts';

const desk = new Desk();
const long = 'Ships come and go in the harbour. '.repeat(12_000);

beforeAll(async () => {
  desk.write({ 'publication.yaml': 'title: Large\nid: tag:example.com,2026:large\n' });
  for (const name of ['a', 'b', 'c', 'd', 'e']) {
    desk.write({ [`${name}.md`]: `---\ntitle: ${name}\ntags: [Sea]\nauthor: Ana\n---\n${long}\n` });
  }
  await desk.refresh();
});
afterAll(() => desk.restart());

async function itemsOf(path: string, page: number): Promise<readonly Item[]> {
  const { status, text } = await desk.answer(path, page);
  return status === '404' ? [] : (JSON.parse(text) as { items: Item[] }).items;
}

test.each(['/feed.json', '/articles/feed.json', '/tags/sea/feed.json', '/authors/ana/feed.json'])(
  'the pages of %s go on where its size ended it',
  async (path) => {
    expect(desk.titles(path)).toEqual(['e', 'd']);
    expect((await itemsOf(path, 2)).map(({ title }) => title)).toEqual(['c', 'b', 'a']);
    expect(await itemsOf(path, 3)).toEqual([]);
  },
);

test('an entry above a megabyte has its summary only in all documents that carry it', async () => {
  const other = new Desk();
  other.write({ 'publication.yaml': 'title: Larger\nlimit: 1\n' });
  for (const name of ['large', 'newest']) {
    other.write({ [`${name}.md`]: `---\ntitle: ${name}\ndescription: In short.\n---\n${'<>'.repeat(200_000)}\n` });
  }
  await other.refresh();
  const [live] = other.items();
  expect([live!.content_html, live!.content_text]).toEqual([undefined, 'In short.']);
  for (const [path, page] of [
    ['/feed.json', 2],
    ['/archive/1.json', 1],
  ] as const) {
    const { items } = JSON.parse((await other.answer(path, page)).text) as { items: readonly Item[] };
    expect(items.map(({ content_html }) => content_html)).toEqual(items.map(() => undefined));
    expect(items.map(({ content_text }) => content_text)).toEqual(items.map(() => 'In short.'));
    expect(items.at(-1)!.title).toBe('large');
  }
  await other.restart();
});

test('an entry whose path is like that of an archive is at it, also when no feed shows it any more', async () => {
  const moved = new Desk();
  moved.write({
    'publication.yaml': 'title: Notes\nid: tag:example.com,2026:notes\nlimit: 1\n',
    'a.md': '---\ntitle: Old\npermalink: /notes/archive/1.json\n---\nText.\n',
    'b.md': '---\ntitle: New\n---\nText.\n',
  });
  await moved.refresh();
  expect((await moved.answer('/notes/archive/1.json')).text).toContain('<title>Old');
  await moved.restart();
});
