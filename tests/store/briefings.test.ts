import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Desk, published } from '../harness.ts';
import { article, prose } from '../stories.ts';

/** All that a subscriber gets, but the time of its making. */
const entries = (desk: Desk): unknown => JSON.parse(desk.text('/feed.json')).items;

test('the next briefing in a root text file is a new entry, and the one before stays', async () => {
  const desk = await published({ 'briefing.txt': prose(1) });
  desk.write({ 'briefing.txt': prose(2) });
  await desk.refresh();
  desk.write({ 'briefing.txt': prose(3) });
  await desk.refresh();
  expect(new Set(desk.items().map(({ id }) => id)).size).toBe(3);
  expect(desk.titles().map((one) => one.split(' ')[0])).toEqual([3, 2, 1].map((n) => prose(n).split(' ')[0]));
  rmSync(`${desk.dir}/briefing.txt`);
  desk.write({ 'other.md': article(9) });
  await desk.refresh();
  await desk.refresh();
  expect(desk.titles().map((one) => one.split(' ')[0])).toEqual([
    'Story',
    ...[2, 1].map((n) => prose(n).split(' ')[0]),
  ]);
});

test('a briefing that keeps a third of its words, or its title, is the same one edited', async () => {
  const half = (n: number, part: 0 | 1): string => prose(n).split('\n\n')[part]!;
  const desk = await published({ 'briefing.txt': prose(1), 'titled.txt': `The harbour this week\n\n${prose(4)}` });
  const ids = desk.items().map(({ id }) => id);
  desk.write({
    'briefing.txt': `${half(2, 0)}\n\n${half(1, 1)}`,
    'titled.txt': `The harbour this week\n\n${prose(5)}`,
  });
  await desk.refresh();
  expect(desk.items().map(({ id }) => id)).toEqual(ids);
});

test('a briefing put back, or moved to the archive when the next one is written, is the entry that it was', async () => {
  const desk = await published({ 'briefing.txt': prose(1) });
  const { id } = desk.items()[0]!;
  desk.write({ 'briefing.txt': prose(2) });
  await desk.refresh();
  desk.write({ 'briefing.txt': prose(1) });
  await desk.refresh();
  expect(desk.items()).toHaveLength(2);
  expect(desk.items().map((item) => item.id)).toContain(id);
  desk.move('briefing.txt', 'archive/monday.txt');
  desk.write({ 'briefing.txt': prose(3) });
  await desk.refresh();
  await desk.refresh();
  expect(desk.items()).toHaveLength(3);
  desk.remove('archive/monday.txt');
  await desk.refresh();
  await desk.refresh();
  expect(desk.items().map((item) => item.id)).not.toContain(id);
  expect(desk.items()).toHaveLength(2);
});

test('a draft of the same words does not take away a briefing that is still shown', async () => {
  const desk = await published({ 'briefing.txt': prose(1) });
  desk.write({ 'briefing.txt': prose(2) });
  await desk.refresh();
  const before = entries(desk);
  const title = prose(1).split('.')[0]!;
  desk.write({ 'drafts/again.md': `---\ntitle: ${title}\ndraft: true\n---\n${prose(1)}\n` });
  await desk.refresh();
  expect(entries(desk)).toEqual(before);
});

test('two root text files that swap their texts swap their entries', async () => {
  const desk = await published({ 'a.txt': prose(1), 'b.txt': prose(2) });
  const before = entries(desk);
  desk.write({ 'a.txt': prose(2), 'b.txt': prose(1) });
  await desk.refresh();
  expect(entries(desk)).toEqual(before);
});

test('a briefing whose prose is taken out above its list stays published, and is itself when it comes back', async () => {
  const list = 'Harbour opens its new pier\nOld lighthouse to become a library\n';
  const desk = await published({ 'briefing.txt': `${prose(1)}\n\n\n${list}` });
  const before = entries(desk);
  desk.write({ 'briefing.txt': list });
  await desk.refresh();
  expect(entries(desk)).toEqual(before);
  desk.write({ 'briefing.txt': `${prose(1)}\n\n\n${list}` });
  await desk.refresh();
  expect(entries(desk)).toEqual(before);
  desk.write({ 'briefing.txt': list });
  await desk.refresh();
  desk.remove('briefing.txt');
  desk.write({ 'other.md': article(9) });
  await desk.refresh();
  await desk.refresh();
  expect(desk.items()).toHaveLength(4);
});
