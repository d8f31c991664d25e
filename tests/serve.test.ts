import { writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newFolder, type ServerProcess, startServer, write } from './harness.ts';

const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const dir = newFolder();
const storeUrl = `sqlite:${newFolder()}/store.db`;
let server: ServerProcess;

beforeAll(async () => {
  write(dir, {
    'publication.yaml': 'title: Served\nlanguage: en\nid: tag:example.com,2026:served\n',
    'posts/one.md': '---\ntitle: One\ntags: [Größe]\n---\nSee ![a](pic.png) and [two](two.md).\n',
    'posts/two.md': '---\ntitle: Two\n---\nText of two.\n',
    'posts/pic.png': png,
    'posts/secret.png': png,
    'posts/draft.md': '---\ntitle: Not yet\ndraft: true\n---\nSee ![a](secret.png)\n',
    'posts/later.md': '---\ntitle: Much later\ndate: 2099-01-01\n---\nLater.\n',
    'headlines.txt': 'Harbour opens its new pier\n',
  });
  server = await startServer({
    DATA_DIR: dir,
    PUBLIC_URL: 'https://news.example.com/base',
    STORE_URL: storeUrl,
    WATCH: 'true',
  });
});

afterAll(async () => {
  expect(await server.stop()).toBe(0);
});

type Answer = { status: number; headers: Record<string, string | string[] | undefined>; body: Buffer };

function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(server.origin + path, { headers, method }, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk as Buffer);
      resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(chunks) });
    });
    asked.on('error', reject).end();
  });
}

const types = {
  '/rss.xml': 'application/rss+xml; charset=utf-8',
  '/atom.xml': 'application/atom+xml; charset=utf-8',
  '/feed.json': 'application/feed+json; charset=utf-8',
  '/articles/rss.xml': 'application/rss+xml; charset=utf-8',
  '/headlines/atom.xml': 'application/atom+xml; charset=utf-8',
  '/tags/gr%C3%B6%C3%9Fe/feed.json': 'application/feed+json; charset=utf-8',
};

/** Header fields without what the clock moves on by itself: between two requests a second may begin. */
const atAnyTime = ({ headers }: Answer): Answer['headers'] => ({
  ...headers,
  date: '',
  'cache-control': String(headers['cache-control']).replace(/^public, max-age=\d+/, 'public, max-age=N'),
});

test.each(Object.entries(types))(
  '%s answers 200 with its type, validators and freshness, and 304 to each validator',
  async (path, type) => {
    const full = await ask(path);
    expect(full.status).toBe(200);
    expect(full.headers['content-type']).toBe(type);
    expect(full.headers['content-length']).toBe(String(full.body.length));
    expect(full.headers.etag).toMatch(/^W\/"\d+-[0-9a-f]{16}"$/);
    expect(Date.parse(full.headers['last-modified'] as string)).toBeLessThanOrEqual(
      Date.parse(full.headers.date as string),
    );
    expect(full.headers['cache-control']).toMatch(/^public, max-age=\d+, s-maxage=60, /);
    expect(full.headers.vary).toBe('Accept-Encoding');
    expect(full.headers.link).toContain(`<https://news.example.com/base${path}>; rel="self"`);
    expect(full.headers['x-powered-by']).toBeUndefined();
    expect(full.body.toString()).toContain(`https://news.example.com/base${path}`);

    const byTag = await ask(path, { 'if-none-match': full.headers.etag as string, 'cache-control': 'no-cache' });
    expect([byTag.status, byTag.body.length]).toEqual([304, 0]);
    expect(byTag.headers.etag).toBe(full.headers.etag);
    const byDate = await ask(path, { 'if-modified-since': full.headers['last-modified'] as string });
    expect(byDate.status).toBe(304);
    expect((await ask(`/base${path}?utm_source=x`)).headers.etag).toBe(full.headers.etag);

    const head = await ask(path, {}, 'HEAD');
    expect([head.status, head.body.length]).toEqual([200, 0]);
    expect(atAnyTime(head)).toEqual(atAnyTime(full));
  },
);

test('a document comes in the encoding that is asked for, under one tag', async () => {
  const { gunzipSync, brotliDecompressSync } = await import('node:zlib');
  const plain = await ask('/rss.xml');
  const zipped = await ask('/rss.xml', { 'accept-encoding': 'gzip' });
  const brotli = await ask('/rss.xml', { 'accept-encoding': 'gzip, br' });
  expect(zipped.headers['content-encoding']).toBe('gzip');
  expect(brotli.headers['content-encoding']).toBe('br');
  expect(gunzipSync(zipped.body)).toEqual(plain.body);
  expect(brotliDecompressSync(brotli.body)).toEqual(plain.body);
  expect(new Set([plain, zipped, brotli].map(({ headers }) => headers.etag)).size).toBe(1);
  expect((await ask('/rss.xml', { 'accept-encoding': '*;q=0' })).status).toBe(406);
});

test('every link in the feed answers, and the pages show the entry', async () => {
  const feed = JSON.parse((await ask('/feed.json')).body.toString()) as { items: { url: string; title: string }[] };
  expect(feed.items.map(({ title }) => title).toSorted()).toEqual(['Harbour opens its new pier', 'One', 'Two']);
  for (const { url, title } of feed.items) {
    const page = await ask(new URL(url).pathname);
    expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.body.toString()).toMatch(new RegExp(`<h1[^>]*>${RegExp.escape(title)}</h1>`));
  }
  for (const path of ['/', '/articles/', '/headlines/', '/tags/gr%C3%B6%C3%9Fe/'])
    expect((await ask(path)).status).toBe(200);
  expect((await ask('/articles')).headers.location).toBe('https://news.example.com/base/articles/');
  expect((await ask('/articles/one/')).headers.location).toBe('https://news.example.com/base/articles/one');
});

test('a link to another source file leads to its page, and a picture to its media file', async () => {
  const body = (await ask('/feed.json')).body.toString();
  expect(body).toContain('https://news.example.com/base/media/posts/pic.png');
  expect(body).toContain('https://news.example.com/base/articles/two');
  const picture = await ask('/media/posts/pic.png');
  expect([picture.status, picture.headers['content-type']]).toEqual([200, 'image/png']);
  expect(picture.body).toEqual(png);
  expect(picture.headers['content-security-policy']).toBe("sandbox; default-src 'none'");
});

const absent = [
  '/media/posts/secret.png',
  '/media/posts/one.md',
  '/media/publication.yaml',
  '/media/../publication.yaml',
  '/media/%2e%2e/publication.yaml',
  '/articles/later',
  '/articles/draft',
  '/articles/nothing',
  '/nothing.xml',
  '/tags/nothing/rss.xml',
];
test.each(absent)('%s is not found', async (path) => {
  expect((await ask(path)).status).toBe(404);
});

test('what is not due is nowhere', async () => {
  for (const path of [...Object.keys(types), '/']) {
    expect((await ask(path)).body.toString()).not.toMatch(/Not yet|Much later/);
  }
});

test('only GET, HEAD and OPTIONS are answered', async () => {
  const posted = await ask('/rss.xml', {}, 'POST');
  expect([posted.status, posted.headers.allow]).toEqual([405, 'GET, HEAD, OPTIONS']);
  expect((await ask('/rss.xml', {}, 'OPTIONS')).status).toBe(204);
});

test('the probes say that the server lives and is ready', async () => {
  expect((await ask('/livez')).status).toBe(200);
  expect((await ask('/readyz')).status).toBe(200);
});

test('with WATCH a saved file is in the feeds a moment later, under a new tag', async () => {
  const before = await ask('/rss.xml');
  writeFileSync(join(dir, 'posts', 'three.md'), '---\ntitle: Three\n---\nText of three.\n');
  const deadline = Date.now() + 20_000;
  let after = before;
  while (!after.body.toString().includes('Three') && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    after = await ask('/rss.xml');
  }
  expect(after.body.toString()).toContain('<title>Three</title>');
  expect(after.headers.etag).not.toBe(before.headers.etag);
});

test('a refresh that several asked for is told of once', async () => {
  const told = (): readonly string[] => server.log.filter((line) => line.includes('"msg":"refresh"'));
  const before = told().length;
  write(dir, { 'posts/four.md': '---\ntitle: Four\n---\nText of four.\n' });
  // All but the first come while one runs, and share the next.
  for (let asked = 0; asked < 10; asked += 1) {
    server.process.kill('SIGHUP');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await expect.poll(async () => (await ask('/base/rss.xml')).body.toString(), { timeout: 10_000 }).toContain('Four');
  await expect.poll(() => told().length, { timeout: 10_000 }).toBeGreaterThan(before + 1);
  expect(new Set(told()).size).toBe(told().length);
});

test('a reload that is asked for while the server loads does not end it', async () => {
  const asking = `import { registerHooks } from 'node:module';
    registerHooks({ load: (url, context, next) => {
      if (url.endsWith('/newsroom.ts')) process.kill(process.pid, 'SIGHUP');
      return next(url, context);
    } });`;
  const preload = `--import data:text/javascript,${encodeURIComponent(asking)}`;
  const started = await startServer({ DATA_DIR: dir, NODE_OPTIONS: preload });
  expect(await started.stop()).toBe(0);
});

test('a server that cannot listen says why, and ends', async () => {
  const { port } = new URL(server.origin);
  const env = { DATA_DIR: dir, PORT: port, ADMIN_TOKEN: 'a-token-of-the-tests' };
  await expect(startServer(env)).rejects.toThrow(/ended with 1: .*cannot listen on port \d+: .*EADDRINUSE/s);
  const storeUrl = `sqlite:${newFolder()}/store.db`;
  // Once a store is there, a schedule runs before anybody listens.
  await (await startServer({ DATA_DIR: dir, STORE_URL: storeUrl })).stop();
  await expect(startServer({ ...env, STORE_URL: storeUrl })).rejects.toThrow('ended with 1');
});
