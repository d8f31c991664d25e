import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { freePort } from '../free-port.ts';
import { newFolder, type ServerProcess, startServer, write } from '../harness.ts';
import { type Peer, startPeer } from './hub.ts';

const ended: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0).reverse()) await end();
});

type Site = { dir: string; hub: Peer; env: NodeJS.ProcessEnv; start: () => Promise<ServerProcess> };

/** A publication with a hub; its feeds' URLs are those of the server itself, so that the hub can come for them. */
async function publication(settings = ''): Promise<Site> {
  const hub = await startPeer();
  const port = await freePort();
  const dir = newFolder();
  write(dir, {
    'publication.yaml': `title: Pushed\nid: tag:example.com,2026:pushed\nhubs: [${hub.url}]\n${settings}`,
    'posts/one.md': '---\ntitle: One\ntags: [Loud, Quiet]\n---\nText of one.\n',
  });
  const env = {
    DATA_DIR: dir,
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    PORT: String(port),
    STORE_URL: `sqlite:${join(newFolder(), 'store.db')}`,
    WATCH: 'true',
  };
  const start = async (): Promise<ServerProcess> => {
    const server = await startServer(env);
    ended.push(() => server.stop());
    return server;
  };
  ended.push(() => hub.close());
  return { dir, hub, env, start };
}

const documents = ['rss.xml', 'atom.xml', 'feed.json'];
const main = ['', 'articles/', 'headlines/'].flatMap((folder) => documents.map((name) => `/${folder}${name}`));

test('hub and self stand once, and alike, in the header and in the document of every topic, and in no other', async () => {
  const { hub, start } = await publication('feeds: { tags/loud: { push: true } }\n');
  const { origin } = await start();
  const topics = [...main, ...documents.map((name) => `/tags/loud/${name}`)];
  for (const path of topics) {
    const answer = await fetch(origin + path);
    const body = await answer.text();
    const link = answer.headers.get('link')!;
    expect([...link.matchAll(/<([^>]*)>; rel="self"/g)].map(([, url]) => url)).toEqual([origin + path]);
    expect([...link.matchAll(/<([^>]*)>; rel="hub"/g)].map(([, url]) => url)).toEqual([hub.url]);
    if (path.endsWith('.json')) {
      expect(JSON.parse(body)).toMatchObject({ feed_url: origin + path, hubs: [{ type: 'WebSub', url: hub.url }] });
    } else {
      const tags = [...body.matchAll(/<(?:atom:)?link ([^>]*)\/>/g)].map(([, attributes]) => attributes!);
      const urls = (rel: string): unknown =>
        tags.filter((one) => one.includes(`rel="${rel}"`)).map((one) => /href="([^"]*)"/.exec(one)?.[1]);
      expect(urls('self')).toEqual([origin + path]);
      expect(urls('hub')).toEqual([hub.url]);
    }
  }
  for (const path of ['/tags/quiet/rss.xml', '/archive/1.rss.xml']) {
    const answer = await fetch(origin + path);
    expect(answer.status).toBe(200);
    expect(`${answer.headers.get('link')} ${await answer.text()}`).not.toContain(hub.url);
  }
});

test('a saved file is told to the hub once a topic, when its bytes are there to be fetched, and nothing else is told', async () => {
  const { dir, hub, start } = await publication();
  const { origin } = await start();
  await hub.count(9);
  expect(hub.received.map(({ topic }) => topic).toSorted()).toEqual(main.map((path) => origin + path).toSorted());
  await sleep(1200);

  const before = hub.received.length;
  const fetched: string[] = [];
  hub.answer = async (response, { topic }) => {
    response.writeHead(204).end();
    fetched.push(await (await fetch(topic!)).text());
  };
  const saved = Date.now();
  write(dir, { 'headlines.txt': 'Harbour opens its new pier\n' });
  await hub.count(before + 6);
  await sleep(1000);
  const told = hub.received.slice(before);
  const expected = ['/', '/headlines/'].flatMap((folder) => documents.map((name) => origin + folder + name));
  expect(told.map(({ topic }) => topic).toSorted()).toEqual(expected.toSorted());
  expect(told[0]!.at - saved).toBeLessThan(10_000);
  for (const body of fetched) expect(body).toContain('Harbour opens its new pier');
});

test('a server that was killed has what it still had to tell told by the next, and nothing twice', async () => {
  const { dir, hub, env, start } = await publication();
  hub.answer = (response) => response.writeHead(503, { 'Retry-After': '3' }).end();
  const first = await startServer(env);
  await hub.count(9);
  // Every failure is noted by now, and nothing is due again yet.
  await sleep(500);
  first.process.kill('SIGKILL');
  await sleep(200);
  const asked = hub.received.length;
  hub.answer = (response) => response.writeHead(204).end();
  await start();
  await hub.count(asked + 9);
  await sleep(1500);
  const after = hub.received.slice(asked).map(({ topic }) => topic);
  expect(after.toSorted()).toEqual(main.map((path) => `${env.PUBLIC_URL}${path}`).toSorted());
  expect(dir).toBeTruthy();
});

test('what waits for a hub that the settings name no more is forgotten, and the new one is told', async () => {
  const { dir, hub, env } = await publication();
  hub.answer = (response) => response.writeHead(500).end();
  const server = await startServer({ ...env, ADMIN_TOKEN: 'quiet-please-quiet' });
  ended.push(() => server.stop());
  await hub.count(9);
  const next = await startPeer();
  ended.push(() => next.close());
  write(dir, { 'publication.yaml': `title: Pushed\nid: tag:example.com,2026:pushed\nhubs: [${next.url}]\n` });
  await next.count(9);
  const outbox = async (): Promise<unknown> => {
    const headers = { Authorization: 'Bearer quiet-please-quiet' };
    const status = (await (await fetch(`${server.origin}/-/status`, { headers })).json()) as {
      store: { outbox: { counts: Record<string, number>; notices: { target: string }[] } };
    };
    const { counts, notices } = status.store.outbox;
    return { ...counts, targets: [...new Set(notices.map(({ target }) => target))] };
  };
  await expect.poll(outbox, { timeout: 10_000 }).toEqual({ pending: 0, taken: 9, 'given up': 0, targets: [next.url] });
});

test('a hub that never answers delays no refresh and no poll', async () => {
  const { dir, hub, start } = await publication();
  hub.answer = () => undefined;
  const { origin } = await start();
  write(dir, { 'posts/two.md': '---\ntitle: Two\n---\nText of two.\n' });
  let body = '';
  const deadline = Date.now() + 4000;
  while (!body.includes('Two') && Date.now() < deadline) {
    await sleep(50);
    body = await (await fetch(`${origin}/feed.json`)).text();
  }
  expect(body).toContain('Two');
  expect(hub.received.length).toBeGreaterThan(0);
});

test('the hook gets one signed post an edition, with what changed and what to purge, and never a page to come', async () => {
  const hook = await startPeer();
  ended.push(() => hook.close());
  const { dir, env } = await publication(`hooks: { published: "${hook.url}" }\n`);
  const server = await startServer({ ...env, HOOK_SECRET: 'quiet please' });
  ended.push(() => server.stop());
  await hook.count(1);
  await sleep(1200);
  write(dir, {
    'posts/two.md': '---\ntitle: Two\n---\nText of two.\n',
    'posts/later.md': '---\ntitle: Later\ndate: 2099-01-01\n---\nText.\n',
  });
  await hook.count(2);
  await sleep(500);
  expect(hook.received).toHaveLength(2);
  const { headers, body } = hook.received[1]!;
  const signature = createHmac('sha256', 'quiet please').update(body).digest('hex');
  expect(headers['x-hub-signature-256']).toBe(`sha256=${signature}`);
  const said = JSON.parse(body) as { feeds: string[]; pages: string[]; purge: string[] };
  expect(said.feeds.toSorted()).toEqual(['all', 'articles']);
  expect(said.pages).toEqual([`${env.PUBLIC_URL}/articles/two`]);
  const purged = said.purge.map((url) => url.slice(env.PUBLIC_URL!.length));
  // What a cache still has of these is without the new article.
  expect(purged).toEqual(expect.arrayContaining(['/articles/rss.xml', '/', '/articles/', '/articles/two']));
  expect(purged).not.toContain('/headlines/');
  expect(body).not.toContain('later');
});
