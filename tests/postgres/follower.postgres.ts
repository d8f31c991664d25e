import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { applyChange, type Edition } from '../../src/edition/edition.ts';
import { followOthers, type OthersNews } from '../../src/follow-others.ts';
import { Pipeline } from '../../src/refresh.ts';
import { noChanges } from '../../src/store/changes.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import type { Store } from '../../src/store/store.ts';
import { Desk, type Item, newFolder, type ServerProcess, startServer, write } from '../harness.ts';
import { type Cluster, startCluster } from './cluster.ts';

let cluster: Cluster;
beforeAll(() => {
  cluster = startCluster();
});
afterAll(() => cluster.remove());

const day = 24 * 3600;
const article = (title: string, more = '', text = `Text of ${title}.`): string =>
  `---\ntitle: ${title}\n${more}---\n${text}\n`;

/** What a leader's editor does, and how many seconds pass meanwhile. */
type Step = readonly [what: string, edit: (desk: Desk) => void, seconds?: number];

const settings = (more = ''): Readonly<Record<string, string>> => ({
  'publication.yaml': `title: Paper\nlimit: 3\n${more}`,
});
const at = (desk: Desk, seconds: number): string => new Date(desk.now + seconds * 1000).toISOString();

const steps: readonly Step[] = [
  [
    'an article is edited',
    (desk) => desk.write({ 'p2.md': article('P2', 'tags: [Sea, Wind]\n', 'Quite another text.') }),
  ],
  ['one is new', (desk) => desk.write({ 'new.md': article('New') })],
  ['its picture goes', (desk) => desk.remove('sea/boat.png')],
  ['its picture comes back', (desk) => desk.write({ 'sea/boat.png': 'no picture, and longer' })],
  ['one is to come', (desk) => desk.write({ 'later.md': article('Later', `date: ${at(desk, 400)}\ntags: Soon\n`) })],
  ['one is to go', (desk) => desk.write({ 'short.md': article('Short', `expires: ${at(desk, 400)}\ntags: Brief\n`) })],
  ['nothing happens', () => undefined],
  ['both dates pass', () => undefined, 500],
  ['the title is another', (desk) => desk.write(settings('description: New\n'))],
  ['fewer are shown', (desk) => desk.write({ 'publication.yaml': 'title: Paper\nlimit: 2\n' })],
  ['there is an icon', (desk) => desk.write({ ...settings('icon: icon.png\n'), 'icon.png': 'icon' })],
  ['a feed is renamed in vain', (desk) => desk.write(settings('feeds: { tags/lochs: { was: tags/boats } }\n'))],
  ['a feed has its new name', (desk) => desk.write({ 'sea/one.md': article('One', 'tags: [Sea, Lochs]\n') })],
  ['one is withdrawn', (desk) => desk.remove('p3.md')],
  ['one is moved', (desk) => desk.move('p4.md', 'deep/p4.md')],
  ['headlines change', (desk) => desk.write({ 'headlines.txt': 'Harbour opens its newest pier\nBrass band plays\n' })],
  [
    'feeds are to end',
    (desk) =>
      desk.write(
        settings(`gone: [{ feed: tags/sea, ended: ${at(desk, 200)} }, { feed: headlines, ended: ${at(desk, 200)} }]\n`),
      ),
  ],
  ['they have ended', () => undefined, 300],
  ['one is edited after that', (desk) => desk.write({ 'new.md': article('New', '', 'Edited.') })],
  ['they are gone', () => undefined, 40 * day],
  ['one is edited at last', (desk) => desk.write({ 'new.md': article('New', '', 'Edited again.') })],
];

test('a replica that follows has the edition that one has that starts, and reads the whole store once', async () => {
  const desk = new Desk({ storeUrl: cluster.newDatabase() });
  const stores: Store[] = [];
  let loads = 0;
  const openPipeline = (onLoad = (): void => undefined): Pipeline => {
    const store = openPostgres(desk.storeUrl);
    stores.push(store);
    const load: Store['load'] = () => {
      onLoad();
      return store.load();
    };
    const config = { DATA_DIR: desk.dir, PUBLIC_URL: desk.publicUrl, REFRESH_CRON: '*/5 * * * *' };
    return new Pipeline(config, { ...store, load, lead: async () => false }, { clock: () => desk.now });
  };
  desk.write({
    ...settings(),
    'sea/one.md': article('One', 'tags: [Sea, Boats]\nauthor: Ada\n', 'Text with ![a boat](boat.png).'),
    'sea/boat.png': 'no picture',
    'headlines.txt': 'Harbour opens its new pier\nFerry to the island runs again\n',
  });
  for (let n = 1; n <= 8; n += 1) {
    desk.write({ [`p${n}.md`]: article(`P${n}`, `date: 2026-02-0${1 + (n % 7)}\ntags: Sea\n`) });
  }
  await desk.refresh();
  const follower = openPipeline(() => {
    loads += 1;
  });
  let followed: Edition | undefined;
  for (const [what, edit, seconds = 30] of [['nothing yet', () => undefined] satisfies Step, ...steps]) {
    edit(desk);
    await desk.refresh(seconds, { allowsAll: true });
    followed = applyChange(followed, (await follower.restore())!.change);
    const started = applyChange(undefined, (await openPipeline().restore())!.change);
    expect(contentsOf(followed), what).toEqual(contentsOf(started));
  }
  expect(loads).toBe(1);
  await Promise.all([desk.restart(), ...stores.map((store) => store.close())]);
});

test('who has seen what an older dump knows nothing of shows what was written after that, at once', async () => {
  const desk = new Desk({ storeUrl: cluster.newDatabase() });
  const write = (...names: readonly string[]): void => {
    for (const name of names) desk.write({ [`${name}.md`]: article(name, 'tags: Sea\n') });
  };
  desk.write(settings());
  write('One');
  await desk.refresh();
  await desk.restart();
  const putBack = cluster.dump(desk.storeUrl);
  write('Lost');
  await desk.refresh();
  await desk.restart();
  const folder = newFolder();
  const env = { STORE_URL: desk.storeUrl, PUBLIC_URL: desk.publicUrl };
  const replica = await startServer({ ...env, DATA_DIR: desk.dir }, folder);
  expect(await titlesOf(replica)).toEqual(['Lost', 'One']);
  await replica.stop();
  const store = openPostgres(desk.storeUrl);
  const config = { DATA_DIR: desk.dir, PUBLIC_URL: desk.publicUrl, REFRESH_CRON: '*/5 * * * *' };
  const follower = new Pipeline(config, { ...store, lead: async () => false });
  const { generation, change } = (await follower.restore())!;
  const before = applyChange(undefined, change);
  putBack();
  desk.remove('Lost.md');
  write('Found');
  while ((await desk.refresh(60, { allowsAll: true })).generation < generation) write(`Found ${desk.now}`);
  expect(await store.generation()).toBe(generation);
  const followed = applyChange(before, (await follower.restore())!.change);
  expect(new TextDecoder().decode(followed.resources.get('/rss.xml')!.identity)).toBe(desk.text('/rss.xml'));
  const titles = desk.titles();
  expect(titles).not.toContain('Lost');
  await desk.restart();
  // Its own edition's file is of the same number, and without a data folder it has nothing but the store to go by.
  const again = await startServer({ ...env, DATA_DIR: join(folder, 'none') }, folder);
  expect(await titlesOf(again)).toEqual(titles);
  await Promise.all([again.stop(), store.close()]);
});

async function titlesOf({ origin }: ServerProcess): Promise<readonly string[]> {
  const { items } = (await (await fetch(`${origin}/feed.json`)).json()) as { items: readonly Item[] };
  return items.map(({ title }) => title);
}

test('who leads and cannot read the data folder leaves the lead to another', async () => {
  const dir = newFolder();
  write(dir, { ...settings(), 'one.md': article('One') });
  const env = { STORE_URL: cluster.newDatabase(), PUBLIC_URL: 'https://news.example.com' };
  const first = await startServer({ ...env, DATA_DIR: dir }, newFolder());
  await first.stop();
  const lost = await startServer({ ...env, DATA_DIR: newFolder() }, newFolder());
  await expect.poll(() => lost.log.join()).toContain('expected files in the data folder');
  write(dir, { 'two.md': article('Two') });
  const other = await startServer({ ...env, DATA_DIR: dir }, newFolder());
  await expect.poll(() => titlesOf(other), { timeout: 60_000 }).toEqual(['Two', 'One']);
  await expect.poll(() => titlesOf(lost), { timeout: 20_000 }).toEqual(['Two', 'One']);
  await Promise.all([lost.stop(), other.stop()]);
});

test('who hears nothing of what is written sees that there is something, once', async () => {
  const url = cluster.newDatabase();
  const [leader, store] = [openPostgres(url), openPostgres(url)];
  await leader.lead();
  const { generation } = await leader.load();
  const news: OthersNews[] = [];
  const deaf = { ...store, onWrite: async () => undefined };
  const timer = followOthers(
    deaf,
    () => generation,
    (one) => news.push(one),
  );
  await expect.poll(() => news).toEqual([{ leads: false }]);
  await leader.save({ ...noChanges(), settings: new Map([['a', 'b']]) }, generation);
  await expect.poll(() => news, { timeout: 20_000 }).toEqual([{ leads: false }, { wake: true }]);
  clearInterval(timer);
  await Promise.all([leader.close(), store.close()]);
});

test('who can be told of writes only when it can work is told when it can', async () => {
  const url = new URL(cluster.newDatabase());
  const owner = openPostgres(url.href);
  const { generation } = await owner.load();
  const sql = postgres(url.href);
  await sql`create role lodger login connection limit 0`;
  await sql`grant select, insert, update, delete on all tables in schema public to lodger`;
  url.username = 'lodger';
  const store = openPostgres(url.href);
  const news: OthersNews[] = [];
  const timer = followOthers(
    store,
    () => generation,
    (one) => news.push(one),
  );
  await expect.poll(() => news).toEqual([{ leads: false }]);
  await sql`alter role lodger connection limit 1`;
  await expect.poll(() => news, { timeout: 20_000 }).toContainEqual({ leads: true });
  news.length = 0;
  await sql`alter role lodger connection limit 2`;
  await expect.poll(() => news, { timeout: 20_000 }).toContainEqual({ wake: true });
  clearInterval(timer);
  await Promise.all([store.close(), owner.close(), sql.end()]);
});

/** All that readers see of an edition, but for encodings and deltas. */
function contentsOf(edition: Edition): unknown {
  const sorted = (all: Iterable<readonly [string, unknown]>): unknown => [...all].sort(([a], [b]) => (a < b ? -1 : 1));
  const resources = Array.from(edition.resources, ([path, { identity, etag, version, link, status, headers }]) => {
    const text = new TextDecoder().decode(identity);
    return [path, { text, etag, version, link, status, headers }] as const;
  });
  return {
    resources: sorted(resources),
    onDemand: sorted(edition.onDemand),
    media: sorted(edition.media),
    gone: [...edition.gone].sort(),
    moved: sorted(edition.moved),
    facts: edition.facts,
  };
}
