import { expect, test } from 'vitest';
import { Desk, published } from '../harness.ts';

const undated = '---\ntitle: Ferry\n---\nIt runs.\n';

test.each([
  ['posts/2026/02/05/ferry.md', undated],
  ['posts/2026-02-05/ferry.md', undated],
  ['2026/2/5/ferry/index.md', undated],
  ['posts/ferry.md', '+++\ntitle = "Ferry"\npath = "2026/02/05/ferry"\n+++\nIt runs.\n'],
  ['posts/ferry.md', undated.replace('title', 'permalink: /news/2026/02/05/ferry/\ntitle')],
])('an undated article has the day that its folders or those of its page name: %s', async (file, text) => {
  const desk = await published({ [file]: text });
  expect(desk.item('Ferry').date_published).toBe('2026-02-05T00:00:00.000Z');
});

test('a day in a path moves no date, and is none where it is not on the calendar', async () => {
  const desk = new Desk();
  desk.write({ 'ferry.md': undated, '2026/02/30/quay.md': undated.replace('Ferry', 'Quay') });
  await desk.refresh();
  const { id, date_published: date } = desk.item('Ferry');
  expect(desk.item('Quay').date_published.slice(0, 10)).toBe('2026-02-08');
  desk.move('ferry.md', '2026/02/05/ferry.md');
  await desk.refresh();
  await desk.refresh();
  expect(desk.item('Ferry')).toMatchObject({ id, date_published: date });
  desk.write({ '2026/02/05/ferry.md': undated.replace('runs', 'sails') });
  await desk.refresh();
  expect(desk.item('Ferry')).toMatchObject({ id, date_published: date });
});

test('a headline waits for no article whose folders name a day to come', async () => {
  const desk = await published({
    'headlines.txt': 'Harbour opens its new pier\nFerry runs twice a day\n',
    '2026/12/01/pier.md': undated.replace('Ferry', 'Harbour opens its new pier'),
  });
  expect(desk.titles()).toEqual(['Harbour opens its new pier', 'Ferry runs twice a day']);
  expect(desk.titles('/articles/feed.json')).toEqual([]);
});
