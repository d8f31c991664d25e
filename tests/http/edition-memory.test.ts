import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newFolder, type ServerProcess, startServer, write } from '../harness.ts';
import { ask, type Raw } from './raw.ts';
import { until } from './site.ts';

const dir = newFolder();
const storeFile = join(newFolder(), 'store.db');
const env = { DATA_DIR: dir, STORE_URL: `sqlite:${storeFile}`, PUBLIC_URL: 'https://news.example.com' };
const names = ['rss.xml', 'atom.xml', 'feed.json'];
const paths = ['/tags/boats', '/tags/h%C3%A4fen', '/authors/ada', '/articles'].flatMap((folder) =>
  names.map((name) => `${folder}/${name}`),
);
const roomy = new Map<string, Raw>();
let server: ServerProcess;

beforeAll(async () => {
  write(dir, {
    'publication.yaml':
      'title: Memory\nid: tag:example.com,2026:memory\nlimit: 5\nfeeds: { tags/boats: { limit: 3, content: summary } }\n',
  });
  for (let n = 0; n < 12; n += 1) {
    const tags = n % 3 === 0 ? '[Boats, Häfen]' : '[Boats]';
    const text = `Text of article ${n} with [a link](https://example.com/${n}). `.repeat(n === 7 ? 6000 : 5);
    write(dir, { [`a${n}.md`]: `---\ntitle: Article ${n}\nauthor: Ada\ntags: ${tags}\n---\n${text}\n` });
  }
  const first = await startServer(env);
  for (const path of paths) roomy.set(path, await ask(first.origin, `GET ${path}`));
  await first.stop();
  server = await startServer({ ...env, EDITION_MEMORY: '0' });
});
afterAll(() => server.stop());

test.each(paths)('%s is the same document where there is no room to keep it', async (path) => {
  const kept = roomy.get(path)!;
  const made = await ask(server.origin, `GET ${path}`);
  expect(kept.status).toBe(200);
  expect(made.status).toBe(200);
  expect(made.body.toString()).toBe(kept.body.toString());
  for (const name of ['etag', 'last-modified', 'link', 'content-type', 'content-length', 'vary']) {
    expect(made.header(name)).toBe(kept.header(name));
  }
  const zipped = await ask(server.origin, `GET ${path}`, ['Accept-Encoding: gzip']);
  const brotli = await ask(server.origin, `GET ${path}`, ['Accept-Encoding: br']);
  expect(gunzipSync(zipped.body).toString()).toBe(kept.body.toString());
  expect(brotliDecompressSync(brotli.body).toString()).toBe(kept.body.toString());
  const known = await ask(server.origin, `GET ${path}`, [`If-None-Match: ${kept.header('etag')}`]);
  expect([known.status, known.header('last-modified')]).toEqual([304, kept.header('last-modified')]);
  const head = await ask(server.origin, `HEAD ${path}`);
  expect([head.status, head.header('content-length')]).toEqual([200, kept.header('content-length')]);
});

test('it has its aliases, its pages and its refusals all the same', async () => {
  const alias = await ask(server.origin, 'GET /tags/boats/feed/?utm=x');
  expect([alias.status, alias.header('etag')]).toEqual([200, roomy.get('/tags/boats/rss.xml')!.header('etag')]);
  expect((await ask(server.origin, 'GET /tags/boats/rss.xml?page=2')).status).toBe(200);
  expect((await ask(server.origin, 'GET /tags/boats/')).status).toBe(200);
  expect((await ask(server.origin, 'POST /tags/boats/rss.xml', ['Content-Length: 0'])).status).toBe(405);
});

test('it follows what changes', async () => {
  write(dir, { 'new.md': '---\ntitle: The newcomer\ntags: Boats\n---\nNews.\n' });
  server.process.kill('SIGHUP');
  const before = roomy.get('/tags/boats/rss.xml')!;
  let after = before;
  await until(async () => {
    after = await ask(server.origin, 'GET /tags/boats/rss.xml', [`If-None-Match: ${before.header('etag')}`]);
    return after.status === 200;
  });
  expect(after.body.toString()).toContain('The newcomer');
});

test('it is answered even when the store is not to be read any more', async () => {
  const path = '/authors/ada/atom.xml';
  // The server may be writing at this moment.
  const database = new DatabaseSync(storeFile, { timeout: 5000 });
  database.exec('alter table feeds rename to lost');
  database.close();
  // Nothing was remembered of it either: the last edition's file has it.
  const answer = await ask(server.origin, `GET ${path}`);
  expect(answer.status).toBe(200);
  expect(answer.body.toString()).toBe(roomy.get(path)!.body.toString());
});
