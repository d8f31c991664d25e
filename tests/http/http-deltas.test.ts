import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, constants, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newFolder, type ServerProcess, startServer, write } from '../harness.ts';
import { ask, type Raw } from './raw.ts';
import { expectCommon, until } from './site.ts';

const dir = newFolder();
let server: ServerProcess;
const before: Record<string, Raw> = {};
const after: Record<string, Raw> = {};
const paths = ['/rss.xml', '/atom.xml', '/feed.json', '/articles/rss.xml', '/tags/boats/rss.xml'];

const get = (path: string, ...headers: string[]): Promise<Raw> => ask(server.origin, `GET ${path}`, headers);
const tagOf = (answer: Raw | undefined): string => answer!.header('etag')!;
const newsboat = ['User-Agent: Newsboat/2.21 (Linux x86_64)', 'A-IM: feed'];

beforeAll(async () => {
  write(dir, { 'publication.yaml': 'title: Deltas\nid: tag:example.com,2026:deltas\n' });
  for (let n = 0; n < 12; n += 1) {
    write(dir, { [`a${n}.md`]: `---\ntitle: Article ${n}\ntags: boats\n---\n${`Line of text ${n}. `.repeat(80)}\n` });
  }
  server = await startServer({ DATA_DIR: dir, PUBLIC_URL: 'https://news.example.com' });
  for (const path of paths) before[path] = await get(path);
  writeFileSync(join(dir, 'new.md'), '---\ntitle: The newcomer\ntags: boats\n---\nA text that is new.\n');
  server.process.kill('SIGHUP');
  await until(async () => tagOf(await get('/tags/boats/rss.xml')) !== tagOf(before['/tags/boats/rss.xml']));
  for (const path of paths) after[path] = await get(path);
});
afterAll(() => server.stop());

describe.each(paths.slice(0, 4))('a reader that asks %s for what is new', (path) => {
  test('gets only that, as a whole feed, by its tag', async () => {
    const delta = await get(path, ...newsboat, `If-None-Match: ${tagOf(before[path])}`);
    expect([delta.status, delta.header('im'), delta.header('delta-base')]).toEqual([226, 'feed', tagOf(before[path])]);
    expect(delta.header('etag')).toBe(tagOf(after[path]));
    expect(delta.header('last-modified')).toBe(after[path]!.header('last-modified'));
    expect(delta.header('content-type')).toBe(after[path]!.header('content-type'));
    expect(delta.header('cache-control')).toMatch(/^private, max-age=\d+$/);
    expect(delta.header('vary')).toBe('Accept-Encoding, A-IM, If-None-Match, If-Modified-Since');
    expectCommon(delta);
    const text = delta.body.toString();
    expect(text).toContain('The newcomer');
    expect(text).not.toContain('Article 1');
    expect(text.length * 2).toBeLessThan(after[path]!.body.length);
  });

  test('gets it by its date too, in any encoding, and HEAD says the same', async () => {
    const since = `If-Modified-Since: ${before[path]!.header('last-modified')}`;
    const plain = await get(path, ...newsboat, since);
    expect(plain.status).toBe(226);
    const zipped = await get(path, ...newsboat, since, 'Accept-Encoding: gzip');
    const brotli = await get(path, ...newsboat, since, 'Accept-Encoding: br');
    expect(gunzipSync(zipped.body).toString()).toBe(plain.body.toString());
    expect(brotliDecompressSync(brotli.body).toString()).toBe(plain.body.toString());
    const head = await ask(server.origin, `HEAD ${path}`, [...newsboat, since]);
    expect([head.status, head.body.length]).toEqual([226, 0]);
    expect(head.header('content-length')).toBe(String(plain.body.length));
  });

  test('is told that there is nothing new when there is not', async () => {
    expect((await get(path, ...newsboat, `If-None-Match: ${tagOf(after[path])}`)).status).toBe(304);
  });

  test.each([
    ['its version is not known', [...newsboat, 'If-None-Match: W/"1000000000-AAAAAAAAAAAAAAAA"']],
    ['it says no version', newsboat],
    ['its date is between versions', [...newsboat, 'If-Modified-Since: Sat, 01 Jan 2000 00:00:00 GMT']],
  ])('gets all when %s', async (_, headers) => {
    const answer = await get(path, ...headers);
    expect([answer.status, answer.body.toString()]).toEqual([200, after[path]!.body.toString()]);
  });
});

test.each([
  ['rss2email/3.14 (https://github.com/rss2email/rss2email)', 'A-IM: feed'],
  ['feedparser/6.0.10 +https://github.com/kurtmckee/feedparser/', 'A-IM: feed'],
  ['Newsboat/2.21', 'A-IM: vcdiff'],
  ['Newsboat/2.21', 'A-IM: feed;q=0'],
  ['Newsboat/2.21', 'X-Other: feed'],
])('%s with %s gets the whole document', async (agent, header) => {
  const answer = await get('/rss.xml', `User-Agent: ${agent}`, header, `If-None-Match: ${tagOf(before['/rss.xml'])}`);
  expect([answer.status, answer.header('vary')]).toEqual([200, 'Accept-Encoding']);
});

test.each([
  'Liferea/1.15.0 (Linux; https://lzone.de/liferea/) AppleWebKit',
  'Vienna/3.9.1',
  'NewsBlur Feed Fetcher - 3 subscribers',
  'python-reader/3.12 (+https://github.com/lemon24/reader)',
])('%s gets the delta', async (agent) => {
  const headers = [`User-Agent: ${agent}`, 'A-IM: gzip, feed', `If-None-Match: "x", ${tagOf(before['/rss.xml'])}`];
  expect((await get('/rss.xml', ...headers)).status).toBe(226);
});

test('who asks through a cache, which may have put in its own tag, gets the whole document', async () => {
  const base = `If-None-Match: ${tagOf(before['/rss.xml'])}`;
  expect((await get('/rss.xml', ...newsboat, base, 'Via: 1.1 cache.example')).status).toBe(200);
});

test('a tag’s feed is always sent whole', async () => {
  const path = '/tags/boats/rss.xml';
  expect((await get(path, ...newsboat, `If-None-Match: ${tagOf(before[path])}`)).status).toBe(200);
});

test('in time a document is sent in the smallest encodings, under the tag that it had', async () => {
  const text = after['/rss.xml']!.body;
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: text.length };
  const smallest = brotliCompressSync(text, { params }).length;
  let answer: Raw | undefined;
  await until(async () => {
    answer = await get('/rss.xml', 'Accept-Encoding: br');
    return answer.body.length <= smallest;
  });
  expect(tagOf(answer)).toBe(tagOf(after['/rss.xml']));
  expect(brotliDecompressSync(answer!.body).toString()).toBe(text.toString());
  const zipped = await get('/rss.xml', 'Accept-Encoding: gzip');
  expect(gunzipSync(zipped.body).toString()).toBe(text.toString());
  expect((await get('/rss.xml', ...newsboat, `If-None-Match: ${tagOf(before['/rss.xml'])}`)).status).toBe(226);
});
