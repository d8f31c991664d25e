import { cpSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { renderers } from '../src/feeds/renderers.ts';
import { formatProblem } from '../src/lib/problem.ts';
import { Pipeline } from '../src/refresh.ts';
import type { Store } from '../src/store/store.ts';
import { Desk, newFolder, published } from './harness.ts';

const data = join(import.meta.dirname, '..', 'data');

test('a text file without title, dates and links is enough for feeds', async () => {
  const desk = new Desk();
  desk.write({
    'briefing.txt': `The ferry to the islands will run twice a day from Monday, the harbour office said, after a winter with none. The crew has been hired.
Tickets cost less than last year. The first boat leaves at seven.


Harbour opens its new pier
Old lighthouse to become a library
`,
  });
  await desk.refresh();
  expect(desk.titles()).toEqual([
    'The ferry to the islands will run twice a day from Monday, the harbour office said, after a winter with none',
    'Harbour opens its new pier',
    'Old lighthouse to become a library',
  ]);
  const dates = desk.items().map(({ date_published }) => Date.parse(date_published));
  expect(dates).toEqual([desk.now, desk.now - 1000, desk.now - 2000]);
  expect(new Set(desk.items().map(({ id }) => id)).size).toBe(3);
  expect(desk.titles('/articles/feed.json')).toHaveLength(1);
  expect(desk.titles('/headlines/feed.json')).toHaveLength(2);
});

test('our own publication has its articles, its twenty headlines and its tags in the feeds', async () => {
  const desk = new Desk({ DATA_DIR: data });
  const { problems } = await desk.refresh();
  expect(problems.map(formatProblem)).toEqual([]);
  expect(desk.items('/articles/feed.json')).toHaveLength(2);
  expect(desk.items('/headlines/feed.json')).toHaveLength(20);
  expect(desk.items('/tags/feeds/feed.json').map(({ title }) => title)).toEqual(['How a headline travels']);
  expect(desk.titles()).toContain('Anutin’s Bhumjaithai comes first in Thailand and promises calm');
});

test('one changed article is rendered, and none of those beside it, until a setting changes', async () => {
  const article = (n: number): string => `---\ntitle: Ferry ${n}\ndate: 2026-02-0${n}\n---\nIt runs ${n} times.\n`;
  const desk = await published(Object.fromEntries([1, 2, 3].map((n) => [`ferry-${n}.md`, article(n)])));
  const rendered = vi.spyOn(renderers.rss, 'renderEntry');
  try {
    desk.write({ 'ferry-2.md': article(2).replace('times', 'times a day') });
    await desk.refresh(60);
    expect(rendered.mock.calls.map(([{ title }]) => title)).toEqual(['Ferry 2']);
    desk.write({ 'publication.yaml': 'language: en\n' });
    await desk.refresh(60);
    expect(rendered.mock.calls.slice(1).map(([{ title }]) => title)).toEqual(['Ferry 3', 'Ferry 2', 'Ferry 1']);
  } finally {
    rendered.mockRestore();
  }
});

function everything(desk: Desk): Record<string, string> {
  return Object.fromEntries([...desk.documents].map(([path, { text, etag }]) => [path, `${etag}\n${text}`]));
}

test('nothing but content moves a byte or a tag: not time, a restart, a touch, or a copy of the folder', async () => {
  const desk = new Desk();
  cpSync(data, desk.dir, { recursive: true });
  await desk.refresh();
  const first = everything(desk);
  expect(Object.keys(first).length).toBeGreaterThan(20);

  await desk.refresh(3600);
  expect(everything(desk)).toEqual(first);

  await desk.restart();
  await desk.restore();
  expect(everything(desk)).toEqual(first);
  const { change } = await desk.refresh(86_400);
  expect(change.put).toEqual([]);

  for (const file of readdirSync(desk.dir, { recursive: true, encoding: 'utf8' })) {
    if (statSync(join(desk.dir, file)).isFile()) utimesSync(join(desk.dir, file), 1, 1);
  }
  await desk.refresh();
  expect(everything(desk)).toEqual(first);

  const copy = newFolder();
  cpSync(desk.dir, copy, { recursive: true });
  const elsewhere = new Desk({ DATA_DIR: copy, storeUrl: desk.storeUrl });
  await desk.restart();
  elsewhere.now = desk.now;
  await elsewhere.refresh();
  expect(everything(elsewhere)).toEqual(first);
});

test('a lost store gives the same ids to what was never edited', async () => {
  const first = new Desk({ DATA_DIR: data });
  const second = new Desk({ DATA_DIR: data });
  second.now += 1e9;
  await first.refresh();
  await second.refresh();
  const ids = (desk: Desk): readonly string[] =>
    desk
      .items()
      .map(({ id, title }) => `${title} ${id}`)
      .toSorted();
  expect(ids(second)).toEqual(ids(first));
});

test('a broken publication.yaml or data folder takes nothing away', async () => {
  const desk = new Desk();
  cpSync(data, desk.dir, { recursive: true });
  await desk.refresh();
  const first = everything(desk);
  desk.write({ 'publication.yaml': 'title: [unclosed' });
  await expect(desk.refresh()).rejects.toThrow(/^publication\.yaml:1: /);
  expect(everything(desk)).toEqual(first);
  rmSync(desk.dir, { recursive: true });
  await expect(desk.refresh()).rejects.toThrow(desk.dir);
  expect(everything(desk)).toEqual(first);
  await desk.restart();
  await desk.restore();
  expect(everything(desk)).toEqual(first);
});

test.each(['publication.yml', 'Publication.YAML', 'PUBLICATION.YML'])(
  'settings in %s are not read, and the editor is told what the file has to be called',
  async (name) => {
    const desk = new Desk();
    const settings = 'title: Told\nid: tag:news.example,2026:told\n';
    desk.write({ [name]: settings, 'a.md': '# One\n\nText of one.\n' });
    const message = `${name}: expected the settings in publication.yaml, found them under this name: they are not read`;
    await expect(desk.refresh()).rejects.toThrow(message);
    desk.move(name, 'publication.yaml');
    expect((await desk.refresh()).problems).toEqual([]);
    const { title } = JSON.parse(desk.text('/feed.json')) as { title: string };
    expect(title).toBe('Told');
    desk.write({ [name]: 'title: Another\n' });
    expect((await desk.refresh()).problems.map(formatProblem)).toEqual([
      `${name}: warning: expected all settings in publication.yaml, found this file beside it: it is not read`,
    ]);
    expect(JSON.parse(desk.text('/feed.json'))).toMatchObject({ title: 'Told' });
  },
);

test('settings that come under another name to what is published are a problem, and publishing goes on', async () => {
  const desk = await published({ 'a.md': '# One\n\nText of one.\n' });
  desk.write({ 'publication.yml': 'title: Told\n', 'b.md': '# Two\n\nText of two.\n' });
  const { problems } = await desk.refresh();
  expect(problems.map(formatProblem)).toEqual([
    expect.stringMatching(/^publication\.yml: expected the settings in publication\.yaml/),
  ]);
  expect(desk.titles()).toEqual(['Two', 'One']);
});

/** Ten ways to break a file, each with what the problem says. */
const broken: Readonly<Record<string, readonly [content: string | Uint8Array, message: RegExp]>> = {
  'a-empty.md': ['', /^a-empty\.md(:1)?: /],
  'b-unclosed.md': ['---\ntitle: Saved by halves\n\nText.', /^b-unclosed\.md:1: /],
  'c-yaml.md': ['---\ntitle: "Unclosed\ndate: 2026-01-01\n---\nText.', /^c-yaml\.md:\d: /],
  'd-date.md': ['---\ntitle: February\ndate: 2026-02-30\n---\nText.', /^d-date\.md:3: .*2026-02-30/],
  'e-toml.md': ['+++\ntitle = \n+++\nText.', /^e-toml\.md:2: /],
  'f-json.md': ['{\n"title": "x",,\n}\nText.', /^f-json\.md:2?/],
  'g-binary.md': [new Uint8Array([0, 1, 2, 3, 0, 255, 254]), /^g-binary\.md: /],
  'h-id.md': ['---\nid: urn:example:taken\n---\nText of one.', /^h-id\.md:\d+: .*urn:example:taken.*article-01\.md/],
  'headlines/i.yaml': ['- title: 5\n  link: [\n', /^headlines\/i\.yaml:\d: /],
  'headlines.json': ['["One", ', /^headlines\.json:1: /],
};

test('of a hundred files ten are broken: ninety are published, and ten problems name file and line', async () => {
  const desk = new Desk();
  for (let n = 1; n <= 90; n += 1) {
    const name = String(n).padStart(2, '0');
    const id = n === 1 ? 'id: urn:example:taken\n' : '';
    desk.write({ [`article-${name}.md`]: `---\ntitle: Article ${name}\n${id}---\nThe text of article ${name}.\n` });
  }
  desk.write({ 'publication.yaml': 'title: Ninety\nlimit: 200\n' });
  for (const [file, [content]] of Object.entries(broken)) desk.write({ [file]: content });
  const { problems } = await desk.refresh();
  expect(desk.titles().filter((title) => !title.startsWith('Article '))).toEqual([]);
  expect(desk.items()).toHaveLength(90);
  const messages = problems
    .filter(({ severity }) => severity === 'error')
    .map(formatProblem)
    .toSorted();
  expect(messages).toHaveLength(10);
  for (const [, pattern] of Object.values(broken))
    expect(
      messages.some((one) => pattern.test(one)),
      String(pattern),
    ).toBe(true);

  desk.write({ 'd-date.md': '---\ntitle: February\ndate: 2026-02-07\n---\nText.' });
  await desk.refresh();
  expect(desk.titles()).toContain('February');

  desk.write({ 'article-05.md': '---\ntitle: [broken\n---\nOther text.' });
  const after = await desk.refresh();
  expect(desk.titles()).toContain('Article 05');
  expect(after.problems.map(formatProblem).join('\n')).toMatch(/^article-05\.md:\d: /m);
  expect(desk.items()).toHaveLength(91);
});

test('an edition made of the store while another process writes holds nothing of before beside what is new', async () => {
  const desk = new Desk();
  desk.write({ 'one.md': '---\ntitle: One\n---\nText of one.\n', 'headlines.txt': 'Harbour opens its new pier\n' });
  await desk.refresh();
  let writes = 0;
  const store: Store = {
    ...desk.store,
    lead: async () => false,
    // Between its look at the entries and its look at their texts.
    texts: async (ids) => {
      if (writes < 2) {
        writes += 1;
        desk.write({ 'one.md': `---\ntitle: One\n---\nText of one, edited ${writes}.\n` });
        await desk.refresh();
      }
      return desk.store.texts(ids);
    },
  };
  const config = { DATA_DIR: desk.dir, PUBLIC_URL: 'https://news.example.com', REFRESH_CRON: '*/5 * * * *' };
  const { change } = (await new Pipeline(config, store, { clock: () => desk.now + 5000 }).restore())!;
  expect(writes).toBe(2);
  const tags = change.put.filter(({ path }) => path.endsWith('feed.json')).map(({ path, etag }) => [path, etag]);
  expect(tags.length).toBeGreaterThan(2);
  for (const [path, etag] of tags) expect([path, etag]).toEqual([path, desk.documents.get(path!)!.etag]);
});

test.each([3, 600])(
  'a refresh of %d files that is given up before it writes changes nothing, and the next one does it',
  async (count) => {
    const desk = new Desk();
    const name = (n: number): string => `part/article-${n}.md`;
    desk.write(
      Object.fromEntries(Array.from({ length: count }, (_, n) => [name(n), `---\ntitle: Article ${n}\n---\nText.\n`])),
    );
    const config = { DATA_DIR: desk.dir, PUBLIC_URL: 'https://news.example.com', REFRESH_CRON: '*/5 * * * *' };
    for (const last of [1, count]) {
      const giving = new AbortController();
      const onProgress = (done: number): void => {
        if (done === last) giving.abort(new Error('over'));
      };
      const pipeline = new Pipeline(config, desk.store, { signal: giving.signal, onProgress, clock: () => desk.now });
      await expect(pipeline.refresh()).rejects.toThrow('over');
      expect([...(await desk.store.load()).entries]).toEqual([]);
    }
    await desk.refresh();
    expect([...(await desk.store.load()).entries]).toHaveLength(count);
  },
);
