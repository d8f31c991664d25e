import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { formatProblem } from '../src/lib/problem.ts';
import { type Item, published } from './harness.ts';
import { article, name, prose } from './stories.ts';

const title = (n: number): string => `Story of ${name(n)}`;

const facts = ({ id, url, date_published, date_modified }: Item): readonly string[] => [
  id,
  url,
  date_published,
  date_modified,
];

test('an edited article keeps its id, link and date, and its content follows', async () => {
  const desk = await published({ 'a.md': article(1) });
  const before = desk.item(title(1));
  desk.write({
    'a.md': article(1, { title: 'Another title for it' }).replace('\n\n', '\n\nA new paragraph stands here now.\n\n'),
  });
  await desk.refresh();
  const after = desk.item('Another title for it');
  expect(facts(after).slice(0, 3)).toEqual(facts(before).slice(0, 3));
  expect(after.content_html).toContain('A new paragraph stands here now.');
});

test('updated moves with more than three words, a number, the title or the link, and not with less', async () => {
  const text = 'The ferry carries 40 cars and leaves the harbour at noon, the office said.';
  const desk = await published({ 'a.md': `---\ntitle: The ferry sails\n---\n${text}\n` });
  const edit = async (content: string): Promise<boolean> => {
    const before = desk.items()[0]!;
    desk.write({ 'a.md': content });
    await desk.refresh();
    const after = desk.items()[0]!;
    expect(after.id).toBe(before.id);
    if (after.date_modified !== before.date_modified) expect(Date.parse(after.date_modified)).toBe(desk.now);
    return after.date_modified !== before.date_modified;
  };
  const at = (body: string, front = ''): string => `---\ntitle: The ferry sails\n${front}---\n${body}\n`;
  expect(await edit(at(text.replace('noon', 'dusk')))).toBe(false);
  expect(await edit(at(text.replace('ferry', 'Ferry').replace(',', ';')))).toBe(false);
  expect(await edit(at(text.replace('40', '41')))).toBe(true);
  expect(await edit(at(`${text} Nobody had expected that so early.`))).toBe(true);
  expect(await edit(at(text, 'minor: true\n'))).toBe(false);
  expect(await edit(at(text, 'link: https://elsewhere.example/ferry\n'))).toBe(true);
  expect(await edit(at(text).replace('The ferry sails', 'No boat leaves the islands today'))).toBe(true);
});

test('what an older version read otherwise is published as it is read now, and updated stays', async () => {
  const desk = await published({
    'a.md': '---\ntitle: Tasks\n---\n- [x] Paint\n- [x] Oars\n- [ ] Sails\n- [ ] Ropes\n',
  });
  const before = desk.items()[0]!;
  await desk.restart();
  const sqlite = new DatabaseSync(desk.storeUrl.replace('sqlite:', ''));
  sqlite.exec(`update files set hash = '0' || substr(hash, 2);
    update texts set html = replace(replace(html, '☑', '[x]'), '☐', '[ ]')`);
  sqlite.close();
  await desk.refresh();
  expect(facts(desk.items()[0]!)).toEqual(facts(before));
  expect(desk.items()[0]!.content_html).toBe(before.content_html);
  desk.write({ 'a.md': '---\ntitle: Tasks\n---\nNo tasks are left for anybody here.\n' });
  await desk.refresh();
  expect(Date.parse(desk.items()[0]!.date_modified)).toBe(desk.now);
});

test('updated in front matter is followed, and stays when it does', async () => {
  const desk = await published({ 'a.md': article(1, { date: '2026-02-01', updated: '2026-02-03' }) });
  expect(desk.items()[0]).toMatchObject({ date_modified: '2026-02-03T00:00:00.000Z' });
  desk.write({ 'a.md': article(2, { date: '2026-02-01', updated: '2026-02-03' }) });
  await desk.refresh();
  expect(desk.items()[0]).toMatchObject({ title: title(2), date_modified: '2026-02-03T00:00:00.000Z' });
  desk.write({ 'a.md': article(2, { date: '2026-02-01', updated: '2026-02-05' }) });
  await desk.refresh();
  expect(desk.items()[0]).toMatchObject({ date_modified: '2026-02-05T00:00:00.000Z' });
  desk.write({ 'a.md': article(2, { date: '2026-02-06', updated: '2026-02-05' }) });
  await desk.refresh();
  expect(desk.items()[0]).toMatchObject({ date_modified: '2026-02-06T00:00:00.000Z' });
});

test('a date in the file is followed; taken out, the last one stays', async () => {
  const desk = await published({ 'a.md': article(1) });
  const { id } = desk.items()[0]!;
  desk.write({ 'a.md': article(1, { date: '2026-01-05' }) });
  await desk.refresh();
  expect(desk.items()[0]).toMatchObject({ id, date_published: '2026-01-05T00:00:00.000Z' });
  desk.write({ 'a.md': article(1) });
  await desk.refresh();
  expect(desk.items()[0]).toMatchObject({ id, date_published: '2026-01-05T00:00:00.000Z' });
});

test('a date moved into the future on a published entry is an error, and nothing changes', async () => {
  const desk = await published({ 'a.md': article(1), 'headlines.txt': '2026-02-01 Harbour opens its new pier' });
  const before = desk.text('/feed.json');
  desk.write({ 'a.md': article(1, { date: '2027-01-01' }), 'headlines.txt': '2027-01-01 Harbour opens its new pier' });
  const { problems } = await desk.refresh();
  expect(problems.map(formatProblem)).toEqual([
    expect.stringMatching(/^a\.md:3: expected a date that is not in the future.*2027-01-01/),
    expect.stringMatching(/^headlines\.txt:1: expected a date that is not in the future.*2027-01-01/),
  ]);
  expect(desk.text('/feed.json')).toBe(before);
  desk.write({ 'a.md': article(1), 'headlines.txt': '2026-02-01 Harbour opens its new pier' });
  expect((await desk.refresh()).problems).toEqual([]);
  expect(desk.text('/feed.json')).toBe(before);
});

test('of articles with one and the same date the last in path order stays on top', async () => {
  const files = [1, 2, 3, 10, 11].map((n) => [`post-${n}.md`, article(n, { date: '2026-02-01' })] as const);
  const desk = await published(Object.fromEntries(files));
  const order = [11, 10, 3, 2, 1].map(title);
  expect(desk.titles()).toEqual(order);
  desk.write({ 'post-3.md': article(3, { date: '2026-02-01', tags: 'Sea' }) });
  await desk.refresh();
  await desk.restart();
  await desk.restore();
  expect(desk.titles()).toEqual(order);
});

test('a new slug moves the page, and every former address answers 301', async () => {
  const desk = await published({ 'a.md': article(1), 'b.md': article(2) });
  const { id } = desk.item(title(1));
  expect(desk.item(title(1)).url).toBe('https://news.example.com/articles/a');
  desk.write({ 'a.md': article(1, { slug: 'harbour' }) });
  await desk.refresh();
  expect(desk.item(title(1))).toMatchObject({ id, url: 'https://news.example.com/articles/harbour' });
  desk.write({ 'a.md': article(1, { permalink: '/2026/pier/' }) });
  await desk.refresh();
  expect(desk.item(title(1))).toMatchObject({ id, url: 'https://news.example.com/2026/pier' });
  expect((await desk.answer('/articles/a')).status).toBe('301 /2026/pier');
  expect((await desk.answer('/articles/harbour')).status).toBe('301 /2026/pier');
  desk.write({ 'a.md': article(1), 'b.md': article(2, { slug: 'harbour' }) });
  const { problems } = await desk.refresh();
  expect(desk.item(title(1)).url).toBe('https://news.example.com/2026/pier');
  expect(desk.item(title(2)).url).toBe('https://news.example.com/articles/b');
  expect(problems.map(formatProblem)).toEqual([
    expect.stringContaining('b.md:3: warning: expected a path that is free, found /articles/harbour'),
  ]);
});

test('a path that could not be had leaves the page where it is, whatever the title becomes', async () => {
  const desk = await published({ 'a.md': article(1, { permalink: '/pier' }), 'b.txt': `${prose(2)}\n` });
  desk.write({ 'c.txt': `---\npermalink: /pier\n---\nThe old lighthouse burns. ${prose(3)}` });
  await desk.refresh();
  const { url, id } = desk.item('The old lighthouse burns');
  desk.write({ 'c.txt': `---\npermalink: /pier\n---\nThe old lighthouse still burns. ${prose(3)}` });
  await desk.refresh();
  expect(desk.item('The old lighthouse still burns')).toMatchObject({ id, url });
});

test('a permalink that programs resolve differently is not followed, and what has such an address keeps it', async () => {
  const desk = await published({ 'a.md': article(1, { permalink: '/pier' }), 'b.md': article(2) });
  const { url } = desk.item(title(1));
  for (const permalink of ['/x%2f..%2fy', '/x%252f..%252fy', '/x%5c..%5cy']) {
    desk.write({ 'a.md': article(1, { permalink }) });
    const { problems } = await desk.refresh();
    expect(problems.map(formatProblem)).toEqual([
      expect.stringMatching(/^a\.md:\d: warning: permalink: expected a path without/),
    ]);
    expect(desk.item(title(1)).url).toBe(url);
  }
  desk.write({ 'a.md': article(1, { permalink: '//news.example.com//2026//pier//' }) });
  await desk.refresh();
  expect(desk.item(title(1)).url).toBe('https://news.example.com/2026/pier');
  expect((await desk.answer('/2026/pier')).status).toBe('200');
});

test('an explicit id given to a published article does not change its id, and is a warning', async () => {
  const desk = await published({ 'a.md': article(1) });
  const { id } = desk.items()[0]!;
  desk.write({ 'a.md': article(1, { guid: 'tag:old.example,2009:1' }) });
  const { problems } = await desk.refresh();
  expect(desk.items().map((item) => item.id)).toEqual([id]);
  expect(problems.map(formatProblem)).toEqual([
    expect.stringMatching(/^a\.md:3: warning: .*tag:old\.example,2009:1.*urn:uuid/),
  ]);
});

test('an explicit id goes with the file that gives it, and two files that swap theirs swap their entries', async () => {
  const ids = { 1: 'tag:old.example,2009:1', 2: 'tag:old.example,2009:2' };
  const desk = await published({ 'a.md': article(1, { guid: ids[1] }), 'b.md': article(2, { guid: ids[2] }) });
  const before = desk.items().map(facts).toSorted();
  desk.write({ 'a.md': article(2, { guid: ids[2] }), 'b.md': article(1, { guid: ids[1] }) });
  expect((await desk.refresh()).problems).toEqual([]);
  expect(desk.items().map(facts).toSorted()).toEqual(before);
  desk.write({ 'a.md': article(3), 'c.md': article(2, { guid: ids[2] }) });
  expect((await desk.refresh()).problems).toEqual([]);
  expect(desk.item(title(2))).toMatchObject({ id: ids[2] });
  expect(desk.items()).toHaveLength(3);
});

test('a copy with the same explicit id is an error of the later file until the first one goes', async () => {
  const desk = await published({ 'b.md': article(1, { guid: 'tag:old.example,2009:1' }) });
  desk.write({ 'a.md': article(1, { guid: 'tag:old.example,2009:1' }) });
  const { problems } = await desk.refresh();
  expect(problems.map(formatProblem)).toEqual([
    expect.stringMatching(/^a\.md:3: expected an id of its own.*which b\.md has$/),
  ]);
  desk.write({ 'b.md': article(1, { guid: 'tag:old.example,2009:1', draft: true }) });
  expect((await desk.refresh()).problems).toHaveLength(1);
  expect(desk.items()).toEqual([]);
  desk.remove('b.md');
  await desk.refresh();
  expect(desk.items().map(({ id }) => id)).toEqual(['tag:old.example,2009:1']);
});

test('another explicit id in a file is another entry, and the former one is withdrawn', async () => {
  const desk = await published({ 'a.md': article(1, { id: 'urn:example:one' }) });
  desk.write({ 'a.md': article(2, { id: 'urn:example:two' }) });
  await desk.refresh();
  expect(desk.items().map(({ id }) => id)).toEqual(['urn:example:two']);
  desk.write({ 'b.md': article(1, { id: 'urn:example:one' }) });
  await desk.refresh();
  expect(
    desk
      .items()
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual(['urn:example:one', 'urn:example:two']);
});

test('a file in a folder is one article whatever it says, and a warning tells of one that says something else', async () => {
  const desk = await published({ 'a.md': article(1), 'b.md': article(2) });
  const [one, two] = [desk.item(title(1)).id, desk.item(title(2)).id];
  desk.write({ 'a.md': article(2), 'b.md': article(1) });
  const { problems } = await desk.refresh();
  expect([desk.item(title(2)).id, desk.item(title(1)).id]).toEqual([one, two]);
  expect(problems.map(({ file, severity }) => [file, severity])).toEqual([
    ['a.md', 'warning'],
    ['b.md', 'warning'],
  ]);
});

test('a picture that comes later, and a linked article that is published later, change what refers to them', async () => {
  const desk = await published({ 'a.md': '---\ntitle: Both\n---\n![Pier](pier.png) and [more](b.md#end) here.\n' });
  const before = desk.items()[0]!;
  expect(before.content_html).not.toContain('/media/');
  desk.write({ 'pier.png': 'not really a picture', 'b.md': article(2, { draft: true }) });
  await desk.refresh();
  expect(desk.items()[0]!.content_html).toContain('src="https://news.example.com/media/pier.png"');
  expect(desk.items()[0]!.content_html).not.toContain('href');
  desk.write({ 'b.md': article(2) });
  await desk.refresh();
  const after = desk.item('Both');
  expect(after.content_html).toContain('href="https://news.example.com/articles/b#end"');
  expect(facts(after)).toEqual(facts(before));
});

test('an article whose file becomes a redirect goes, or along with the file that says the same', async () => {
  const desk = await published({ 'a.md': article(1), 'b.md': article(2) });
  const ids = desk.ids();
  const redirect = '---\nredirect_to: /elsewhere/\n---\n';
  desk.write({ 'a.md': redirect, 'b.md': redirect, 'posts/a.md': article(1) });
  await desk.refresh();
  expect(desk.ids()).toEqual({ [title(1)]: ids[title(1)] });
  expect((await desk.answer('/articles/b')).status).toBe('410');
  desk.write({ 'b.md': article(2) });
  await desk.refresh();
  expect(desk.ids()).toEqual(ids);
});

test('with permalinks to another site, a renamed file leads to its new address there', async () => {
  const desk = await published({
    'publication.yaml': 'title: News\npermalinks: https://site.example/{path}/\n',
    'posts/a.md': article(1),
  });
  const { id, url } = desk.items()[0]!;
  expect(url).toBe('https://site.example/posts/a/');
  desk.move('posts/a.md', 'posts/b.md');
  await desk.refresh();
  expect(desk.items()[0]).toMatchObject({ id, url: 'https://site.example/posts/b/' });
  const bytes = desk.text('/feed.json');
  await desk.restart();
  await desk.restore();
  expect(desk.text('/feed.json')).toBe(bytes);
});

test('permalinks to another site lead to the whole of a file name, and to nothing but it', async () => {
  const expected: Readonly<Record<string, string>> = {
    'posts/c#-intro.md': 'posts/c%23-intro',
    'posts/what now?.md': 'posts/what%20now%3F',
    'posts/a$&b+c.md': 'posts/a$&b+c',
    'posts/node.js.md': 'posts/node.js',
    'posts/new.fr.md': 'posts/new',
    'posts/bundle/index.fr.md': 'posts/bundle',
  };
  const desk = await published({
    'publication.yaml': 'title: News\npermalinks: https://site.example/{path}/\n',
    ...Object.fromEntries(Object.keys(expected).map((file) => [file, `---\ntitle: ${file}\n---\nText.\n`])),
  });
  const links = Object.fromEntries(desk.items().map(({ title, url }) => [title, url]));
  expect(links).toEqual(
    Object.fromEntries(Object.entries(expected).map(([file, path]) => [file, `https://site.example/${path}/`])),
  );
  await desk.restart();
});
