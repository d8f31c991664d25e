import { expect, test } from 'vitest';
import { published } from '../harness.ts';
import { article, ferry, light, lines, pier } from '../stories.ts';

const day = 86_400;
test('a headline that is mended, re-cased, re-typed or lengthened keeps its id, link and date', async () => {
  const desk = await published({ 'headlines.txt': lines(pier, light, 'Anutins party wins the vote') });
  const before = desk.items();
  const edited = [
    'Harbor opens its new Pier!',
    'Old lighthouse to become a public library',
    'Anutin’s party wins the vote',
  ];
  desk.write({ 'headlines.txt': lines(...edited) });
  await desk.refresh();
  expect(desk.titles()).toEqual(edited);
  expect(desk.items().map(({ id, url, date_published }) => [id, url, date_published])).toEqual(
    before.map(({ id, url, date_published }) => [id, url, date_published]),
  );
});

test('a slip mended in a short headline keeps its id, link and date, also below a new one', async () => {
  const desk = await published({ 'headlines.txt': lines('Fery to the islands', light) });
  const { id, url, date_published } = desk.item('Fery to the islands');
  desk.write({ 'headlines.txt': lines(pier, 'Ferry to the islands', light) });
  await desk.refresh();
  expect(desk.item('Ferry to the islands')).toMatchObject({ id, url, date_published });
  expect(desk.titles()).toHaveLength(3);
});

test('reordering a list changes no byte', async () => {
  const desk = await published({ 'headlines.txt': lines(pier, light, ferry) });
  const before = desk.text('/feed.json');
  desk.write({ 'headlines.txt': lines(ferry, pier, light) });
  await desk.refresh();
  expect(desk.text('/feed.json')).toBe(before);
});

test('edits and a new order at once are sorted out', async () => {
  const desk = await published({ 'headlines.txt': lines(pier, light, ferry) });
  const before = desk.ids();
  desk.write({
    'headlines.txt': lines(
      'Something else has happened',
      'Ferry sails twice a day from monday',
      pier,
      'Old lighthouse to become a new library',
    ),
  });
  await desk.refresh();
  const after = desk.ids();
  expect(after['Ferry sails twice a day from monday']).toBe(before[ferry]);
  expect(after['Old lighthouse to become a new library']).toBe(before[light]);
  expect(after[pier]).toBe(before[pier]);
  expect(Object.keys(after)).toHaveLength(4);
});

test('other news in the place of a headline is a new entry, and the old one stays published', async () => {
  const desk = await published({ 'headlines.txt': lines('Storm closes schools in Ohio', pier) });
  desk.write({ 'headlines.txt': lines('Storm closes schools in Iowa', pier) });
  await desk.refresh();
  expect(desk.titles()).toEqual(['Storm closes schools in Iowa', 'Storm closes schools in Ohio', pier]);
});

test('a headline back within seven days is the same entry, and later a new one', async () => {
  const desk = await published({ 'headlines.txt': lines(pier, light) });
  const before = desk.text('/feed.json');
  desk.write({ 'headlines.txt': lines(light) });
  await desk.refresh();
  expect(desk.text('/feed.json')).toBe(before);
  desk.write({ 'headlines.txt': lines(pier, light) });
  await desk.refresh(6 * day);
  expect(desk.text('/feed.json')).toBe(before);
  desk.write({ 'headlines.txt': lines(light) });
  await desk.refresh();
  desk.write({ 'headlines.txt': lines(pier, light) });
  await desk.refresh(8 * day);
  expect(desk.titles()).toEqual([pier, pier, light]);
  expect(new Set(desk.items().map(({ id }) => id)).size).toBe(3);
});

test('a headline that goes back to an earlier form of itself is the same entry', async () => {
  const first = 'Nicaragua ends visa-free entry';
  const desk = await published({ 'headlines.txt': lines(first, pier) });
  const id = desk.ids()[first];
  const forms = [
    `${first} for Cubans heading inland`,
    `${first} for Cubans heading inland on the old coast road`,
    first,
  ];
  for (const form of forms) {
    desk.write({ 'headlines.txt': lines(form, pier) });
    await desk.refresh();
    await desk.restart();
    await desk.restore();
  }
  expect(desk.ids()).toMatchObject({ [forms[2]!]: id });
  expect(desk.items()).toHaveLength(2);
});

test('an earlier form beside the present one is another entry', async () => {
  const desk = await published({ 'headlines.txt': lines(pier) });
  desk.write({ 'headlines.txt': lines('Harbour opens its new stone pier') });
  await desk.refresh();
  desk.write({ 'headlines.txt': lines(pier, 'Harbour opens its new stone pier') });
  await desk.refresh();
  expect(desk.items()).toHaveLength(2);
});

test('equal lines are one entry with the tags of all, and of those that are left when one goes', async () => {
  const desk = await published({
    'headlines.txt': `## Sea\n${pier}\n## Town\n${pier}\n${light}\n`,
    'headlines/more.txt': `## Boats\n${pier}\n`,
  });
  expect(desk.item(pier).tags).toEqual(['Sea', 'Town', 'Boats']);
  const before = desk.item(pier);
  desk.write({ 'headlines.txt': lines(light) });
  await desk.refresh();
  expect(desk.item(pier)).toMatchObject({ id: before.id, date_published: before.date_published, tags: ['Boats'] });
  desk.write({ 'headlines/more.txt': `## Boats\n${light}\n` });
  await desk.refresh();
  expect(desk.titles()).toEqual([pier, light]);
  expect(desk.item(light).tags).toEqual(['Boats']);
});

test('of two lists that have one headline the first tells its spelling and link, whichever is saved last', async () => {
  const desk = await published({ 'headlines.txt': lines(`${pier} https://harbour.example/`) });
  desk.write({ 'headlines/z.txt': lines(pier.toUpperCase(), light) });
  await desk.refresh();
  expect(desk.item(pier).url).toBe('https://harbour.example/');
  const before = desk.item(pier);
  desk.write({ 'headlines/z.txt': lines(pier.toUpperCase()) });
  await desk.refresh();
  expect(desk.item(pier)).toEqual(before);
});

test('a list that is renamed, or deleted and put back within a week, changes no byte; edited on the way it keeps its entries', async () => {
  const desk = await published({ 'headlines/a.txt': lines(pier, light, ferry), 'a.md': article(1) });
  const before = desk.text('/feed.json');
  desk.move('headlines/a.txt', 'headlines/b.txt');
  await desk.refresh();
  await desk.refresh();
  expect(desk.text('/feed.json')).toBe(before);
  desk.move('headlines/b.txt', '.away');
  await desk.refresh();
  await desk.refresh();
  expect(desk.text('/feed.json')).toBe(before);
  desk.move('.away', 'headlines/c.txt');
  await desk.refresh(5 * day);
  expect(desk.text('/feed.json')).toBe(before);
  const known = desk.ids();
  desk.remove('headlines/c.txt');
  desk.write({ 'headlines/d.txt': lines(pier, 'Old lighthouse to become a public library', ferry) });
  await desk.refresh();
  await desk.refresh();
  expect(desk.ids()).toMatchObject({ 'Old lighthouse to become a public library': known[light] });
  expect(desk.items()).toHaveLength(4);
});

test('a list that is renamed with every line mended keeps its entries', async () => {
  const desk = await published({ 'headlines/a.txt': lines(pier, light) });
  const before = desk.items().map(({ id }) => id);
  desk.remove('headlines/a.txt');
  desk.write({ 'headlines/b.txt': lines('Harbor opens its new pier', 'Old lighthouse to become a public library') });
  await desk.refresh();
  await desk.refresh();
  expect(desk.items().map(({ id }) => id)).toEqual(before);
  expect(desk.titles()).toEqual(['Harbor opens its new pier', 'Old lighthouse to become a public library']);
});

test('of two lists that are gone, the new one is the one that it continues most of', async () => {
  const desk = await published({ 'headlines/a.txt': lines(pier), 'headlines/b.txt': lines(pier, light, ferry) });
  const before = desk.ids();
  desk.remove('headlines/a.txt', 'headlines/b.txt');
  desk.write({ 'headlines/c.txt': lines(pier, 'Old lighthouse to become a public library', ferry) });
  await desk.refresh();
  await desk.refresh();
  expect(desk.ids()).toEqual({
    [pier]: before[pier],
    'Old lighthouse to become a public library': before[light],
    [ferry]: before[ferry],
  });
});

test('lines of one date keep the order of the list', async () => {
  const desk = await published({ 'headlines/2026-02-03.txt': lines(pier, light, ferry) });
  expect(desk.titles()).toEqual([pier, light, ferry]);
  await desk.restart();
  await desk.restore();
  expect(desk.titles('/headlines/feed.json')).toEqual([pier, light, ferry]);
});
