import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { toOutboxFacts } from '../../src/admin/outbox.ts';
import { type Pusher, retryAt, startPusher } from '../../src/push/pusher.ts';
import { Ledger } from '../../src/store/ledger.ts';
import type { Notice } from '../../src/store/notice.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { newFolder } from '../harness.ts';
import { type Peer, startPeer } from './hub.ts';

const ended: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0).reverse()) await end();
});

function notice(hub: Peer, topic: string, times: Partial<Notice> = {}): Notice {
  const body = new URLSearchParams({ 'hub.mode': 'publish', 'hub.url': topic, 'hub.topic': topic }).toString();
  return { kind: 'websub', target: hub.url, topic, body, created: Date.now(), due: Date.now(), ...times };
}

async function put(store: Store, ...notices: Notice[]): Promise<void> {
  const ledger = new Ledger(await store.load());
  ledger.putNotices(notices);
  await ledger.save(store);
}

async function hubAndStore(): Promise<{ hub: Peer; file: string; store: Store }> {
  const hub = await startPeer();
  const file = join(newFolder(), 'store.db');
  const store = openSqlite(file);
  ended.push(
    () => hub.close(),
    () => store.close(),
  );
  return { hub, file, store };
}

function push(store: Store): Pusher {
  const faults: Error[] = [];
  const pusher = startPusher(store.outbox, { onFault: (error) => faults.push(error) });
  ended.push(
    () => pusher.close(),
    () => expect(faults).toEqual([]),
  );
  pusher.wake();
  return pusher;
}

async function settled(store: Store, state: string): Promise<void> {
  const deadline = Date.now() + 10_000;
  while ((await store.outbox.status()).some((one) => one.state !== state)) {
    if (Date.now() > deadline) throw new Error(JSON.stringify(await store.outbox.status()));
    await sleep(20);
  }
}

test('a hub is told of a topic once, form-encoded, with both names of its URL', async () => {
  const { hub, store } = await hubAndStore();
  await put(store, notice(hub, 'https://news.example.com/rss.xml'));
  const pusher = push(store);
  await settled(store, 'taken');
  pusher.wake();
  await sleep(200);
  expect(hub.received).toHaveLength(1);
  const [ping] = hub.received;
  expect(ping!.headers['content-type']).toBe('application/x-www-form-urlencoded');
  expect(Object.fromEntries(new URLSearchParams(ping!.body))).toEqual({
    'hub.mode': 'publish',
    'hub.url': 'https://news.example.com/rss.xml',
    'hub.topic': 'https://news.example.com/rss.xml',
  });
});

test('who has a name and password in the address is sent them, and they are shown to nobody', async () => {
  const { hub, store } = await hubAndStore();
  const target = hub.url.replace('://', '://desk:qu%C3%A4y%40@');
  hub.answer = (response, { headers }) => {
    const isKnown = headers.authorization === `Basic ${Buffer.from('desk:quäy@').toString('base64')}`;
    response.writeHead(isKnown ? 204 : 401).end();
  };
  await put(store, { ...notice(hub, 'https://news.example.com/rss.xml'), target });
  push(store);
  await hub.count(1);
  await settled(store, 'taken');
  const facts = toOutboxFacts(await store.outbox.status());
  expect(facts.notices.map((one) => one.target)).toEqual([hub.url]);
});

test('Retry-After may be a date', async () => {
  const { hub, store } = await hubAndStore();
  hub.answer = (response) => {
    hub.answer = (later) => later.writeHead(204).end();
    response.writeHead(503, { 'Retry-After': new Date(Date.now() + 2000).toUTCString() }).end();
  };
  await put(store, notice(hub, 'https://news.example.com/rss.xml'));
  push(store);
  await hub.count(2);
  await settled(store, 'taken');
});

test('a hub that says Retry-After: 0 again and again is not asked without a pause', async () => {
  const { hub, store } = await hubAndStore();
  hub.answer = (response) => response.writeHead(503, { 'Retry-After': '0' }).end();
  await put(store, notice(hub, 'https://news.example.com/rss.xml'));
  push(store);
  await hub.count(2);
  await sleep(500);
  expect(hub.received.length).toBeLessThan(5);
});

const failures: readonly (readonly [name: string, answer: Peer['answer'], error: RegExp])[] = [
  ['answers 500', (response) => response.writeHead(500).end('no'), /answered 500/],
  [
    'redirects to another host',
    (response) => response.writeHead(307, { Location: 'http://localhost:9/' }).end(),
    /another host/,
  ],
  ['redirects in circles', (response) => response.writeHead(308, { Location: '/' }).end(), /answered 308/],
  ['closes the connection', (response) => response.destroy(), /fetch failed/],
];
test.each(failures)('a hub that %s is asked again later, and takes it then', async (_, answer, error) => {
  const { hub, store } = await hubAndStore();
  hub.answer = answer;
  await put(store, notice(hub, 'https://news.example.com/rss.xml'));
  const pusher = push(store);
  const deadline = Date.now() + 10_000;
  while ((await store.outbox.status())[0]!.tries === 0 && Date.now() < deadline) await sleep(20);
  const [after] = await store.outbox.status();
  expect(after!.state).toBe('pending');
  expect(after!.lastError).toMatch(error);
  expect(after!.due).toBeGreaterThan(Date.now() + 5000);
  await pusher.close();
});

test('a hub that says 2xx and then never ends its answer has taken it', async () => {
  const { hub, store } = await hubAndStore();
  hub.answer = (response) => response.writeHead(202, { 'Content-Length': '100' }).write('half');
  await put(store, notice(hub, 'https://news.example.com/rss.xml'));
  push(store);
  await settled(store, 'taken');
  expect(hub.received).toHaveLength(1);
});

test('Retry-After is honoured: the hub hears nothing before, and takes it after', async () => {
  const { hub, store } = await hubAndStore();
  hub.answer = (response) => {
    hub.answer = (later) => later.writeHead(204).end();
    response.writeHead(429, { 'Retry-After': '1' }).end();
  };
  await put(store, notice(hub, 'https://news.example.com/rss.xml'));
  push(store);
  await hub.count(2);
  await settled(store, 'taken');
  expect(hub.received[1]!.at - hub.received[0]!.at).toBeGreaterThanOrEqual(990);
});

test('a hub that is down is found again after a restart', async () => {
  const { hub, file, store } = await hubAndStore();
  const down = { ...hub, url: 'http://127.0.0.1:9/' };
  await put(store, notice(down, 'https://news.example.com/rss.xml'), notice(hub, 'https://news.example.com/atom.xml'));
  const pusher = startPusher(store.outbox, { onFault: () => undefined });
  pusher.wake();
  await hub.count(1);
  await pusher.close();
  const again = openSqlite(file);
  ended.push(() => again.close());
  const states = (await again.outbox.status()).map(({ target, state }) => [target, state]);
  expect(states).toEqual([
    [hub.url, 'taken'],
    ['http://127.0.0.1:9/', 'pending'],
  ]);
});

test('a process that died before it pinged, or before it noted it, has its pings sent by the next', async () => {
  const { hub, file, store } = await hubAndStore();
  await put(store, notice(hub, 'https://news.example.com/rss.xml'));
  // The process that dies has claimed it already; its claim lapses.
  expect(await store.outbox.claim(Date.now(), 300)).toMatchObject({ topic: 'https://news.example.com/rss.xml' });
  const next = openSqlite(file);
  ended.push(() => next.close());
  push(next);
  await hub.count(1);
  await settled(next, 'taken');
  expect(hub.received).toHaveLength(1);
});

test('two processes on one store never say the same thing twice', async () => {
  const { hub, file, store } = await hubAndStore();
  const topics = Array.from({ length: 40 }, (_, n) => `https://news.example.com/tags/${n}/rss.xml`);
  await put(store, ...topics.map((topic) => notice(hub, topic)));
  const other = openSqlite(file);
  ended.push(() => other.close());
  const pushers = [push(store), push(other)];
  await hub.count(40);
  await settled(store, 'taken');
  for (const pusher of pushers) pusher.wake();
  await sleep(200);
  expect(hub.received.map(({ topic }) => topic).toSorted()).toEqual(topics.toSorted());
});

test('what waits behind slow hubs is claimed by nobody, and the other process tells it', async () => {
  const { hub, file, store } = await hubAndStore();
  hub.answer = () => undefined;
  const topics = Array.from({ length: 12 }, (_, n) => `https://news.example.com/tags/${n}/rss.xml`);
  await put(store, ...topics.map((topic) => notice(hub, topic)));
  push(store);
  await hub.count(8);
  const other = openSqlite(file);
  ended.push(() => other.close());
  push(other);
  await hub.count(12);
  expect(hub.received.map(({ topic }) => topic).toSorted()).toEqual(topics.toSorted());
});

test('a post that is under way when the process is told to end is waited for, and not sent again', async () => {
  const { hub, file, store } = await hubAndStore();
  hub.answer = (response) => void setTimeout(() => response.writeHead(204).end(), 500);
  await put(store, notice(hub, 'https://news.example.com/rss.xml'));
  const pusher = push(store);
  await hub.count(1);
  await pusher.close();
  const next = openSqlite(file);
  ended.push(() => next.close());
  expect((await next.outbox.status()).map(({ state }) => state)).toEqual(['taken']);
  push(next);
  await sleep(300);
  expect(hub.received).toHaveLength(1);
});

test('a topic that changes again while it is being told is told again', async () => {
  const { hub, store } = await hubAndStore();
  let answerFirst: (() => void) | undefined;
  hub.answer = (response) => {
    answerFirst = () => response.writeHead(204).end();
  };
  await put(store, notice(hub, 'https://news.example.com/rss.xml', { created: 1, due: 1 }));
  const pusher = push(store);
  await hub.count(1);
  await put(store, notice(hub, 'https://news.example.com/rss.xml', { created: 2, due: 2 }));
  hub.answer = (response) => response.writeHead(204).end();
  pusher.wake();
  answerFirst!();
  await hub.count(2);
  await settled(store, 'taken');
  expect(hub.received).toHaveLength(2);
});

test('what is not due yet is not said', async () => {
  const { hub, store } = await hubAndStore();
  await put(store, notice(hub, 'https://news.example.com/rss.xml', { due: Date.now() + 600 }));
  push(store);
  await sleep(300);
  expect(hub.received).toHaveLength(0);
  await hub.count(1);
});

test('waits grow to an hour, and after a day it is given up', () => {
  const at = (tries: number, age: number): number | undefined => retryAt({ tries, created: 0 }, undefined, age);
  for (let tries = 0; tries < 20; tries += 1) {
    const wait = Math.min(15_000 * 2 ** tries, 3_600_000);
    expect(at(tries, 0)).toBeGreaterThanOrEqual(wait * 0.75);
    expect(at(tries, 0)).toBeLessThanOrEqual(wait * 1.25);
  }
  expect(at(30, 24 * 3_600_000)).toBeUndefined();
  expect(retryAt({ tries: 0, created: 0 }, 120, 1000)).toBe(121_000);
  expect(retryAt({ tries: 3, created: 0 }, 0, 1000)).toBe(9000);
});
