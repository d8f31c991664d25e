import { afterAll, beforeAll, expect, test } from 'vitest';
import { newFolder, type ServerProcess, startServer, write } from '../harness.ts';
import { agents, poll } from '../stats/poll-log.ts';

const token = 'a-token-of-some-length';
let server: ServerProcess;
let open: ServerProcess;

beforeAll(async () => {
  const dir = newFolder();
  write(dir, {
    'publication.yaml': 'title: Metered\nid: tag:example.com,2026:metered\n',
    'one.md': '---\ntitle: One\ntags: [Boats, Häfen]\n---\nText of one.\n',
    'broken.md': '---\ntitle: Broken\ndate: 2026-02-30\n---\nText.\n',
  });
  const env = { DATA_DIR: dir, PUBLIC_URL: 'https://news.example.com' };
  server = await startServer({ ...env, ADMIN_TOKEN: token });
  open = await startServer(env);
});
afterAll(async () => {
  await Promise.all([server.stop(), open.stop()]);
});

const authorized = [`Authorization: Bearer ${token}`];

/** What is metered now, by name with labels. */
async function metrics(): Promise<ReadonlyMap<string, number>> {
  const answer = await poll(server.origin, { from: '127.0.0.1', start: 'GET /metrics', headers: authorized });
  expect([answer.status, answer.header('content-type')]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
  const lines = answer.body
    .toString()
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
  );
}

test('Prometheus reads what was polled until now, by feed, outcome and product', async () => {
  const first = await poll(server.origin, { from: '127.0.0.2', start: 'GET /rss.xml', agent: agents.feedly(12) });
  const headers = [`If-None-Match: ${first.header('etag')}`];
  await poll(server.origin, { from: '127.0.0.2', start: 'GET /rss.xml', agent: agents.feedly(12), headers });
  await poll(server.origin, { from: '127.0.0.3', start: 'GET /tags/boats/feed.json', agent: agents.freshRss });
  await poll(server.origin, { from: '127.0.0.3', start: 'GET /tags/h%C3%A4fen/feed.json', agent: agents.freshRss });
  const now = await metrics();
  const polls = [...now].filter(([name]) => name.startsWith('linecaster_polls_total'));
  expect(Object.fromEntries(polls)).toEqual({
    'linecaster_polls_total{feed="all",format="rss",outcome="whole"}': 1,
    'linecaster_polls_total{feed="all",format="rss",outcome="unmodified"}': 1,
    'linecaster_polls_total{feed="tags",format="json",outcome="whole"}': 2,
  });
  expect(now.get('linecaster_product_polls_total{product="Feedly",kind="aggregator"}')).toBe(2);
  expect(now.get('linecaster_sent_bytes_total{feed="all",format="rss"}')).toBe(first.body.length);
  expect(now.get('linecaster_saved_bytes_total{feed="all",format="rss"}')).toBe(first.body.length);
  expect(now.get('linecaster_returns_total{feed="all",format="rss"}')).toBe(1);
  expect(now.get('linecaster_subscribers{product="Feedly",estimate="false"}')).toBe(12);
  expect(now.get('linecaster_subscribers{product="FreshRSS",estimate="true"}')).toBe(2);

  await poll(server.origin, { from: '127.0.0.2', start: 'GET /rss.xml', agent: agents.feedly(12), headers });
  const later = await metrics();
  expect(later.get('linecaster_polls_total{feed="all",format="rss",outcome="unmodified"}')).toBe(2);
  expect(later.get('linecaster_polls_total{feed="all",format="rss",outcome="whole"}')).toBe(1);
});

test('Prometheus reads how the edition, refreshes, problems and the outbox stand', async () => {
  const now = await metrics();
  expect(now.get('linecaster_entries')).toBe(1);
  expect(now.get('linecaster_problems{severity="error"}')).toBe(1);
  expect(now.get('linecaster_refreshes_total{result="done"}')).toBe(1);
  expect(now.get('linecaster_refresh_failures')).toBe(0);
  expect(now.get('linecaster_refresh_seconds{stage="all"}')).toBeGreaterThan(0);
  expect(now.get('linecaster_outbox{state="pending"}')).toBe(0);
  expect(now.get('linecaster_store_bytes')).toBeGreaterThan(0);
  expect(now.get('linecaster_leads')).toBe(1);
});

test('the metrics are for those who have the token, and are not there without one', async () => {
  const ask = async (of: ServerProcess, start: string, headers: readonly string[] = []): Promise<number> =>
    (await poll(of.origin, { from: '127.0.0.1', start, headers })).status;
  expect(await ask(server, 'GET /metrics')).toBe(401);
  expect(await ask(server, 'POST /metrics', authorized)).toBe(405);
  expect(await ask(server, 'HEAD /metrics', authorized)).toBe(200);
  expect(await ask(open, 'GET /metrics', authorized)).toBe(404);
});
