import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { newFolder, type ServerProcess, startServer, write } from '../harness.ts';
import { ask, type Raw } from '../http/raw.ts';
import { until } from '../http/site.ts';
import { type Nginx, startNginx } from './nginx.ts';
import { type Relay, startRelay } from './relay.ts';

const run = promisify(execFile);
const dir = newFolder();
let server: ServerProcess;
let relay: Relay;
let url: string;
let added = 0;

beforeAll(async () => {
  write(dir, { 'publication.yaml': 'title: Readers\nlanguage: en\nid: tag:example.com,2026:readers\n' });
  for (let n = 0; n < 12; n += 1) {
    write(dir, { [`a${n}.md`]: `---\ntitle: Article ${n}\n---\n${`A line of text ${n}. `.repeat(60)}\n` });
  }
  server = await startServer({ DATA_DIR: dir, PUBLIC_URL: 'https://news.example.com' });
  relay = await startRelay(Number(new URL(server.origin).port));
  url = `http://127.0.0.1:${relay.port}`;
}, 30_000);
afterAll(async () => {
  await server.stop();
  await relay.close();
});
beforeEach(() => void relay.take());

const statuses = (): readonly number[] => relay.take().map(({ status }) => status);

/** Publishes one more article and waits for it; gives its title. */
async function publish(): Promise<string> {
  added += 1;
  const title = `Late news ${added}`;
  write(dir, { [`late-${added}.md`]: `---\ntitle: ${title}\n---\nText of the late news.\n` });
  server.process.kill('SIGHUP');
  await until(async () => (await ask(server.origin, 'GET /rss.xml')).body.toString().includes(title));
  return title;
}

test('newsboat gets all, then nothing, then only what is new, and shows every entry', async () => {
  const home = newFolder();
  writeFileSync(join(home, 'urls'), `${url}/atom.xml\n`);
  writeFileSync(join(home, 'config'), '');
  const cache = join(home, 'cache.db');
  const poll = (): Promise<unknown> =>
    run('newsboat', ['-C', join(home, 'config'), '-u', join(home, 'urls'), '-c', cache, '-x', 'reload'], {
      env: { PATH: process.env.PATH, HOME: home, TERM: 'dumb' },
    });
  const titles = (): readonly string[] => {
    const database = new DatabaseSync(cache, { readOnly: true });
    const rows = database.prepare('select title from rss_item where deleted = 0').all();
    database.close();
    return rows.map(({ title }) => title as string);
  };
  // It keeps the validators of a feed only once it has the feed: from the second time on.
  await poll();
  await poll();
  await poll();
  expect(statuses()).toEqual([200, 200, 304]);
  expect(titles()).toHaveLength(12 + added);
  const title = await publish();
  await poll();
  const [delta] = relay.take();
  expect([delta!.status, /^a-im: feed/im.test(delta!.request)]).toEqual([226, true]);
  expect(titles()).toContain(title);
  expect(titles()).toHaveLength(12 + added);
  await poll();
  expect(statuses()).toEqual([304]);
  expect(titles()).toHaveLength(12 + added);
});

test('sfeed gets all entries without a tag, and nothing when it sends the one it has', async () => {
  const home = newFolder();
  const feeds = join(home, 'feeds');
  const config = (fetch: string): string =>
    `sfeedpath='${feeds}'\nfeeds() {\n\tfeed 'news' '${url}/rss.xml'\n}\n${fetch}`;
  const poll = (fetch: string): Promise<unknown> => {
    writeFileSync(join(home, 'sfeedrc'), config(fetch));
    return run('sfeed_update', [join(home, 'sfeedrc')], { env: { PATH: process.env.PATH, HOME: home } });
  };
  const entries = (): readonly string[] => readFileSync(join(feeds, 'news'), 'utf8').trim().split('\n');
  await poll('');
  expect(statuses()).toEqual([200]);
  expect(entries()).toHaveLength(12 + added);
  const withTag = `fetch() {\n\tcurl -s -f --compressed --etag-compare '${home}/tag' --etag-save '${home}/tag' "$2"\n}\n`;
  writeFileSync(join(home, 'tag'), '');
  await poll(withTag);
  await poll(withTag);
  const [first, second] = relay.take();
  expect(first!.request).toMatch(/^if-none-match: ""/im);
  expect([first!.status, second!.status]).toEqual([200, 304]);
  expect(entries()).toHaveLength(12 + added);
});

test('feedparser is told by its tag, and by its date, that it has everything; what is new it gets in full', async () => {
  const script = `
import feedparser, json, sys
url = sys.argv[1]
first = feedparser.parse(url)
by_tag = feedparser.parse(url, etag=first.etag)
by_date = feedparser.parse(url, modified=first.modified)
other = feedparser.parse(url, etag='W/"1000000000-0123456789abcdef"')
print(json.dumps([first.status, first.bozo, len(first.entries), by_tag.status, by_date.status, other.status, len(other.entries)]))
`;
  for (const path of ['rss.xml', 'atom.xml']) {
    const { stdout } = await run('/usr/bin/python3', ['-c', script, `${url}/${path}`]);
    const count = 12 + added;
    expect(JSON.parse(stdout)).toEqual([200, false, count, 304, 304, 200, count]);
  }
});

test('fetch gets a 304, though it asks caches for nothing', async () => {
  const first = await fetch(`${url}/feed.json`);
  expect(((await first.json()) as { items: unknown[] }).items).toHaveLength(12 + added);
  const again = await fetch(`${url}/feed.json`, { headers: { 'if-none-match': first.headers.get('etag')! } });
  expect(again.status).toBe(304);
  expect(relay.take().at(-1)!.request).toMatch(/^cache-control: no-cache/im);
});

test('curl unpacks what it accepts', async () => {
  const plain = (await run('curl', ['-s', `${url}/rss.xml`])).stdout;
  const unpacked = (await run('curl', ['-s', '--compressed', `${url}/rss.xml`])).stdout;
  const [first, second] = relay.take();
  expect(first!.head).not.toMatch(/^content-encoding:/im);
  expect(second!.head).toMatch(/^content-encoding: (?:br|gzip)/im);
  expect(unpacked).toBe(plain);
});

test('behind nginx, which caches and compresses, a 304 is still a 304', async () => {
  const { origin, stop } = await startProxy(newFolder(), relay.port);
  try {
    const first = await ask(origin, 'GET /rss.xml', ['Accept-Encoding: gzip']);
    expect([first.status, first.header('content-encoding')]).toEqual([200, 'gzip']);
    // The first one was that of the probe.
    expect(statuses()).toEqual([200, 200]);
    const tag = first.header('etag')!;
    const spellings = [tag, tag.replace('W/', ''), tag.replace('W/', '').replace(/"$/, '-gzip"')];
    for (const spelling of spellings.slice(0, 2)) {
      const again = await ask(origin, 'GET /rss.xml', ['Accept-Encoding: gzip', `If-None-Match: ${spelling}`]);
      expect([again.status, again.header('etag')]).toEqual([304, tag]);
    }
    expect(statuses()).toEqual([]);
    let renewed = first;
    let asked: readonly number[] = [];
    await until(async () => {
      renewed = await ask(origin, 'GET /rss.xml', ['Accept-Encoding: gzip']);
      asked = statuses();
      return asked.length > 0;
    });
    expect([asked, renewed.status]).toEqual([[304], 200]);
    for (const spelling of spellings) {
      const passed = await ask(origin, 'GET /past/rss.xml', [`If-None-Match: ${spelling}`]);
      expect([passed.status, passed.header('etag')]).toEqual([304, tag]);
    }
    expect(gunzip(renewed.body)).toContain('<title>Article 1</title>');
  } finally {
    await stop();
  }
});

test('behind nginx, which asks again with its own tag, a reader of deltas misses nothing', async () => {
  const { origin, stop } = await startProxy(newFolder(), relay.port);
  const poll = (): Promise<Raw> =>
    ask(origin, 'GET /rss.xml', ['User-Agent: Newsboat/2.21', 'A-IM: feed', 'If-None-Match: W/"of-long-ago"']);
  try {
    await poll();
    const title = await publish();
    let answer = await poll();
    await until(async () => {
      answer = await poll();
      return answer.body.toString().includes(title);
    });
    expect([answer.status, answer.body.toString().includes('<title>Article 1</title>')]).toEqual([200, true]);
  } finally {
    await stop();
  }
});

function gunzip(body: Buffer): string {
  // nginx sends what it compresses in chunks: the compressed bytes begin after the first size.
  const start = body.indexOf(Buffer.from([0x1f, 0x8b]));
  const size = Number.parseInt(body.toString('latin1', 0, start), 16);
  return gunzipSync(body.subarray(start, start + size)).toString();
}

/** What README says of a cache, to be written into the configuration. */
function readmeLines(): string {
  const readme = readFileSync(join(import.meta.dirname, '..', '..', 'README.md'), 'utf8');
  return /```nginx\n([^`]*)```/.exec(readme)![1]!;
}

/** nginx as a proxy: `/` is cached for two seconds and then revalidated, `/past/` is not cached. */
function startProxy(home: string, target: number): Promise<Nginx> {
  mkdirSync(join(home, 'cache'));
  return startNginx(home, {
    http: `gzip on; gzip_types *; gzip_proxied any; gzip_min_length 100;
  proxy_cache_path ${home}/cache keys_zone=feeds:1m;
  proxy_http_version 1.1;`,
    server: `
    location / {
      proxy_pass http://127.0.0.1:${target};
      proxy_set_header Accept-Encoding ""; ${readmeLines()}
      proxy_cache feeds; proxy_cache_valid 200 2s; proxy_ignore_headers Cache-Control;
    }
    location /past/ { proxy_pass http://127.0.0.1:${target}/; }`,
  });
}
