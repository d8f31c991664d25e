import { execFileSync } from 'node:child_process';
import { rmSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Desk, published } from '../harness.ts';
import { article, name } from '../stories.ts';

const title = (n: number): string => `Story of ${name(n)}`;
const day = 86_400;

const articles = (...numbers: readonly number[]): Record<string, string> =>
  Object.fromEntries(numbers.map((n) => [`${n}.md`, article(n)]));

/** The desk's documents that say anything of this. */
const mentions = (desk: Desk, text: string): readonly string[] =>
  [...desk.documents].filter(([, document]) => document.text.includes(text)).map(([path]) => path);

test('a deleted article leaves every document at one refresh, its page answers 410, and put back it is itself', async () => {
  const desk = await published({ ...articles(1, 2), '3.md': article(3, { tags: 'Sea', author: 'Ines Marques' }) });
  const before = desk.item(title(3));
  const tag = desk.documents.get('/rss.xml')!.etag;
  expect(mentions(desk, title(3))).toHaveLength(18);
  desk.move('3.md', '.away');
  await desk.refresh(1);
  expect(desk.documents.get('/rss.xml')!.etag).toBe(tag);
  await desk.refresh(3);
  expect(mentions(desk, title(3))).toEqual([]);
  expect(desk.documents.get('/rss.xml')!.etag).not.toBe(tag);
  expect((await desk.answer('/articles/3')).status).toBe('410');
  desk.move('.away', '3.md');
  await desk.refresh(200 * day);
  expect(desk.item(title(3))).toEqual(before);
});

test('a file that is away at one look only is not withdrawn, however often that happens', async () => {
  const desk = await published(articles(1, 2));
  const before = desk.text('/atom.xml');
  for (let turn = 0; turn < 3; turn += 1) {
    desk.move('1.md', '.away');
    const { nextDue } = await desk.refresh();
    expect(nextDue).toBe(desk.now + 2000);
    expect(desk.text('/atom.xml')).toBe(before);
    desk.move('.away', '1.md');
    await desk.refresh();
    expect(desk.text('/atom.xml')).toBe(before);
  }
});

test('what cannot be read is not gone: a file that became too large or a pipe, and what lies below a broken link', async () => {
  const desk = await published({ ...articles(1, 2, 3, 4, 5), 'sea/6.md': article(6), 'sea/calm/7.md': article(7) });
  const before = desk.titles();
  desk.write({ '1.md': 'x'.repeat(6 * 2 ** 20) });
  desk.remove('2.md', 'sea');
  execFileSync('mkfifo', [join(desk.dir, '2.md')]);
  symlinkSync('nowhere', join(desk.dir, 'sea'));
  for (let turn = 0; turn < 2; turn += 1) {
    const { problems } = await desk.refresh();
    expect(problems.map(({ file }) => file).toSorted()).toEqual(['1.md', '2.md', 'sea']);
    expect(desk.titles()).toEqual(before);
  }
  desk.remove('2.md', 'sea');
  await desk.refresh();
  await desk.refresh();
  expect(desk.titles()).toEqual(before.filter((one) => ![title(2), title(6), title(7)].includes(one)));
});

test('after the clock was put back, a deleted article still leaves within seconds', async () => {
  const desk = await published(articles(1, 2));
  desk.remove('1.md');
  await desk.refresh();
  await desk.refresh(-3600);
  expect(desk.titles()).toContain(title(1));
  await desk.refresh(3);
  expect(desk.titles()).not.toContain(title(1));
});

test('an article marked as a draft is withdrawn, and back it has its id, link and date', async () => {
  const desk = await published(articles(1, 2));
  const before = desk.item(title(1));
  desk.write({ '1.md': article(1, { draft: true, slug: 'elsewhere' }) });
  await desk.refresh();
  expect(desk.titles()).toEqual([title(2)]);
  desk.write({ '1.md': article(1) });
  await desk.refresh(40 * day);
  expect(desk.item(title(1))).toEqual(before);
});

test('a page that leaves the edition with a change of settings does not linger there', async () => {
  const desk = await published(articles(1, 2));
  desk.write({ 'publication.yaml': 'title: News\nlimit: 1\n' });
  await desk.refresh();
  desk.remove('1.md');
  await desk.refresh();
  await desk.refresh();
  expect(mentions(desk, title(1))).toEqual([]);
});

test('half of the live articles may go at once, and of four all may', async () => {
  const desk = await published(articles(1, 2, 3, 4, 5, 6));
  desk.remove('1.md', '2.md', '3.md');
  await desk.refresh();
  await desk.refresh();
  expect(desk.items()).toHaveLength(3);
  desk.remove('4.md', '5.md', '6.md');
  desk.write({ 'headlines.txt': 'Harbour opens its new pier\n' });
  await desk.refresh();
  await desk.refresh();
  expect(desk.titles()).toEqual(['Harbour opens its new pier']);
});

test('a refresh that would withdraw more than half of five articles is refused, and changes nothing until it is allowed', async () => {
  const desk = await published(articles(1, 2, 3, 4, 5));
  const before = desk.text('/feed.json');
  desk.remove('1.md', '2.md');
  desk.write({ '3.md': article(3, { draft: true }), '6.md': article(6) });
  desk.write({ '3.md': article(3) });
  await desk.refresh();
  desk.write({ '3.md': article(3, { draft: true }), '4.md': article(4, { draft: true }), '7.md': article(7) });
  await expect(desk.refresh()).rejects.toThrow(/at most half of 6 live articles, found 4 .*--allow-mass-withdrawal/);
  expect(desk.titles()).not.toContain(title(7));
  await expect(desk.refresh()).rejects.toThrow('at most half');
  await desk.restart();
  await desk.restore();
  expect(JSON.parse(desk.text('/feed.json')).items.slice(1)).toEqual(JSON.parse(before).items);
  await desk.refresh(60, { allowsAll: true });
  expect(desk.titles().toSorted()).toEqual([5, 6, 7].map(title).toSorted());
});

test('what is allowed holds for what was just deleted, and for nothing that is deleted later', async () => {
  const desk = await published(articles(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));
  desk.remove('1.md', '2.md', '3.md', '4.md', '5.md', '6.md');
  await desk.refresh(60, { allowsAll: true });
  await desk.refresh(2);
  expect(desk.titles().toSorted()).toEqual([10, 11, 7, 8, 9].map(title).toSorted());
  desk.remove('7.md', '8.md', '9.md');
  await desk.refresh();
  await expect(desk.refresh(2)).rejects.toThrow('at most half of 5 live articles, found 3');
});

test('what is allowed does not hold for what goes missing while it is waited for', async () => {
  const desk = await published(articles(1, 2, 3, 4, 5, 6, 7, 8));
  desk.remove('1.md');
  await desk.refresh(60, { allowsAll: true });
  desk.write(articles(1));
  desk.remove('2.md', '3.md', '4.md', '5.md', '6.md');
  await desk.refresh(2);
  await expect(desk.refresh(2)).rejects.toThrow('at most half of 8 live articles, found 5');
});

test('a folder that is away, or without files, or without its publication.yaml, changes nothing', async () => {
  const desk = await published({ ...articles(1, 2), 'publication.yaml': 'title: News\nid: urn:example:news\n' });
  const before = desk.text('/feed.json');
  desk.move('publication.yaml', '.away');
  await expect(desk.refresh()).rejects.toThrow('publication.yaml is gone');
  desk.move('.away', 'publication.yml');
  await expect(desk.refresh()).rejects.toThrow(/publication.yaml is gone.*\npublication.yml: .* under this name/);
  desk.move('publication.yml', 'publication.yaml');
  desk.write({ 'publication.yaml': 'title: News\nid: urn:example:other\n' });
  await expect(desk.refresh()).rejects.toThrow('expected the id urn:example:news, found urn:example:other');
  desk.write({ 'publication.yaml': 'title: News\nid: urn:example:news\n' });
  rmSync(join(desk.dir), { recursive: true });
  await expect(desk.refresh()).rejects.toThrow('ENOENT');
  desk.write({ '.dotfile': '' });
  await expect(desk.refresh()).rejects.toThrow('expected files');
  desk.write({ ...articles(1, 2), 'publication.yaml': 'title: News\nid: urn:example:news\n' });
  await desk.refresh();
  expect(desk.text('/feed.json')).toBe(before);
});

test('an embargoed article is nowhere until its second, and then everywhere', async () => {
  const desk = await published({ ...articles(1), '2.md': article(2, { date: '2026-02-08T13:00:00Z', tags: 'Sea' }) });
  const due = Date.UTC(2026, 1, 8, 13);
  expect(mentions(desk, title(2))).toEqual([]);
  expect([...desk.documents.keys()].filter((path) => path.includes('sea'))).toEqual([]);
  expect((await desk.answer('/articles/2')).status).toBe('404');
  const { nextDue } = await desk.refresh();
  expect(nextDue).toBe(due);
  desk.now = due - 1000;
  await desk.refresh(0);
  expect(mentions(desk, title(2))).toEqual([]);
  desk.now = due;
  await desk.refresh(0);
  expect(desk.titles()).toEqual([title(2), title(1)]);
  expect(desk.item(title(2))).toMatchObject({
    date_published: '2026-02-08T13:00:00.000Z',
    date_modified: '2026-02-08T13:00:00.000Z',
  });
  expect(desk.titles('/tags/sea/feed.json')).toEqual([title(2)]);
});

test('an embargo that is put off, or whose file is taken away, in its last second does not leak', async () => {
  const desk = await published({
    ...articles(1),
    '2.md': article(2, { date: '2026-02-08T13:00:00Z' }),
    '3.md': article(3, { date: '2026-02-08T13:00:00Z' }),
    'headlines.txt': '2026-02-08T13:00:00Z Harbour opens its new pier\n',
  });
  desk.write({ '2.md': article(2, { date: '2026-03-08' }), 'headlines.txt': 'Old lighthouse to become a library\n' });
  desk.remove('3.md');
  desk.now = Date.UTC(2026, 1, 8, 13);
  expect((await desk.refresh(0)).nextDue).toBe(desk.now + 2000);
  await desk.refresh();
  expect(desk.titles()).toEqual(['Old lighthouse to become a library', title(1)]);
  desk.now = Date.UTC(2026, 2, 8);
  await desk.refresh(0);
  expect(desk.titles()).toEqual([title(2), 'Old lighthouse to become a library', title(1)]);
});

test('an article is withdrawn when it expires, also by an edit, and back when the day is moved', async () => {
  const desk = await published({ ...articles(1), '2.md': article(2, { expires: '2026-02-08T13:00:00Z' }) });
  const before = desk.item(title(2));
  expect((await desk.refresh()).nextDue).toBe(Date.UTC(2026, 1, 8, 13));
  desk.now = Date.UTC(2026, 1, 8, 13);
  await desk.refresh(0);
  expect(desk.titles()).toEqual([title(1)]);
  desk.write({ '2.md': article(2, { expires: '2026-02-08T13:00:00Z', tags: 'Sea' }) });
  await desk.refresh();
  expect(desk.titles()).toEqual([title(1)]);
  desk.write({ '2.md': article(2, { expires: '2026-12-01' }) });
  await desk.refresh();
  expect(desk.item(title(2))).toEqual(before);
  desk.write({ '2.md': article(2, { expires: '2026-02-01' }), '3.md': article(3, { expires: '2026-02-01' }) });
  await desk.refresh();
  expect(desk.titles()).toEqual([title(1)]);
});

test('an article that expires before it is due is never shown, and many that expire together are not refused', async () => {
  const front = { expires: '2026-02-08T13:00:00Z' };
  const numbers = [1, 2, 3, 4, 5, 6];
  const desk = await published({
    ...Object.fromEntries(numbers.map((n) => [`${n}.md`, article(n, front)])),
    '7.md': article(7, { date: '2026-02-08T14:00:00Z', ...front }),
    '8.md': article(8),
  });
  expect(desk.items()).toHaveLength(7);
  await desk.refresh(7200);
  expect(desk.titles()).toEqual([title(8)]);
});

test('a brand-new file waits until it has rested for the grace, and an edited one does not', async () => {
  const desk = new Desk();
  const save = (file: string, content: string): void => {
    desk.write({ [file]: content });
    utimesSync(join(desk.dir, file), desk.now / 1000, desk.now / 1000);
  };
  save('1.md', article(1));
  await desk.refresh();
  desk.write({ 'publication.yaml': 'title: News\ngrace: 600\n' });
  save('2.md', article(2));
  const { nextDue } = await desk.refresh();
  expect(nextDue).toBe(desk.now + 540_000);
  expect(desk.titles()).toEqual([title(1)]);
  save('1.md', article(1, { title: 'Another title' }));
  await desk.refresh();
  expect(desk.titles()).toEqual(['Another title']);
  await desk.refresh(480);
  expect(desk.titles()).toEqual([title(2), 'Another title']);
});

test('a clock that is put back takes nothing away', async () => {
  const desk = await published({ ...articles(1), 'headlines.txt': 'Harbour opens its new pier\n' });
  const before = desk.items();
  desk.write({ '1.md': article(1, { tags: 'Sea' }), 'headlines.txt': 'Harbour opens its new Pier\n' });
  await desk.refresh(-7200);
  expect(desk.items().map(({ id, date_published }) => [id, date_published])).toEqual(
    before.map(({ id, date_published }) => [id, date_published]),
  );
});
