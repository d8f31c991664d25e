import { expect, test } from 'vitest';
import { published } from '../harness.ts';
import { article, ferry, light, lines, pier } from '../stories.ts';

const day = 86_400;
test('a struck headline is withdrawn at once, and is itself when the strokes go, however late', async () => {
  const desk = await published({ 'headlines.txt': lines(pier, light) });
  const before = desk.item(pier);
  desk.write({ 'headlines.txt': lines(`~~${pier}~~`, light) });
  await desk.refresh();
  expect(desk.titles()).toEqual([light]);
  expect((await desk.answer('/headlines/harbour-opens-its-new-pier')).status).toBe('410');
  desk.write({ 'headlines.txt': lines(`~~${pier}~~`, light, ferry) });
  await desk.refresh(20 * day);
  expect(desk.titles()).toEqual([ferry, light]);
  desk.write({ 'headlines.txt': lines(pier, light, ferry) });
  await desk.refresh();
  expect(desk.item(pier)).toEqual(before);
});

test('the same words below a line struck weeks ago are news', async () => {
  const desk = await published({ 'headlines.txt': lines('Markets close higher', light) });
  const { id } = desk.item('Markets close higher');
  desk.write({ 'headlines.txt': lines('~~Markets close higher~~', light) });
  await desk.refresh();
  desk.write({ 'headlines.txt': lines('Markets close higher', '~~Markets close higher~~', light) });
  await desk.refresh(60 * day);
  expect(desk.item('Markets close higher').id).not.toBe(id);
  desk.write({ 'headlines.txt': lines(ferry, 'Markets close higher', '~~Markets close higher~~', light) });
  await desk.refresh();
  expect(desk.titles()).toEqual([ferry, 'Markets close higher', light]);
});

test('a headline struck in one list stays withdrawn, also when another list still has it and is edited', async () => {
  const desk = await published({ 'headlines.txt': lines(pier, light), 'headlines/b.txt': lines(pier) });
  desk.write({ 'headlines.txt': lines(`~~${pier}~~`, light) });
  await desk.refresh();
  desk.write({ 'headlines/b.txt': lines(pier, ferry) });
  await desk.refresh();
  expect(desk.titles()).toEqual([ferry, light]);
  desk.write({ 'headlines.txt': lines(light) });
  await desk.refresh();
  expect(desk.titles()).toEqual([ferry, light]);
});

test('striking a headline that is in no list any more withdraws it', async () => {
  const desk = await published({ 'headlines.txt': lines(pier, light) });
  desk.write({ 'headlines.txt': lines(light) });
  await desk.refresh(10 * day);
  await desk.refresh(10 * day);
  desk.write({ 'headlines.txt': lines(light, `~~${pier}~~`, '~~Never published~~') });
  await desk.refresh();
  expect(desk.titles()).toEqual([light]);
});

test('with removed: withdraw, a headline that leaves its last list is withdrawn', async () => {
  const desk = await published({
    'publication.yaml': 'title: News\nheadlines:\n  removed: withdraw\n',
    'headlines.txt': lines(pier, light),
    'headlines/b.txt': lines(pier),
  });
  const before = desk.item(pier);
  desk.write({ 'headlines.txt': lines(light) });
  await desk.refresh();
  expect(desk.titles()).toContain(pier);
  desk.write({ 'headlines/b.txt': lines(ferry) });
  await desk.refresh();
  expect(desk.titles()).not.toContain(pier);
  desk.write({ 'headlines/b.txt': lines(ferry, pier) });
  await desk.refresh(3 * day);
  expect(desk.item(pier)).toEqual(before);
});

test('a line that is broken for a while does not take its headline away', async () => {
  const desk = await published({
    'publication.yaml': 'title: News\nheadlines:\n  removed: withdraw\n',
    'headlines.txt': lines(`2026-02-03 ${pier}`, light),
  });
  const before = desk.text('/feed.json');
  desk.write({ 'headlines.txt': lines(`2026-02-30 ${pier}`, light) });
  expect((await desk.refresh()).problems).toHaveLength(1);
  expect(desk.text('/feed.json')).toBe(before);
  desk.write({ 'headlines.txt': lines(`2026-02-03 ${pier}`, light) });
  expect((await desk.refresh(9 * day)).problems).toHaveLength(0);
  expect(desk.text('/feed.json')).toBe(before);
});

test('the article to a headline, under its title, takes over its entry, and the page of the headline leads to it', async () => {
  const desk = await published({ 'headlines.txt': lines(pier, light) });
  const { id, date_published } = desk.item(pier);
  desk.write({ 'pier.md': article(1, { title: pier }) });
  await desk.refresh();
  expect(desk.item(pier)).toMatchObject({ id, date_published, url: 'https://news.example.com/articles/pier' });
  expect(desk.titles('/headlines/feed.json')).toEqual([light]);
  expect((await desk.answer('/headlines/harbour-opens-its-new-pier')).status).toBe('301 /articles/pier');
  desk.write({ 'headlines.txt': lines(light), 'pier.md': article(1, { title: 'The pier' }) });
  await desk.refresh();
  expect(desk.ids()).toMatchObject({ 'The pier': id });
  expect(desk.items()).toHaveLength(2);
});

test('a headline is its article in other lists too, when the article has another title by now', async () => {
  const desk = await published({ 'headlines/a.txt': lines(pier, light) });
  desk.write({ 'pier.md': article(1, { title: pier }) });
  await desk.refresh();
  desk.write({ 'pier.md': article(1, { title: 'The pier' }) });
  await desk.refresh();
  const before = desk.text('/feed.json');
  desk.write({ 'headlines/b.txt': lines(pier) });
  await desk.refresh();
  expect(desk.text('/feed.json')).toBe(before);
  await desk.refresh(9 * day);
  desk.write({ 'headlines/a.txt': lines(light), 'headlines/b.txt': lines(pier, light) });
  await desk.refresh();
  desk.write({ 'headlines/b.txt': lines(light), 'headlines/c.txt': lines(pier) });
  await desk.refresh();
  expect(desk.text('/feed.json')).toBe(before);
});

test('the words of a headline whose article came out long ago are news when no list has them any more', async () => {
  const desk = await published({ 'headlines.txt': lines(pier, light), 'pier.md': article(1, { title: pier }) });
  desk.write({ 'headlines.txt': lines(light) });
  await desk.refresh();
  desk.write({ 'headlines.txt': lines(pier, light) });
  await desk.refresh(3 * day);
  expect(desk.titles()).toHaveLength(2);
  desk.write({ 'headlines.txt': lines(light) });
  await desk.refresh();
  desk.write({ 'headlines.txt': lines(pier, light) });
  await desk.refresh(9 * day);
  expect(desk.titles()).toEqual([pier, pier, light]);
});

test('the headline of an old article is the same entry when it is back within a week, in whatever list', async () => {
  const desk = await published({ 'headlines/a.txt': lines(pier, light), 'pier.md': article(1, { title: pier }) });
  await desk.refresh(9 * day);
  const before = desk.text('/feed.json');
  desk.write({ 'headlines/a.txt': lines(light) });
  await desk.refresh();
  desk.write({ 'headlines/b.txt': lines(pier) });
  await desk.refresh(6 * day);
  desk.write({ 'headlines/b.txt': lines(ferry), 'pier.md': article(1, { title: pier, tags: 'Harbour' }) });
  await desk.refresh(9 * day);
  desk.write({ 'headlines/b.txt': lines(ferry, pier) });
  await desk.refresh(6 * day);
  expect(desk.titles()).toEqual([ferry, pier, light]);
  expect(before).toContain(desk.item(pier).id);
});

test('the article to a headline that left its list has its words for the rest of the week', async () => {
  const desk = await published({ 'headlines.txt': lines(pier, light) });
  await desk.refresh(9 * day);
  desk.write({ 'headlines.txt': lines(light) });
  await desk.refresh();
  desk.write({ 'pier.md': article(1, { title: pier }) });
  await desk.refresh(3 * day);
  desk.write({ 'headlines.txt': lines(pier, light) });
  await desk.refresh(3 * day);
  expect(desk.titles()).toEqual([pier, light]);
});

test('a headline and its article in one refresh are one entry, whichever file comes first', async () => {
  const desk = await published({
    'a.md': article(1, { title: pier }),
    'headlines.txt': lines(pier, light),
    'z.md': article(2, { title: light }),
  });
  expect(desk.titles().toSorted()).toEqual([pier, light]);
  expect(desk.titles('/headlines/feed.json')).toEqual([]);
});

test('the headline of an article of the last days is that article, and one that leads elsewhere is not', async () => {
  const desk = await published({ 'pier.md': article(1, { title: pier }), 'light.md': article(2, { title: light }) });
  const before = desk.text('/feed.json');
  desk.write({
    'headlines/a.txt': lines(pier.toUpperCase(), `[${light}](https://news.example.com/articles/light/)`),
  });
  await desk.refresh(6 * day);
  expect(desk.text('/feed.json')).toBe(before);
  desk.write({ 'headlines/a.txt': lines(light, pier), 'headlines/b.txt': lines(`${pier} https://other.example/`) });
  await desk.refresh();
  expect(desk.titles()).toEqual([pier, pier, light]);
  expect(desk.titles('/headlines/feed.json')).toEqual([pier]);
});

test('the words of an older article, and of one that goes as the headline comes, are a headline of their own', async () => {
  const desk = await published({
    'pier.md': article(1, { title: pier }),
    'ferry.md': article(3, { title: ferry }),
    'light.md': article(2, { title: light, date: '2026-01-05' }),
  });
  desk.write({ 'headlines.txt': lines(pier, light) });
  desk.remove('pier.md');
  await desk.refresh();
  await desk.refresh();
  expect(desk.titles('/headlines/feed.json')).toEqual([pier, light]);
  expect(desk.titles('/articles/feed.json')).toEqual([ferry, light]);
});

test('a headline that comes as its article goes, or takes another title, is one of its own', async () => {
  const expires = '2026-02-08T12:02:00Z';
  const others = { 'd.md': article(4), 'e.md': article(5), 'f.md': article(6) };
  const desk = await published({
    ...others,
    'pier.md': article(1, { title: pier }),
    'light.md': article(2, { title: light }),
    'ferry.md': article(3, { title: ferry, expires }),
  });
  desk.write({
    'pier.md': article(1, { title: pier, draft: true }),
    'light.md': article(2, { title: 'Lighthouse keeps its lamp' }),
    'headlines.txt': lines(pier, light, ferry, 'Story told under another name'),
    'd.md': article(4, { title: 'Story told under another name' }),
  });
  await desk.refresh();
  expect(desk.titles('/headlines/feed.json')).toEqual([pier, light, ferry]);
  expect(desk.titles().filter((title) => title === 'Story told under another name')).toHaveLength(1);
});

test('a draft or an embargoed article leaves the headline of its title alone', async () => {
  const desk = await published({ 'headlines.txt': lines(pier, light) });
  const before = desk.text('/feed.json');
  desk.write({
    'a.md': article(1, { title: pier, draft: true }),
    'b.md': article(2, { title: light, date: '2026-03-01' }),
  });
  expect((await desk.refresh()).problems).toEqual([]);
  expect(desk.text('/feed.json')).toBe(before);
  desk.write({ 'a.md': article(1, { title: pier }) });
  await desk.refresh();
  expect(desk.items('/articles/feed.json')).toMatchObject([{ title: pier, id: JSON.parse(before).items[0].id }]);
});

test('an article that gets the title of a headline later does not take it over', async () => {
  const desk = await published({ 'headlines.txt': lines(pier), 'a.md': article(1) });
  desk.write({ 'a.md': article(1, { title: pier }) });
  await desk.refresh();
  expect(desk.titles()).toHaveLength(2);
});
