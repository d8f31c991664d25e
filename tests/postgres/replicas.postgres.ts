import { renameSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test } from 'vitest';
import { newFolder, type ServerProcess, startServer, write } from '../harness.ts';
import { startPeer } from '../push/hub.ts';
import { type Cluster, startCluster } from './cluster.ts';

let cluster: Cluster;
beforeAll(() => {
  cluster = startCluster();
});
afterAll(() => cluster.remove());
const running: ServerProcess[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
});

const feeds = [
  '/rss.xml',
  '/atom.xml',
  '/feed.json',
  '/articles/rss.xml',
  '/headlines/feed.json',
  '/archive/1.rss.xml',
];

type Answers = readonly (readonly [
  path: string,
  status: number,
  tag: string | null,
  modified: string | null,
  body: string,
])[];

async function answers(server: ServerProcess): Promise<Answers> {
  return Promise.all(
    feeds.map(async (path) => {
      const answer = await fetch(server.origin + path);
      const { headers } = answer;
      return [path, answer.status, headers.get('etag'), headers.get('last-modified'), await answer.text()] as const;
    }),
  );
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 40_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`expected ${what}`);
    await sleep(200);
  }
}

const shows = async (server: ServerProcess, title: string): Promise<boolean> =>
  (await (await fetch(`${server.origin}/feed.json`)).text()).includes(title);

async function replicas(
  count: number,
  settings = '',
): Promise<{ dir: string; url: string; servers: ServerProcess[]; start: () => Promise<ServerProcess> }> {
  const dir = newFolder();
  const url = cluster.newDatabase();
  write(dir, {
    'publication.yaml': `title: Replicated\nid: tag:example.com,2026:replicated\n${settings}`,
    'posts/one.md': '---\ntitle: One\n---\nText of one.\n',
    'headlines.txt': 'Harbour opens its new pier\n',
  });
  const start = async (): Promise<ServerProcess> => {
    // Each has a folder of its own for the last edition's file.
    const env = { DATA_DIR: dir, STORE_URL: url, PUBLIC_URL: 'https://news.example.com', WATCH: 'true' };
    const server = await startServer(env, newFolder());
    running.push(server);
    return server;
  };
  const servers: ServerProcess[] = [];
  for (let n = 0; n < count; n += 1) servers.push(await start());
  return { dir, url, servers, start };
}

test('three replicas send the same bytes, tags and dates, whoever reads the folder', async () => {
  const { dir, servers } = await replicas(3);
  const all = async (): Promise<readonly Answers[]> => Promise.all(servers.map(answers));
  const [first, ...others] = await all();
  for (const other of others) expect(other).toEqual(first);
  write(dir, { 'posts/two.md': '---\ntitle: Second of its kind\n---\nText of two.\n' });
  for (const server of servers) await until('the new article', () => shows(server, 'Second of its kind'));
  await sleep(500);
  const [after, ...rest] = await all();
  for (const other of rest) expect(other).toEqual(after);
  const tag = after![0]![2]!;
  for (const server of servers) {
    const answer = await fetch(`${server.origin}/rss.xml`, { headers: { 'If-None-Match': tag } });
    expect(answer.status).toBe(304);
  }
});

test('a replica with another address than the one that leads says so, with both', async () => {
  const { dir, url } = await replicas(1);
  const env = { DATA_DIR: dir, STORE_URL: url, PUBLIC_URL: 'https://other.example.com', REFRESH_CRON: '0 * * * *' };
  const other = await startServer(env, newFolder());
  running.push(other);
  expect(other.log.join('')).toContain(
    'PUBLIC_URL: warning: expected https://news.example.com, as the process has it that leads on this store, ' +
      'found https://other.example.com',
  );
  expect(other.log.join('')).toContain('REFRESH_CRON: warning: expected a ttl of 5 minutes');
});

test('every replica has only what is new for a client that asks for that', async () => {
  const { dir, servers } = await replicas(2);
  write(dir, { 'posts/long.md': `---\ntitle: The long one\n---\n${'Line of text. '.repeat(300)}\n` });
  for (const server of servers) await until('the long article', () => shows(server, 'The long one'));
  const { headers } = await fetch(`${servers[0]!.origin}/rss.xml`);
  write(dir, { 'posts/two.md': '---\ntitle: Second of its kind\n---\nText of two.\n' });
  for (const server of servers) await until('the new article', () => shows(server, 'Second of its kind'));
  const ask = { 'If-None-Match': headers.get('etag')!, 'A-IM': 'feed', 'User-Agent': 'newsboat/2.30' };
  const deltas = await Promise.all(servers.map((server) => fetch(`${server.origin}/rss.xml`, { headers: ask })));
  expect(deltas.map(({ status }) => status)).toEqual([226, 226]);
  const [first, second] = await Promise.all(deltas.map((delta) => delta.text()));
  expect(first!.match(/<item>/g)).toHaveLength(1);
  expect(second).toBe(first);
});

test('a hub that comes when it is told finds the new bytes at every replica', async () => {
  const hub = await startPeer();
  const { dir, servers } = await replicas(3, `hubs: [${hub.url}]\n`);
  await hub.count(9);
  const found: Promise<boolean[]>[] = [];
  hub.answer = (response, { topic }) => {
    response.writeHead(204).end();
    if (topic === 'https://news.example.com/feed.json')
      found.push(Promise.all(servers.map((server) => shows(server, 'Told of'))));
  };
  write(dir, { 'posts/told.md': '---\ntitle: Told of\n---\nText.\n' });
  await hub.count(15);
  hub.close();
  expect(await Promise.all(found)).toEqual([[true, true, true]]);
});

test('when the leader is killed another takes over, and goes on publishing', async () => {
  const { dir, servers } = await replicas(2);
  servers[0]!.process.kill('SIGKILL');
  write(dir, { 'posts/three.md': '---\ntitle: After the leader\n---\nText.\n' });
  await until('the other to publish', () => shows(servers[1]!, 'After the leader'));
});

test('without the database feeds go on being served, also by a replica that starts, and refreshes resume', async () => {
  const { dir, url, servers } = await replicas(1);
  const [server] = servers;
  const before = await answers(server!);
  const folder = newFolder();
  const env = { DATA_DIR: dir, STORE_URL: url, PUBLIC_URL: 'https://news.example.com', WATCH: 'true' };
  await (await startServer(env, folder)).stop();
  cluster.stop();
  write(dir, { 'posts/four.md': '---\ntitle: While it was away\n---\nText.\n' });
  const live = before.filter(([path]) => !path.includes('archive'));
  const still = async (one: ServerProcess): Promise<Answers> =>
    (await answers(one)).filter(([path]) => !path.includes('archive'));
  expect(await still(server!)).toEqual(live);
  const starting = await startServer(env, folder);
  running.push(starting);
  expect(await still(starting)).toEqual(live);
  cluster.start();
  write(dir, { 'posts/five.md': '---\ntitle: When it was back\n---\nText.\n' });
  await until('what was missed', () => shows(server!, 'While it was away'));
  await until('the same at the other', () => shows(starting, 'When it was back'));
});

test('of two publications that are run in one folder each starts without the database as what it was', async () => {
  const folder = newFolder();
  const start = async (title: string, url: string): Promise<ServerProcess> => {
    const dir = join(folder, title);
    write(dir, { 'publication.yaml': `title: ${title}\nid: tag:example.com,2026:${title}\n`, 'a.md': 'Text.\n' });
    const server = await startServer({ DATA_DIR: dir, STORE_URL: url, PUBLIC_URL: `https://${title}.example` }, folder);
    running.push(server);
    return server;
  };
  const { host } = new URL(cluster.newDatabase());
  const name = (): string => new URL(cluster.newDatabase()).pathname;
  const urls = [
    `postgres://postgres@127.0.0.1:9,${host}${name()}`,
    `postgres://postgres@127.0.0.1:9,${host}${name()}`,
    `postgres://postgres@${host}/?dbname=${name().slice(1)}`,
  ];
  const titles = ['morning', 'noon', 'evening'];
  for (const [n, title] of titles.entries()) await (await start(title, urls[n]!)).stop();
  // As it was called when it shared its name.
  renameSync(join(folder, 'var', `${basename(urls[0]!)}.last-edition`), join(folder, 'var/postgres.last-edition'));
  cluster.stop();
  onTestFinished(() => cluster.start());
  for (const [n, title] of titles.entries()) expect(await shows(await start(title, urls[n]!), `"${title}"`)).toBe(true);
});
