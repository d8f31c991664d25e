import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { type DayStats, type FeedStats, pollsOf, type ReaderStats, readStats } from '../../src/stats/read-stats.ts';
import { openStore } from '../../src/store/open.ts';
import { type Figures, figureNames } from '../../src/store/readership.ts';
import { freePort } from '../free-port.ts';
import { newFolder, type ServerProcess, startServer, write } from '../harness.ts';
import type { Raw } from '../http/raw.ts';
import { until } from '../http/site.ts';
import { agents, type Poll, poll } from './poll-log.ts';

const running: ServerProcess[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
});

type Desk = {
  readonly dir: string;
  readonly storeUrl: string;
  readonly start: (env?: NodeJS.ProcessEnv) => Promise<ServerProcess>;
  readonly stats: () => Promise<DayStats | undefined>;
};

const now = Date.now();
const dayAt = (time: number): string => new Date(time).toISOString().slice(0, 10);
const range = { from: dayAt(now - 10 * 86_400_000), to: dayAt(now + 86_400_000) };

async function openDesk(): Promise<Desk> {
  const dir = newFolder();
  const storeFile = join(newFolder(), 'store.db');
  const storeUrl = `sqlite:${storeFile}`;
  write(dir, {
    'publication.yaml': 'title: Read\nlanguage: en\nid: tag:example.com,2026:read\n',
    'one.md': `---\ntitle: One\ntags: [Boats]\n---\n${'A line of its text. '.repeat(40)}\n`,
    'two.md': '---\ntitle: Two\n---\nText of two.\n',
  });
  const empty = openStore(storeUrl);
  await empty.close();
  // A secret that is known: no two clients of a test fall into the same place.
  const database = new DatabaseSync(storeFile);
  const insert = database.prepare('insert into poll_salts values (?, ?)');
  for (const days of [0, 1, 2]) insert.run(dayAt(now + days * 86_400_000), '0123456789abcdef0123456789abcdef');
  database.close();
  return {
    dir,
    storeUrl,
    start: async (env = {}) => {
      const server = await startServer({
        DATA_DIR: dir,
        STORE_URL: storeUrl,
        PUBLIC_URL: 'https://news.example.com',
        ...env,
      });
      running.push(server);
      return server;
    },
    stats: async () => {
      const store = openStore(storeUrl);
      const { days, hours } = await readStats(store, range, now + 60_000);
      await store.close();
      const today = days.at(-1);
      for (const name of figureNames) {
        expect(hours.reduce((sum, hour) => sum + hour[name], 0)).toBe(today?.[name] ?? 0);
      }
      return today;
    },
  };
}

const feedOf = (day: DayStats, feed: string, format: string): FeedStats =>
  day.feeds.find((one) => one.feed === feed && one.format === format)!;
const readerOf = (day: DayStats, product: string): ReaderStats => day.readers.find((one) => one.product === product)!;
const outcomes = ({ whole, unmodified, delta, refused, failed }: Figures): readonly number[] => [
  whole,
  unmodified,
  delta,
  refused,
  failed,
];

test('a replayed poll log gives exactly its sums, also after a restart', async () => {
  const desk = await openDesk();
  const server = await desk.start();
  let sent = 0;
  let saved = 0;
  const sizes = new Map<string, number>();
  const ask = async (one: Poll): Promise<Raw> => {
    const answer = await poll(server.origin, one);
    const path = one.start.split(' ')[1]!;
    if (answer.status === 200 && answer.header('content-encoding') === undefined && one.start.startsWith('GET')) {
      sizes.set(path, answer.body.length);
    }
    sent += answer.body.length;
    if (answer.status < 400 && one.start.startsWith('GET')) saved += (sizes.get(path) ?? 0) - answer.body.length;
    return answer;
  };
  const rss = 'GET /rss.xml';
  const first = await ask({ from: '127.0.0.2', start: rss, agent: agents.feedly(20) });
  const tag = first.header('etag');
  const matching = [`If-None-Match: ${tag}`];
  expect((await ask({ from: '127.0.0.2', start: rss, agent: agents.feedly(21), headers: matching })).status).toBe(304);
  await ask({ from: '127.0.0.3', start: rss, agent: agents.feedbin(7, 5), headers: ['Accept-Encoding: gzip'] });
  await ask({ from: '127.0.0.3', start: rss, agent: agents.feedbin(9, 3), headers: matching });
  for (const from of ['127.0.0.4', '127.0.0.5', '127.0.0.6', '127.0.0.4']) {
    await ask({ from, start: 'GET /atom.xml', agent: agents.freshRss });
  }
  await ask({ from: '127.0.0.7', start: 'HEAD /atom.xml', agent: agents.curl });
  await ask({ from: '127.0.0.7', start: 'GET /atom.xml', agent: agents.curl, headers: ['Accept-Encoding: *;q=0'] });
  await ask({ from: '127.0.0.7', start: 'POST /atom.xml', agent: agents.curl });
  const made = await ask({ from: '127.0.0.7', start: 'GET /tags/boats/feed.json', agent: agents.curl });
  const madeTag = [`If-None-Match: ${made.header('etag')}`];
  await ask({ from: '127.0.0.7', start: 'GET /tags/boats/feed.json', agent: agents.curl, headers: madeTag });
  await ask({ from: '127.0.0.7', start: 'GET /archive/1.rss.xml', agent: agents.curl });
  await ask({ from: '127.0.0.8', start: 'GET /archive/1.rss.xml' });
  // None of these is a poll.
  const before = sent;
  for (const start of ['GET /', 'GET /articles/one', 'GET /nothing.xml', 'GET /feeds.opml', 'OPTIONS /rss.xml']) {
    await poll(server.origin, { from: '127.0.0.9', start, agent: agents.curl });
  }
  expect(sent).toBe(before);
  expect(await server.stop()).toBe(0);

  const day = (await desk.stats())!;
  expect(pollsOf(day)).toBe(15);
  expect(outcomes(day)).toEqual([10, 3, 0, 2, 0]);
  expect([day.bytes, day.saved]).toEqual([sent, saved]);
  expect(outcomes(feedOf(day, 'all', 'rss'))).toEqual([2, 2, 0, 0, 0]);
  expect(outcomes(feedOf(day, 'all', 'atom'))).toEqual([5, 0, 0, 2, 0]);
  expect(outcomes(feedOf(day, 'tags/boats', 'json'))).toEqual([1, 1, 0, 0, 0]);
  expect(outcomes(feedOf(day, 'all', 'history'))).toEqual([2, 0, 0, 0, 0]);
  expect(day.unconditional).toBe(12);
  expect(feedOf(day, 'all', 'rss').unconditional).toBe(2);
  expect(readerOf(day, 'Feedly')).toMatchObject({ kind: 'aggregator', subscribers: 21, isEstimate: false, clients: 2 });
  expect(readerOf(day, 'Feedbin')).toMatchObject({ subscribers: 8, isEstimate: false });
  expect(readerOf(day, 'FreshRSS')).toMatchObject({ subscribers: 3, isEstimate: true, gaps: 1, early: 1 });
  expect(readerOf(day, 'FreshRSS').waited).toBeLessThan(60);
  expect(readerOf(day, 'curl')).toMatchObject({ subscribers: undefined, clients: 3, gaps: 3 });
  expect(readerOf(day, 'Without a name')).toMatchObject({ clients: 1, isEstimate: true });

  const again = await desk.start();
  await poll(again.origin, { from: '127.0.0.4', start: 'GET /atom.xml', agent: agents.freshRss });
  await poll(again.origin, { from: '127.0.0.2', start: rss, agent: agents.feedly(19), headers: matching });
  expect(await again.stop()).toBe(0);
  const later = (await desk.stats())!;
  expect(outcomes(later)).toEqual([11, 4, 0, 2, 0]);
  expect(readerOf(later, 'FreshRSS')).toMatchObject({ whole: 5, subscribers: 3 });
  expect(readerOf(later, 'Feedly')).toMatchObject({ unmodified: 2, subscribers: 21 });
});

test('an absurd number of subscribers is noted, and not believed', async () => {
  const desk = await openDesk();
  const store = openStore(desk.storeUrl);
  const key = { feed: 'all', format: 'rss', product: 'Feedly' } as const;
  for (const days of [1, 2, 3]) {
    const none = Object.fromEntries(figureNames.map((name) => [name, 0])) as Figures;
    await store.readership.add({
      day: dayAt(now - days * 86_400_000),
      hour: { hour: 1, ...none },
      rows: [],
      claims: [{ ...key, fetcher: '', most: 250, doubted: 0 }],
    });
  }
  await store.close();
  const server = await desk.start();
  const ask = (subscribers: number): Promise<Raw> =>
    poll(server.origin, { from: '127.0.0.2', start: 'GET /rss.xml', agent: agents.feedly(subscribers) });
  await ask(260);
  await ask(1_000_000);
  await server.stop();
  expect(readerOf((await desk.stats())!, 'Feedly')).toMatchObject({ whole: 2, subscribers: 260, doubted: 1_000_000 });
});

test('a delta is counted as one, with what it saves', async () => {
  const desk = await openDesk();
  const server = await desk.start();
  const first = await poll(server.origin, { from: '127.0.0.2', start: 'GET /rss.xml', agent: agents.newsboat });
  write(desk.dir, { 'three.md': '---\ntitle: Three\n---\nText of three.\n' });
  const headers = [`If-None-Match: ${first.header('etag')}`, 'A-IM: feed'];
  let answer = first;
  const polled = { from: '127.0.0.2', start: 'GET /rss.xml', agent: agents.newsboat, headers };
  let unmodified = -1;
  for (let turns = 0; answer.status !== 226 && turns < 200; turns += 1) {
    server.process.kill('SIGHUP');
    await sleep(100);
    answer = await poll(server.origin, polled);
    unmodified += 1;
  }
  expect(answer.status).toBe(226);
  const whole = await poll(server.origin, { ...polled, headers: [] });
  await server.stop();
  const day = (await desk.stats())!;
  expect(outcomes(day)).toEqual([2, unmodified, 1, 0, 0]);
  const saved = unmodified * first.body.length + whole.body.length - answer.body.length;
  expect([day.bytes, day.saved]).toEqual([first.body.length + answer.body.length + whole.body.length, saved]);
});

test('behind a proxy of ours clients are told apart by what it says, and hundreds are estimated within 6 %', async () => {
  const desk = await openDesk();
  const server = await desk.start({ TRUST_PROXY: '1' });
  const clients = Array.from(
    { length: 300 },
    (_, n) => `203.0.113.${n % 250}, 198.51.${Math.floor(n / 250)}.${n % 250}`,
  );
  for (const client of [...clients, ...clients]) {
    const headers = [`X-Forwarded-For: ${client}`];
    await poll(server.origin, { from: '127.0.0.2', start: 'GET /feed.json', agent: agents.newsboat, headers });
  }
  await server.stop();
  const newsboat = readerOf((await desk.stats())!, 'Newsboat');
  expect(newsboat).toMatchObject({ whole: 600, gaps: 300, early: 300, isEstimate: true });
  expect(Math.abs(newsboat.subscribers! - 300)).toBeLessThanOrEqual(18);
});

test('who is sent away for polling too often is counted as refused', async () => {
  const desk = await openDesk();
  const server = await desk.start({ TRUST_PROXY: '1', RATE_LIMIT: '2' });
  const ask = async (start: string): Promise<number> =>
    (
      await poll(server.origin, {
        from: '127.0.0.2',
        start,
        agent: agents.curl,
        headers: ['X-Forwarded-For: 203.0.113.1'],
      })
    ).status;
  const paths = ['/feed.json', '/feed', '/rss.xml?utm_source=x', '/tags/boats/rss.xml', '/articles/one'];
  const statuses: number[] = [];
  for (const path of paths) statuses.push(await ask(`GET ${path}`));
  expect(statuses).toEqual([200, 200, 429, 429, 429]);
  await server.stop();
  const day = (await desk.stats())!;
  expect(outcomes(day)).toEqual([2, 0, 0, 2, 0]);
  expect(outcomes(feedOf(day, 'all', 'rss'))).toEqual([1, 0, 0, 1, 0]);
  expect(outcomes(feedOf(day, 'tags/boats', 'rss'))).toEqual([0, 0, 0, 1, 0]);
});

/** All rows of who read. */
function kept({ storeUrl }: Desk): readonly object[] {
  const database = new DatabaseSync(storeUrl.slice('sqlite:'.length), { readOnly: true });
  const tables = ['polls', 'poll_hours', 'subscriber_claims', 'poll_salts'];
  const rows = tables.flatMap((table) => database.prepare(`select * from ${table}`).all());
  database.close();
  return rows;
}

test('no address and no agent is in the store, and with STATS=false nothing is', async () => {
  const desk = await openDesk();
  const counting = await desk.start();
  await poll(counting.origin, { from: '127.0.0.77', start: 'GET /rss.xml', agent: 'SecretReader/77.1 (private)' });
  await counting.stop();
  expect((await desk.stats())!.whole).toBe(1);
  const all = JSON.stringify(kept(desk));
  expect(all).toContain('Others');
  expect(all).not.toMatch(/127\.0\.0\.77|SecretReader|private/);

  const silent = await openDesk();
  const server = await silent.start({ STATS: 'false' });
  await poll(server.origin, { from: '127.0.0.77', start: 'GET /rss.xml', agent: agents.curl });
  await server.stop();
  expect(await silent.stats()).toBeUndefined();
});

test('what was counted goes when the counting is turned off, with the secrets, and all else stays', async () => {
  const desk = await openDesk();
  const counting = await desk.start();
  await poll(counting.origin, { from: '127.0.0.2', start: 'GET /rss.xml', agent: agents.feedly(41) });
  const before = await poll(counting.origin, { from: '127.0.0.2', start: 'GET /feed.json' });
  await counting.stop();
  expect(kept(desk).length).toBeGreaterThan(3);

  const server = await desk.start({ STATS: 'false' });
  await until(async () => kept(desk).length === 0);
  const after = await poll(server.origin, { from: '127.0.0.2', start: 'GET /feed.json' });
  expect(after.header('etag')).toBe(before.header('etag'));
});

test('a start serves what is kept also while the store is locked, which what was counted waits for', async () => {
  const desk = await openDesk();
  await (await desk.start()).stop();
  const holder = new DatabaseSync(desk.storeUrl.slice('sqlite:'.length));
  holder.exec('begin immediate');
  const PORT = String(await freePort());
  const starting = desk.start({ STATS: 'false', PORT });
  await until(async () => (await fetch(`http://127.0.0.1:${PORT}/rss.xml`).catch(() => undefined))?.status === 200);
  holder.close();
  const { log } = await starting;
  expect(log.join('\n')).not.toContain('cannot write');
  await until(async () => kept(desk).length === 0);
});
