import { expect, test } from 'vitest';
import { storedPaths } from '../../src/edition/stored-pages.ts';
import { storedSite } from '../../src/feeds/site.ts';
import { Desk } from '../harness.ts';

/** Everything that the desk publishes: the edition, and all that is made when it is asked for. */
async function everything(desk: Desk): Promise<ReadonlyMap<string, string>> {
  const site = storedSite(await desk.store.settings(), { publicUrl: 'https://news.example.com', ttl: 5 })!;
  const all = new Map([...desk.documents].map(([path, { text }]) => [path, text]));
  const { feeds } = await desk.store.load();
  const parts = { store: desk.store, site, terms: { term: () => undefined } };
  const paths = await storedPaths(
    parts,
    feeds.map(({ name }) => name),
  );
  for (const path of paths) all.set(path, (await desk.answer(path)).text);
  return all;
}

const mentions = (all: ReadonlyMap<string, string>, words: RegExp): readonly string[] =>
  [...all].filter(([, text]) => words.test(text)).map(([path]) => path);

const article = (title: string, front = ''): string => `---\ntitle: ${title}\n${front}---\nText of ${title}.\n`;

test('drafts, embargoes and what is withdrawn are on no page, in no sitemap, list or count', async () => {
  const desk = new Desk();
  desk.write({
    'one.md': article('Harbour', 'tags: [Sea]\nauthor: Ana\n'),
    'two.md': article('Lighthouse', 'tags: [Sea]\n'),
    'draft.md': article('Quagmire', 'draft: true\ntags: [Hushed]\n'),
    'later.md': article('Zeppelin', 'date: 2031-01-01\ntags: [Unborn]\nauthor: Nobody Yet\n'),
    'gone.md': article('Xylophone', 'tags: [Vanished, Sea]\nauthor: Late Author\n'),
    'headlines.txt': 'Ferry sails on Sundays too\n',
  });
  await desk.refresh();
  const before = await everything(desk);
  expect(mentions(before, /Xylophone/).length).toBeGreaterThan(10);
  expect(before.get('/tags')).toMatch(/Sea<\/a> <span class="count">3</);
  expect(before.get('/archive')).toContain('<span class="count">4</span>');
  desk.write({ 'gone.md': article('Xylophone', 'draft: true\n') });
  await desk.refresh();
  const after = await everything(desk);
  expect(mentions(after, /Quagmire|Hushed|Zeppelin|Unborn|Nobody Yet|Xylophone/)).toEqual([]);
  // A feed that had entries stays, and is rightly empty; nothing leads to it.
  const ofItsOwn = /^(?:\/embed)?\/(?:tags\/vanished|authors\/late-author)(?:\/|$)/;
  expect(mentions(after, /Vanished|Late Author/).filter((path) => !ofItsOwn.test(path))).toEqual([]);
  expect(after.get('/tags')).toMatch(/Sea<\/a> <span class="count">2</);
  expect(after.get('/archive')).toContain('<span class="count">3</span>');
  expect((await desk.answer('/articles/gone')).status).toBe('410');
  expect((await desk.answer('/articles/later')).status).toBe('404');
});
