import { expect, test } from 'vitest';
import { type Desk, published } from '../harness.ts';
import { article, name } from '../stories.ts';

const title = (n: number): string => `Story of ${name(n)}`;

/** All that a subscriber gets, but the time of its making. */
const entries = (desk: Desk): unknown => JSON.parse(desk.text('/feed.json')).items;

test('a renamed file keeps its entry, bytes and all', async () => {
  const desk = await published({ 'a.md': article(1), 'b.md': article(2) });
  const before = desk.text('/feed.json');
  desk.move('a.md', 'posts/2026/other.md');
  await desk.refresh();
  expect(desk.text('/feed.json')).toBe(before);
  await desk.refresh();
  expect(desk.text('/feed.json')).toBe(before);
});

test('a renamed file that was edited on the way keeps its entry', async () => {
  const desk = await published({ 'a.md': article(1) });
  const { id, url } = desk.items()[0]!;
  desk.remove('a.md');
  desk.write({
    'b.md': article(1, { tags: 'Sea', guid: 'tag:late.example,2026:1' }).replace(
      '.\n\n',
      '. One more sentence stands here.\n\n',
    ),
  });
  await desk.refresh();
  await desk.refresh();
  expect(desk.items()).toMatchObject([{ id, url, tags: ['Sea'] }]);
});

test('a file that is missing at one look and elsewhere at the next, or weeks later, is the same article', async () => {
  const desk = await published({ 'a.md': article(1), 'b.md': article(2) });
  const before = entries(desk);
  desk.move('a.md', '.moving');
  await desk.refresh();
  expect(entries(desk)).toEqual(before);
  desk.move('.moving', 'c.md');
  await desk.refresh();
  expect(entries(desk)).toEqual(before);
  desk.move('c.md', '.moving');
  await desk.refresh();
  await desk.refresh();
  expect(desk.titles()).toEqual([title(2)]);
  desk.move('.moving', 'd.md');
  await desk.refresh(29 * 86_400);
  expect(entries(desk)).toEqual(before);
});

test('a text that comes back elsewhere after more than thirty days is a new article', async () => {
  const desk = await published({ 'a.md': article(1), 'b.md': article(2) });
  const { id } = desk.item(title(1));
  desk.move('a.md', '.moving');
  await desk.refresh();
  await desk.refresh();
  desk.move('.moving', 'c.md');
  await desk.refresh(31 * 86_400);
  expect(desk.item(title(1)).id).not.toBe(id);
});

test('a copy is an entry of its own, also of a draft', async () => {
  const desk = await published({ 'a.md': article(1), 'b.md': article(2, { draft: true }) });
  const { id } = desk.items()[0]!;
  desk.write({ 'c.md': article(1) });
  await desk.refresh();
  expect(desk.titles()).toEqual([title(1), title(1)]);
  expect(desk.items()[1]!.id).toBe(id);
});

test('a file that was away for a moment while its copy was written is published beside the copy', async () => {
  const pier = 'Harbour opens its new pier\n';
  const desk = await published({ 'a.md': article(1), 'headlines/a.txt': pier, 'c.md': article(2) });
  desk.move('a.md', '.article');
  desk.move('headlines/a.txt', '.list');
  desk.write({ 'b.md': article(1), 'headlines/b.txt': pier });
  await desk.refresh();
  desk.move('.article', 'a.md');
  desk.move('.list', 'headlines/a.txt');
  await desk.refresh();
  expect(desk.titles().filter((one) => one === title(1))).toHaveLength(2);
  const before = desk.item(pier.trim());
  desk.write({ 'publication.yaml': 'title: News\nheadlines:\n  removed: withdraw\n' });
  desk.remove('headlines/b.txt');
  await desk.refresh();
  await desk.refresh();
  expect(desk.item(pier.trim())).toEqual(before);
});

test('a broken file that is renamed keeps what it had published, and its entry when it is mended', async () => {
  const desk = await published({ 'a.md': article(1), 'b.md': article(2) });
  const before = desk.text('/feed.json');
  desk.write({ 'a.md': article(1).replace('\n---\n', '\n') });
  expect((await desk.refresh()).problems).toHaveLength(1);
  desk.move('a.md', 'posts/c.md');
  await desk.refresh();
  await desk.refresh();
  expect(desk.text('/feed.json')).toBe(before);
  desk.write({ 'posts/c.md': article(1) });
  expect((await desk.refresh()).problems).toEqual([]);
  expect(desk.text('/feed.json')).toBe(before);
  desk.remove('posts/c.md');
  await desk.refresh();
  await desk.refresh();
  expect(desk.items()).toHaveLength(1);
});

test('a broken list that is renamed keeps what it had published, and its entries when it is mended', async () => {
  const list = (title: string): string => `- title: Harbour opens its new pier\n- title: ${title}\n`;
  const desk = await published({
    'publication.yaml': 'title: News\nheadlines: { removed: withdraw }\n',
    'headlines/a.yaml': list('Old lighthouse to become a library'),
  });
  const before = desk.text('/feed.json');
  desk.write({ 'headlines/a.yaml': list('[') });
  expect((await desk.refresh()).problems).toHaveLength(1);
  desk.move('headlines/a.yaml', 'headlines/b.yaml');
  await desk.refresh();
  await desk.refresh();
  expect(desk.text('/feed.json')).toBe(before);
  desk.write({ 'headlines/b.yaml': list('Old lighthouse to become a library') });
  await desk.refresh(10 * 86_400);
  expect(desk.text('/feed.json')).toBe(before);
  desk.remove('headlines/b.yaml');
  await desk.refresh();
  await desk.refresh();
  expect(desk.items()).toEqual([]);
});

test('a broken article whose file becomes a list is withdrawn', async () => {
  const desk = await published({ 'a.md': article(1), 'b.md': article(2) });
  desk.write({ 'a.md': article(1).replace('\n---\n', '\n') });
  await desk.refresh();
  desk.move('a.md', 'headlines/a.md');
  await desk.refresh();
  await desk.refresh();
  expect(desk.items()).toHaveLength(1);
  expect((await desk.answer('/articles/a')).status).toBe('410');
});

test('a file with an explicit id may be renamed', async () => {
  const desk = await published({ 'b.md': article(1, { guid: 'tag:old.example,2009:1' }) });
  const before = entries(desk);
  desk.move('b.md', 'a.md');
  expect((await desk.refresh()).problems).toEqual([]);
  expect((await desk.refresh()).problems).toEqual([]);
  expect(entries(desk)).toEqual(before);
});

test('a whole folder may be moved, twins among its files too', async () => {
  const twins = Object.fromEntries(
    [3, 2, 1].map((n) => [`old/twin-${n}.md`, '---\ntitle: The same\n---\nThe same text.\n']),
  );
  const desk = await published({ ...twins, 'old/a.md': article(1), 'old/b.md': article(2) });
  const before = entries(desk);
  desk.move('old', 'new');
  await desk.refresh();
  await desk.refresh();
  expect(entries(desk)).toEqual(before);
  desk.write({ 'new/twin-2.md': '---\ntitle: The second\n---\nThe same text.\n' });
  await desk.refresh();
  expect(desk.item('The second').url).toBe('https://news.example.com/articles/twin-2');
});

test('a whole folder may be moved and every file in it edited', async () => {
  const numbers = Array.from({ length: 300 }, (_, index) => index + 1);
  const desk = await published(Object.fromEntries(numbers.map((n) => [`old/${n}.md`, article(n)])));
  const known = new Map(Array.from((await desk.store.load()).entries, ({ title: one, id }) => [one, id]));
  desk.remove('old');
  desk.write(Object.fromEntries(numbers.map((n) => [`new/${n}.md`, `${article(n)}\nOne more line stands here.\n`])));
  await desk.refresh();
  await desk.refresh();
  const after = [...(await desk.store.load()).entries];
  expect(after.map(({ title: one, id, status }) => [one, id, status])).toEqual(
    [...known].map(([one, id]) => [one, id, 'live']),
  );
});

test('a draft that is renamed comes back with its id', async () => {
  const desk = await published({ 'a.md': article(1), 'b.md': article(2) });
  const before = entries(desk);
  desk.write({ 'a.md': article(1, { draft: true }) });
  await desk.refresh();
  desk.remove('a.md');
  desk.write({ 'c.md': article(1, { draft: true }) });
  await desk.refresh();
  await desk.refresh();
  expect(desk.titles()).toEqual([title(2)]);
  desk.write({ 'c.md': article(1) });
  await desk.refresh();
  expect(entries(desk)).toEqual(before);
});

test('a draft that is renamed months after it was withdrawn comes back with its id', async () => {
  const desk = await published({ 'a.md': article(1), 'b.md': article(2) });
  const before = entries(desk);
  desk.write({ 'a.md': article(1, { draft: true }) });
  await desk.refresh();
  desk.move('a.md', 'c.md');
  await desk.refresh(90 * 86_400);
  await desk.refresh();
  desk.write({ 'c.md': article(1) });
  await desk.refresh();
  expect(entries(desk)).toEqual(before);
});

test('a new article in the place that a renamed one has just left has an id of its own', async () => {
  const desk = await published({ 'a.md': article(1), 'b.md': article(2) });
  desk.remove('a.md');
  await desk.refresh();
  await desk.refresh();
  desk.write({ 'a.md': article(3) });
  await desk.refresh();
  const known = Array.from((await desk.store.load()).entries, ({ id }) => id);
  desk.move('a.md', 'c.md');
  await desk.refresh();
  desk.write({ 'a.md': article(4) });
  await desk.refresh();
  expect(known).not.toContain(desk.item(title(4)).id);
  expect(known).toContain(desk.item(title(3)).id);
});

test('of several articles that a path held, the one that is put back is itself', async () => {
  const desk = await published({ 'a.md': article(1), 'b.md': article(2) });
  const first = desk.item(title(1));
  const away = async (): Promise<void> => {
    desk.remove('a.md');
    await desk.refresh();
    await desk.refresh();
  };
  await away();
  desk.write({ 'a.md': article(3) });
  await desk.refresh();
  await away();
  desk.write({ 'a.md': article(1) });
  await desk.refresh(90 * 86_400);
  expect(desk.item(title(1))).toEqual(first);
});

test('a draft that was rewritten and then renamed comes back with its id', async () => {
  const desk = await published({ 'a.md': article(1), 'b.md': article(2) });
  const { id } = desk.item(title(1));
  desk.write({ 'a.md': article(3, { draft: true }) });
  await desk.refresh();
  desk.move('a.md', 'c.md');
  await desk.refresh();
  await desk.refresh();
  desk.write({ 'c.md': article(3) });
  await desk.refresh();
  expect(desk.item(title(3)).id).toBe(id);
});

test('an article in the place of a deleted one, saying something else, has an id of its own', async () => {
  const desk = await published({ 'a.md': article(1), 'b.md': article(2) });
  const { id } = desk.item(title(1));
  desk.remove('a.md');
  await desk.refresh();
  await desk.refresh();
  desk.write({ 'a.md': article(3) });
  await desk.refresh();
  const { id: other, url } = desk.item(title(3));
  expect(other).not.toBe(id);
  expect(url).toBe('https://news.example.com/articles/a-2');
  expect((await desk.answer('/articles/a')).status).toBe('410');
  desk.write({ 'c.md': article(1) });
  await desk.refresh();
  expect(desk.item(title(1))).toMatchObject({ id, url: 'https://news.example.com/articles/a' });
});

test('an article that is put in the place of one whose going was seen only once is another', async () => {
  const desk = await published({ 'a.md': article(1), 'b.md': article(2) });
  const { id } = desk.item(title(1));
  desk.remove('a.md');
  await desk.refresh();
  // As after a server that was stopped in between.
  desk.write({ 'a.md': article(3) });
  await desk.refresh(86_400);
  expect(desk.titles().toSorted()).toEqual([title(2), title(3)].toSorted());
  expect(desk.item(title(3)).id).not.toBe(id);
  expect((await desk.answer('/articles/a')).status).toBe('410');
});

test('an article that is written anew in its file keeps its id, also when the file was away for a moment', async () => {
  const desk = await published({ 'a.md': article(1), 'b.md': article(2) });
  const { id } = desk.item(title(1));
  desk.remove('a.md');
  await desk.refresh();
  desk.write({ 'a.md': article(3) });
  await desk.refresh(1);
  expect(desk.item(title(3)).id).toBe(id);
});

test('a file renamed to the name of one that was deleted long ago is still itself', async () => {
  const desk = await published({ 'a.md': article(1), 'b.md': article(2) });
  const [gone, kept] = [desk.item(title(1)).id, desk.item(title(2)).id];
  desk.remove('a.md');
  await desk.refresh();
  await desk.refresh();
  desk.move('b.md', 'a.md');
  await desk.refresh();
  await desk.refresh();
  expect(desk.items().map(({ id }) => id)).toEqual([kept]);
  expect(gone).not.toBe(kept);
});

test('an article that comes back elsewhere as another takes its file is no news', async () => {
  const text = 'The ferry to the islands will run twice a day from Monday, the harbour office said.\n';
  const desk = await published({ 'one.md': `# Ferry\n\n${text}`, 'other.md': article(1) });
  const before = desk.documents.get('/rss.xml');
  desk.remove('one.md');
  await desk.refresh();
  desk.write({ 'one.md': '---\ndraft: true\n---\n# Quay\n\nA new quay.\n', 'two.md': `# Ferry\n\n${text}` });
  await desk.refresh();
  expect(desk.documents.get('/rss.xml')).toEqual(before);
});
