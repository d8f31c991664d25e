import { afterAll, beforeAll, expect, test } from 'vitest';
import { pollsOf, readStats, type Stats } from '../../src/stats/read-stats.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { newFolder, type ServerProcess, startServer, write } from '../harness.ts';
import { agents, poll } from '../stats/poll-log.ts';
import { type Cluster, startCluster } from './cluster.ts';

let cluster: Cluster;
beforeAll(() => {
  cluster = startCluster();
});
afterAll(() => cluster.remove());

const token = 'a-token-of-some-length';

async function startReplicas(url: string, count: number): Promise<readonly ServerProcess[]> {
  const dir = newFolder();
  write(dir, {
    'publication.yaml': 'title: Read\nid: tag:example.com,2026:read\n',
    'one.md': '---\ntitle: One\n---\nText of one.\n',
  });
  const servers: ServerProcess[] = [];
  for (let n = 0; n < count; n += 1) {
    const ADMIN_TOKEN = token;
    const env = {
      ADMIN_TOKEN,
      DATA_DIR: dir,
      STORE_URL: url,
      PUBLIC_URL: 'https://news.example.com',
      TRUST_PROXY: '1',
    };
    servers.push(await startServer(env, newFolder()));
  }
  return servers;
}

async function statsOf(url: string): Promise<Stats> {
  const store = openPostgres(url);
  const day = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const stats = await readStats(store, { from: day(-2), to: day(1) }, Date.now());
  await store.close();
  return stats;
}

test('what three replicas count adds up, and a client of all of them is one client', async () => {
  const url = cluster.newDatabase();
  const servers = await startReplicas(url, 3);
  for (let n = 0; n < 90; n += 1) {
    const headers = [`X-Forwarded-For: 203.0.113.${n % 15}`];
    const start = n % 2 === 0 ? 'GET /rss.xml' : 'GET /articles/atom.xml';
    await poll(servers[n % 3]!.origin, { from: '127.0.0.2', start, agent: agents.freshRss, headers });
    await poll(servers[n % 3]!.origin, { from: '127.0.0.2', start: 'GET /rss.xml', agent: agents.feedly(20 + n) });
  }
  // All at once, so that each finds that another has written before it.
  expect(await Promise.all(servers.map((server) => server.stop()))).toEqual([0, 0, 0]);
  const { days, hours } = await statsOf(url);
  expect(days.reduce((sum, day) => sum + pollsOf(day), 0)).toBe(180);
  expect(hours.reduce((sum, hour) => sum + hour.whole, 0)).toBe(180);
  const readers = days.at(-1)!.readers;
  const freshRss = readers.find(({ product }) => product === 'FreshRSS')!;
  expect(freshRss.isEstimate).toBe(true);
  // Fifteen at each of two feeds; two of them may look like one.
  expect(freshRss.clients).toBeGreaterThanOrEqual(28);
  expect(freshRss.clients).toBeLessThanOrEqual(30);
  expect(readers.find(({ product }) => product === 'Feedly')).toMatchObject({ subscribers: 109, whole: 90 });
});

test('what is counted while the database is away is there when it is back', async () => {
  const url = cluster.newDatabase();
  const [server] = await startReplicas(url, 1);
  cluster.stop();
  for (let n = 0; n < 10; n += 1) {
    expect((await poll(server!.origin, { from: '127.0.0.2', start: 'GET /rss.xml', agent: agents.curl })).status).toBe(
      200,
    );
  }
  // Whoever asks for the figures has them handed on, which fails now.
  const metrics = { from: '127.0.0.2', start: 'GET /metrics', headers: [`Authorization: Bearer ${token}`] };
  expect((await poll(server!.origin, metrics)).body.toString()).toContain(
    'linecaster_polls_total{feed="all",format="rss",outcome="whole"} 10',
  );
  cluster.start();
  expect(await server!.stop()).toBe(0);
  expect((await statsOf(url)).days.at(-1)).toMatchObject({ whole: 10 });
});
