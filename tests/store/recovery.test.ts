import { randomBytes } from 'node:crypto';
import {
  closeSync,
  copyFileSync,
  cpSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test, vi } from 'vitest';
import { inspectStore } from '../../src/backup/inspect.ts';
import { isCorruption, mayBeCorruption } from '../../src/store/corruption.ts';
import { migrations } from '../../src/store/migrations.ts';
import { sqliteFile } from '../../src/store/open.ts';
import { recoverSqlite } from '../../src/store/recover.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { holdStore } from '../../src/store/store-lock.ts';
import { Desk, type Item, newFolder, published, startServer } from '../harness.ts';
import { until } from '../http/site.ts';
import { type Random, toRandom } from '../year/random.ts';
import { writeOldStore } from './old-store.ts';

/** How many stores are damaged at random. */
const cases = Number(process.env.DAMAGES ?? 24);

vi.setConfig({ testTimeout: 120_000 + cases * 2000 });

const feeds = ['/feed.json', '/articles/feed.json', '/headlines/feed.json'];

/** A publication of some months: articles without dates came day by day, some were edited, renamed and withdrawn. */
async function grow(): Promise<Desk> {
  const desk = new Desk();
  const settings = 'title: Damaged\nlanguage: en\nid: tag:example.com,2026:damaged\nlimit: 500\n';
  desk.write({ 'publication.yaml': settings, 'headlines.txt': '' });
  const lines: string[] = [];
  for (let day = 0; day < 40; day += 1) {
    const words = `Day ${day} brought ${['rain', 'wind', 'snow', 'sun'][day % 4]} to the harbour`;
    desk.write({
      [`news/day-${day}.md`]: `---\ntitle: ${words}\ntags: [${day % 3 === 0 ? 'Sea' : 'Land'}]\n---\n${`What day ${day} brought was much. `.repeat(60 + 7 * day)}\n`,
    });
    lines.unshift(`Ship number ${day} has come in from the ${['north', 'south'][day % 2]}`);
    desk.write({ 'headlines.txt': `${lines.join('\n')}\n` });
    await desk.refresh(day % 10 === 9 ? 30 * 86_400 : 86_400);
  }
  desk.move('news/day-3.md', 'news/renamed.md');
  desk.remove('news/day-4.md');
  await desk.refresh();
  await desk.refresh();
  await desk.restart();
  return desk;
}

const grown = grow();

/** A copy of the publication whose store can be damaged. */
async function copy(): Promise<Desk> {
  const original = await grown;
  const file = join(newFolder(), 'store.db');
  const dir = newFolder();
  copyFileSync(sqliteFile(original.storeUrl), file);
  cpSync(original.dir, dir, { recursive: true, preserveTimestamps: true });
  const desk = new Desk({ DATA_DIR: dir, storeUrl: `sqlite:${file}` });
  desk.now = original.now;
  return desk;
}

async function itemsBefore(): Promise<readonly Item[]> {
  const desk = await copy();
  await desk.restore();
  const items = desk.items();
  await desk.restart();
  return items;
}

/** As a server does of which every page is read: on damage recovers, and refreshes. Gives what was said; undefined when nothing was noticed. */
async function refresh(desk: Desk): Promise<string | undefined> {
  const file = sqliteFile(desk.storeUrl);
  try {
    await desk.restore();
    await desk.refresh();
    await desk.store.check();
    return undefined;
  } catch (failure) {
    const damage = mayBeCorruption(failure) ? await desk.store.check().catch((found: Error) => found) : undefined;
    const error = damage ?? failure;
    if (!isCorruption(error)) throw error;
    await desk.restart();
    const said = recoverSqlite(file, (error as Error).message, desk.now);
    await desk.refresh();
    return said;
  }
}

function noise(file: string, at: number, length: number, random: Random): void {
  const bytes = readFileSync(file);
  for (let n = at; n < Math.min(at + length, bytes.length); n += 1) bytes[n] = random.whole(0, 255);
  writeFileSync(file, bytes);
}

/** How many of the items are the same in id, link and date. */
function kept(before: readonly Item[], after: readonly Item[]): number {
  const known = new Map(after.map(({ id, url, date_published }) => [id, `${url} ${date_published}`]));
  return before.filter(({ id, url, date_published }) => known.get(id) === `${url} ${date_published}`).length;
}

function expectSound(desk: Desk): void {
  for (const feed of feeds) {
    const items = desk.items(feed);
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
    expect(new Set(items.map(({ title }) => title)).size).toBe(items.length);
    expect(items.length).toBeGreaterThan(0);
  }
  expect(inspectStore(sqliteFile(desk.storeUrl)).publicationId).toBe('tag:example.com,2026:damaged');
}

test('a store whose first page is noise keeps every entry with its id, link and date', async () => {
  const before = await itemsBefore();
  const desk = await copy();
  noise(sqliteFile(desk.storeUrl), 0, 4096, toRandom(1));
  const said = await refresh(desk);
  expect(said).toMatch(/was damaged .*set aside as .*store\.db\.corrupt-.*taken over: .*80 entries/);
  expectSound(desk);
  expect(kept(before, desk.items())).toBe(before.length);
  const folder = dirname(sqliteFile(desk.storeUrl));
  expect(readdirSync(folder).filter((name) => /salvage|scratch|new|next/.test(name))).toEqual([]);
});

test('whatever is overwritten or cut off, the feeds come back without a double, and what could be read keeps its id and date', async () => {
  const before = await itemsBefore();
  const size = statSync(sqliteFile((await grown).storeUrl)).size;
  const overwritten = { count: 0, ids: 0, kept: 0, least: 1 };
  const cut = { count: 0, ids: 0, kept: 0, least: 1 };
  for (let seed = 1; seed <= cases; seed += 1) {
    const random = toRandom(seed);
    const desk = await copy();
    const file = sqliteFile(desk.storeUrl);
    const sums = seed % 4 === 0 ? cut : overwritten;
    if (sums === cut) truncateSync(file, random.whole(0, size - 1));
    else noise(file, random.whole(0, size - 1), random.pick([1, 16, 512, 4096, 20_000]), random);
    const said = await refresh(desk);
    try {
      expectSound(desk);
    } catch (error) {
      throw new Error(`seed ${seed}: ${said}`, { cause: error });
    }
    const share = kept(before, desk.items()) / before.length;
    const ids = new Set(desk.items().map(({ id }) => id));
    sums.count += 1;
    sums.kept += share;
    sums.ids += before.filter(({ id }) => ids.has(id)).length / before.length;
    sums.least = Math.min(sums.least, share);
    await desk.restart();
  }
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
  const describe = ({ count, ids, kept: all, least }: typeof cut): string =>
    `${percent(ids / count)} of ids, ${percent(all / count)} with link and date, at worst ${percent(least)}`;
  process.stdout.write(`${overwritten.count} stores overwritten with noise kept ${describe(overwritten)}\n`);
  process.stdout.write(`${cut.count} stores cut off kept ${describe(cut)}\n`);
  expect(Math.min(overwritten.ids / overwritten.count, cut.ids / cut.count)).toBeGreaterThan(0.98);
  expect(overwritten.kept / overwritten.count).toBeGreaterThan(0.95);
  expect(overwritten.least).toBeGreaterThan(0.5);
});

test('a store that lost the pages of its places shows the same entries in the same order, and no old one as news', async () => {
  const before = await itemsBefore();
  const desk = await copy();
  const file = sqliteFile(desk.storeUrl);
  desk.write({ 'publication.yaml': 'title: Damaged\nlanguage: en\nid: tag:example.com,2026:damaged\nlimit: 10\n' });
  await desk.refresh();
  const shown = desk.titles();
  const archive = await desk.store.places('all', { from: 1, to: 100 });
  await desk.restart();
  for (const { pageno } of pagesOf(file, 'places')) noise(file, (pageno - 1) * 4096, 4096, toRandom(pageno));
  const said = await refresh(desk);
  expect(said).toMatch(/0 places \(not all\)/);
  expect(desk.titles()).toEqual(shown);
  const mended = await desk.store.places('all', { from: 1, to: 100 });
  const facts = (places: typeof mended): unknown => places.map(({ place, entry, active }) => [place, entry, active]);
  expect(facts(mended)).toEqual(facts(archive));
  desk.write({ 'news/late.md': '---\ntitle: After the damage\n---\nA text.\n' });
  await desk.refresh();
  expect(desk.titles()).toEqual(['After the damage', ...shown.slice(0, 9)]);
  expect(before.length).toBeGreaterThan(shown.length);
});

test('texts that are lost come back from their files, and no article counts as edited by that', async () => {
  const before = await itemsBefore();
  const desk = await copy();
  const file = sqliteFile(desk.storeUrl);
  for (const { pageno } of pagesOf(file, 'texts')) noise(file, (pageno - 1) * 4096, 4096, toRandom(pageno));
  const said = await refresh(desk);
  expect(said).toMatch(/0 texts \(40 lost\)/);
  expect(desk.items()).toEqual(before);
});

test('of a damaged store of any earlier version the texts are read page by page too', async () => {
  for (let version = 1; version < migrations.length; version += 1) {
    const old = join(newFolder(), 'store.db');
    writeOldStore(old, version, sqliteFile((await grown).storeUrl));
    const [root] = pagesOf(old, 'texts');
    noise(old, (root!.pageno - 1) * 4096, 4096, toRandom(version));
    expect(recoverSqlite(old, 'a test', (await grown).now)).toMatch(/ 40 texts \(not all\)/);
  }
});

test('a locked, unreadable, newer or full store is not damaged', async () => {
  const desk = await copy();
  const file = sqliteFile(desk.storeUrl);
  const holder = new DatabaseSync(file);
  holder.exec('begin immediate');
  const other = new DatabaseSync(file, { timeout: 0 });
  expect(isCorruption(thrown(() => other.exec('begin immediate')))).toBe(false);
  other.exec('pragma max_page_count = 1');
  holder.exec('rollback');
  expect(
    isCorruption(thrown(() => other.exec('create table more (x); insert into more values (zeroblob(9000000))'))),
  ).toBe(false);
  other.close();
  holder.exec('pragma user_version = 999');
  holder.close();
  expect(isCorruption(thrown(() => openSqlite(file)))).toBe(false);
  expect(isCorruption(thrown(() => openSqlite(dirname(file))))).toBe(false);
  expect(isCorruption(thrown(() => openSqlite(join(file, 'below.db'))))).toBe(false);
});

test('a damaged store that another process has open is left where it is', async () => {
  const desk = await copy();
  const file = sqliteFile(desk.storeUrl);
  const release = holdStore(file, 'shared');
  expect(() => recoverSqlite(file, 'a test', desk.now)).toThrow('is in use: expected no other process');
  release();
  expect(readdirSync(dirname(file)).toSorted()).toEqual(['store.db', 'store.db.lock']);
});

test('a store of any earlier version is migrated, and publishes what it did', async () => {
  const before = await itemsBefore();
  for (let version = 1; version < migrations.length; version += 1) {
    const old = join(newFolder(), 'store.db');
    writeOldStore(old, version, sqliteFile((await grown).storeUrl));
    const desk = new Desk({ DATA_DIR: (await grown).dir, storeUrl: `sqlite:${old}` });
    desk.now = (await grown).now;
    await desk.restore();
    expect(desk.items()).toEqual(before);
    await desk.refresh();
    expect(desk.items()).toEqual(before);
    await desk.restart();
  }
});

test('a running server recovers when a page cannot be read, and serves every feed throughout', async () => {
  const desk = await copy();
  const file = sqliteFile(desk.storeUrl);
  const env = { DATA_DIR: desk.dir, STORE_URL: desk.storeUrl, PUBLIC_URL: 'https://news.example.com' };
  const server = await startServer(env);
  const paths = ['/rss.xml', '/feed.json', '/tags/sea/atom.xml', '/tags/land/feed.json', '/archive/1.atom.xml'];
  const before = await (await fetch(`${server.origin}/feed.json`)).text();
  const pages = pagesOf(file, 'texts');
  const open = openSync(file, 'r+');
  for (const { pageno } of pages) writeSync(open, randomBytes(4096), 0, 4096, (pageno - 1) * 4096);
  closeSync(open);
  const statuses = new Set<number>();
  await until(async () => {
    for (const path of paths) statuses.add((await fetch(server.origin + path)).status);
    return server.log.some((line) => line.includes('set aside as'));
  });
  for (const path of paths.slice(0, 4)) expect((await fetch(server.origin + path)).status).toBe(200);
  const after = await (await fetch(`${server.origin}/feed.json`)).text();
  expect(after).toBe(before);
  await server.stop();
});

test('a running server recovers when the newsroom asks for what cannot be read', async () => {
  const desk = await copy();
  const file = sqliteFile(desk.storeUrl);
  const ADMIN_TOKEN = 'a-token-of-the-tests';
  const server = await startServer({ DATA_DIR: desk.dir, STORE_URL: desk.storeUrl, ADMIN_TOKEN });
  const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
  const ask = async (): Promise<number> => (await fetch(`${server.origin}/-/preview`, { headers })).status;
  const open = openSync(file, 'r+');
  for (const { pageno } of pagesOf(file, 'files')) writeSync(open, randomBytes(4096), 0, 4096, (pageno - 1) * 4096);
  closeSync(open);
  expect(await ask()).toBe(503);
  await until(async () => server.log.some((line) => line.includes('set aside as')) && (await ask()) === 200);
  await server.stop();
});

test('what lies in the journal of a killed server is taken over too', async () => {
  const desk = await copy();
  const file = sqliteFile(desk.storeUrl);
  desk.write({ 'news/last.md': '---\ntitle: Written last\n---\nA text.\n' });
  const env = { DATA_DIR: desk.dir, STORE_URL: desk.storeUrl, PUBLIC_URL: 'https://news.example.com' };
  const server = await startServer(env);
  const last = async (origin: string): Promise<Item | undefined> => {
    const { items } = (await (await fetch(`${origin}/feed.json`)).json()) as { items: readonly Item[] };
    return items.find(({ title }) => title === 'Written last');
  };
  const before = await last(server.origin);
  server.process.kill('SIGKILL');
  await server.stop();
  noise(file, 0, statSync(file).size, toRandom(2));
  const again = await startServer(env);
  expect(again.log.join('\n')).toContain('set aside as');
  expect(before?.date_published).toMatch(/^20/);
  expect(await last(again.origin)).toEqual(before);
  await again.stop();
});

test.each([
  ['cut to nothing', (file: string): void => truncateSync(file, 0)],
  ['deleted', (file: string): void => rmSync(file)],
  ['another file', (file: string): void => writeFileSync(file, 'A text that somebody saved in the wrong place.\n')],
])('a store that was %s leaves the last edition served until the data folder is back', async (_, harm) => {
  const desk = await copy();
  const env = { DATA_DIR: desk.dir, STORE_URL: desk.storeUrl, PUBLIC_URL: 'https://news.example.com' };
  const first = await startServer(env);
  const before = await (await fetch(`${first.origin}/rss.xml`)).text();
  await first.stop();
  harm(sqliteFile(desk.storeUrl));
  const away = join(newFolder(), 'away');
  renameSync(desk.dir, away);
  for (let start = 0; start < 2; start += 1) {
    const server = await startServer(env);
    expect(await (await fetch(`${server.origin}/rss.xml`)).text()).toBe(before);
    expect(server.log.join('\n')).toContain("serving the last edition's file");
    await server.stop();
  }
  renameSync(away, desk.dir);
  const last = await startServer(env);
  const ids = (text: string): readonly string[] => [...text.matchAll(/<guid[^>]*>([^<]+)/g)].map(([, id]) => id!);
  const after = ids(await (await fetch(`${last.origin}/rss.xml`)).text());
  expect(ids(before).filter((id) => !after.includes(id)).length).toBeLessThanOrEqual(1);
  expect(new Set(after).size).toBe(after.length);
  await last.stop();
});

test('what a lost store costs: ids of what was renamed or reworded, dates that no file gives, former addresses', async () => {
  const desk = await published({
    'publication.yaml': 'title: Lost\nlanguage: en\nid: tag:example.com,2026:lost\n',
    'same.md': '---\ntitle: Never touched\n---\nA text.\n',
    'dated.md': '---\ntitle: Dated\ndate: 2026-01-05\n---\nA text.\n',
    'kept.md': '---\ntitle: With an id\nid: of-its-own\n---\nA text.\n',
    'old.md': '---\ntitle: To be renamed\n---\nA text of some length that is found again.\n',
    'gone.md': '---\ntitle: To be withdrawn\n---\nA text.\n',
    'headlines.txt': 'Ferry to the islands will run twice a day\nHarbour opens its new pier to the public\n',
  });
  desk.move('old.md', 'new.md');
  desk.move('kept.md', 'moved.md');
  desk.remove('gone.md');
  desk.write({
    'headlines.txt': 'Ferry to the islands will run twice a day\nHarbour opens its new long pier to the public\n',
  });
  await desk.refresh();
  await desk.refresh();
  const before = new Map(desk.items().map((item) => [item.title, item]));
  expect((await desk.answer('/articles/gone')).status).toBe('410');
  await desk.restart();
  const again = new Desk({ DATA_DIR: desk.dir });
  again.now = desk.now + 86_400_000;
  await again.refresh();
  const stays = (fact: 'id' | 'date_published'): readonly string[] =>
    again
      .items()
      .filter((item) => before.get(item.title)![fact] === item[fact])
      .map(({ title }) => title)
      .toSorted();
  expect(stays('id')).toEqual(['Dated', 'Ferry to the islands will run twice a day', 'Never touched', 'With an id']);
  expect(stays('date_published')).toEqual(['Dated']);
  expect((await again.answer('/articles/gone')).status).toBe('404');
  await again.restart();
});

/** The pages of a table, but for the texts' that are too long for one. */
function pagesOf(file: string, table: string): readonly { readonly pageno: number }[] {
  const sqlite = new DatabaseSync(file, { readOnly: true });
  const pages = sqlite.prepare('select pageno from dbstat where name = ?').all(table);
  sqlite.close();
  return pages as unknown as readonly { readonly pageno: number }[];
}

function thrown(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('expected an error, found none');
}
