import { afterAll, expect, test } from 'vitest';
import { applyChange, type Edition } from '../../src/edition/edition.ts';
import { Desk } from '../harness.ts';

const desk = new Desk();
let edition: Edition | undefined;
afterAll(() => desk.restart());

async function refresh(): Promise<Edition> {
  edition = applyChange(edition, (await desk.refresh()).change);
  return edition;
}

test('a feed moves when its new name has one, with as much of its history as that has', async () => {
  const settings = 'title: Moves\nid: tag:example.com,2026:moves\n';
  desk.write({ 'publication.yaml': settings });
  for (let n = 0; n < 101; n += 1) desk.write({ [`a${n}.md`]: `---\ntitle: A${n}\ntags: Boats\n---\nText.\n` });
  await refresh();

  desk.write({ 'publication.yaml': `${settings}feeds: { tags/ships: { was: [tags/boats] } }\n` });
  const before = await refresh();
  expect(before.moved.has('/tags/boats/rss.xml')).toBe(false);
  expect(before.onDemand.has('/tags/boats/rss.xml')).toBe(true);
  expect((await desk.answer('/tags')).text).toContain('Boats');

  desk.write({ 'a0.md': '---\ntitle: A0\ntags: Ships\n---\nText.\n' });
  const after = await refresh();
  expect(after.moved.get('/tags/boats/rss.xml')).toBe('/tags/ships/rss.xml');
  expect(after.onDemand.has('/tags/boats/rss.xml')).toBe(false);
  expect(after.moved.get('/tags/boats/archive/1.rss.xml')).toBe('/tags/ships/archive/1.rss.xml');
  expect(after.moved.has('/tags/boats/archive/2.rss.xml')).toBe(false);
  expect((await desk.answer('/tags/boats/archive/2.rss.xml')).status).toBe('200');
  expect((await desk.answer('/tags')).text).not.toContain('Boats');
});

test('tags and authors stand in the settings by name as well as by slug', async () => {
  const other = new Desk();
  const settings = 'title: Named\nid: tag:example.com,2026:named\n';
  const article = (tag: string): string => `---\ntitle: A\ntags: [${tag}, C++]\nauthor: Ines Marques\n---\nText.\n`;
  other.write({ 'publication.yaml': settings, 'a.md': article('At the Desk') });
  await other.refresh();
  other.write({
    'publication.yaml': `${settings}feeds:
  tags/Behind the desk: { title: All from the desk, was: [tags/At the Desk] }
  authors/Ines Marques: { title: By Ines }
gone: [tags/C++]
`,
    'a.md': article('Behind the desk'),
  });
  const { moved, gone } = (await other.refresh()).change;
  expect((await other.answer('/tags/behind-the-desk')).text).toContain('All from the desk');
  expect((await other.answer('/authors/ines-marques')).text).toContain('By Ines');
  expect(moved).toContainEqual(['/tags/at-the-desk/rss.xml', '/tags/behind-the-desk/rss.xml']);
  expect(gone).toContain('/tags/c-plus-plus/rss.xml');
  await other.restart();
});

test('a feed that only another site, or a store that was lost, has had moves and ends all the same', async () => {
  const other = new Desk();
  other.write({
    'publication.yaml': `title: New here
feeds:
  tags/ships: { was: [tags/boats] }
  tags/none: { was: [tags/nothing] }
gone: [tags/olympics, { feed: tags/expo, ended: 2026-02-08 }, { feed: tags/later, ended: 2026-02-09 }]
`,
    'a.md': '---\ntitle: A\ntags: Ships\n---\nText.\n',
  });
  const { moved, gone } = (await other.refresh()).change;
  expect(moved).toContainEqual(['/tags/boats/rss.xml', '/tags/ships/rss.xml']);
  expect(moved.flat()).not.toContain('/tags/nothing/rss.xml');
  const isGone = ['olympics', 'expo', 'later'].map((tag) => gone.includes(`/tags/${tag}/rss.xml`));
  expect(isGone).toEqual([true, true, false]);
  await other.restart();
});

test('a feed of several former names leads to its last one at once, and names that lead in a circle nowhere', async () => {
  const other = new Desk();
  const article = '---\ntitle: A\ntags: [Ships, Sun, Moon]\n---\nText.\n';
  other.write({
    'publication.yaml': `title: Renamed
feeds:
  tags/vessels: { was: [tags/boats] }
  tags/ships: { was: [tags/vessels] }
  tags/sun: { was: [tags/moon] }
  tags/moon: { was: [tags/sun] }
`,
    'a.md': article,
  });
  const { moved } = (await other.refresh()).change;
  expect(moved.filter(([from]) => from.startsWith('/tags/') && from.endsWith('/rss.xml'))).toEqual([
    ['/tags/boats/rss.xml', '/tags/ships/rss.xml'],
    ['/tags/vessels/rss.xml', '/tags/ships/rss.xml'],
  ]);
  expect((await other.answer('/tags/sun')).status).toBe('200');
  await other.restart();
});
