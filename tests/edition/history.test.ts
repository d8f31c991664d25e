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
