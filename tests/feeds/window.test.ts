import { expect, test } from 'vitest';
import { formats } from '../../src/feeds/model.ts';
import { Desk } from '../harness.ts';
import { archive, walkHistory } from '../history.ts';
import { readDocument } from '../read-document.ts';
import { name } from '../stories.ts';

const day = 86_400;

/** A list of headlines `from` down to 1, the newest on top. */
const list = (from: number, to = 1): string =>
  Array.from({ length: from - to + 1 }, (_, index) => `${headline(from - index)}\n`).join('');

const headline = (n: number): string => `${name(n)} meets ${name(n + 5000)} over ${name(n + 9000)}`;
const headlines = (from: number, to: number): readonly string[] =>
  Array.from({ length: from - to + 1 }, (_, index) => headline(from - index));

/** A desk that shows `limit` of the headlines 1 to `count`. */
async function withHeadlines(count: number, limit: number): Promise<Desk> {
  const desk = new Desk();
  desk.write({ 'publication.yaml': `title: News\nlimit: ${limit}\n`, 'headlines.txt': list(count) });
  await desk.refresh();
  return desk;
}

test('a withdrawal does not fill the feed up from below, and nothing that slid out comes back', async () => {
  const desk = await withHeadlines(10, 5);
  expect(desk.titles()).toEqual(headlines(10, 6));
  desk.write({ 'headlines.txt': list(10).replace(headline(9), `~~${headline(9)}~~`) });
  await desk.refresh();
  expect(desk.titles()).toEqual([headline(10), ...headlines(8, 6)]);
  desk.write({ 'headlines.txt': list(12).replace(headline(9), `~~${headline(9)}~~`) });
  await desk.refresh();
  expect(desk.titles()).toEqual([...headlines(12, 10), ...headlines(8, 7)]);
  desk.write({
    'headlines.txt': list(12).replace(/^(.*)$/gm, (line) =>
      line === headline(12) || line === headline(11) ? `~~${line}~~` : line,
    ),
  });
  await desk.refresh();
  expect(desk.titles()).toEqual(headlines(10, 7));
});

test('what is restored after it slid out, or is edited there, stays in the archive', async () => {
  const desk = await withHeadlines(6, 5);
  desk.write({ 'headlines.txt': list(6).replace(headline(3), `~~${headline(3)}~~`) });
  await desk.refresh();
  desk.write({ 'headlines.txt': list(12).replace(headline(3), `~~${headline(3)}~~`) });
  await desk.refresh();
  const before = desk.text('/feed.json');
  desk.write({ 'headlines.txt': list(12).replace(headline(2), `${headline(2)}!`) });
  await desk.refresh();
  expect(desk.text('/feed.json')).toBe(before);
  const titles = readDocument('json', (await archive(desk, 'all', 1, 'json'))!).entries.map(({ title }) => title);
  expect(titles).toEqual(headlines(12, 1).map((title) => (title === headline(2) ? `${title}!` : title)));
});

test('another limit starts the window anew', async () => {
  const desk = await withHeadlines(10, 5);
  desk.write({ 'publication.yaml': 'title: News\nlimit: 7\n' });
  await desk.refresh();
  expect(desk.titles()).toEqual(headlines(10, 4));
});

test('what is dated long before it is first seen joins the archive only, but for a feed’s first refresh', async () => {
  const desk = new Desk();
  desk.write({ 'headlines.txt': `2025-01-01 ${headline(1)}\n${headline(2)}\n` });
  await desk.refresh();
  expect(desk.titles()).toEqual(headlines(2, 1));
  desk.write({
    'headlines.txt': `2025-01-01 ${headline(1)}\n${headline(2)}\n2025-02-01 ${headline(3)}\n2026-02-03 ${headline(4)}\n`,
  });
  await desk.refresh();
  expect(desk.titles()).toEqual([headline(2), headline(4), headline(1)]);
  for (const format of formats) expect(await walkHistory(desk, 'all', format)).toHaveLength(4);
});

test('a tag taken off and put back keeps the entry’s place in its feed', async () => {
  const desk = new Desk();
  const lines = list(4).split('\n').filter(Boolean);
  desk.write({ 'headlines.txt': `## Sea\n${lines.join('\n')}\n` });
  await desk.refresh();
  const before = desk.text('/tags/sea/feed.json');
  desk.write({ 'headlines.txt': `## Sea\n${lines.slice(0, 3).join('\n')}\n## Town\n${lines[3]}\n` });
  await desk.refresh();
  expect(desk.titles('/tags/sea/feed.json')).toEqual(lines.slice(0, 3));
  expect(desk.titles('/tags/town/feed.json')).toEqual([lines[3]]);
  desk.write({ 'headlines.txt': `## SEA\n${lines.join('\n')}\n` });
  await desk.refresh();
  expect(desk.titles('/tags/sea/feed.json')).toEqual(lines);
  expect(JSON.parse(desk.text('/tags/sea/feed.json')).items).toEqual(JSON.parse(before).items);
  expect(desk.titles('/tags/town/feed.json')).toEqual([]);
});

test('an archive document holds its hundred places for ever, less what was withdrawn', async () => {
  const desk = await withHeadlines(95, 50);
  desk.write({ 'headlines.txt': list(230) });
  await desk.refresh(day);
  const titlesOf = async (n: number): Promise<readonly string[]> =>
    readDocument('atom', (await archive(desk, 'all', n, 'atom'))!).entries.map(({ title }) => title);
  expect(await titlesOf(1)).toEqual(headlines(100, 1));
  expect(await titlesOf(2)).toEqual(headlines(200, 101));
  expect(await titlesOf(3)).toEqual(headlines(230, 201));
  expect(await archive(desk, 'all', 4, 'atom')).toBeUndefined();
  desk.write({ 'headlines.txt': list(230).replace(headline(7), `~~${headline(7)}~~`) });
  await desk.refresh(30 * day);
  expect(await titlesOf(1)).toEqual([...headlines(100, 8), ...headlines(6, 1)]);
  for (const format of formats) expect(await walkHistory(desk, 'all', format)).toHaveLength(229);
});
