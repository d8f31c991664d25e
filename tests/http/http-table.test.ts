import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, exchange, parse, type Raw, toRequest } from './raw.ts';
import { expectCommon, type Site, startSite } from './site.ts';

let site: Site;
let full: Raw;
let tag: string;
let opaque: string;
let date: string;

beforeAll(async () => {
  site = await startSite();
  full = await get('/rss.xml');
  tag = full.header('etag')!;
  opaque = tag.slice(3, -1);
  date = full.header('last-modified')!;
});
afterAll(() => site.stop());

const get = (path: string, ...headers: string[]): Promise<Raw> => ask(site.origin, `GET ${path}`, headers);
const earlier = (seconds: number): string => new Date(Date.parse(date) - seconds * 1000).toUTCString();

describe('a document', () => {
  test('without a validator is sent whole, with all that tells what it is', () => {
    expect(full.status).toBe(200);
    expectCommon(full);
    expect(full.header('content-type')).toBe('application/rss+xml; charset=utf-8');
    expect(full.header('content-length')).toBe(String(full.body.length));
    expect(full.header('content-encoding')).toBeUndefined();
    expect(tag).toMatch(/^W\/"\d+-[0-9a-f]{16}"$/);
    expect(Date.parse(date)).toBe(Number(opaque.split('-')[0]) * 1000);
    expect(full.header('cache-control')).toMatch(
      /^public, max-age=\d+, s-maxage=60, stale-while-revalidate=60, stale-if-error=86400$/,
    );
    const age = Number(/max-age=(\d+)/.exec(full.header('cache-control')!)![1]);
    expect(age).toBeGreaterThanOrEqual(60);
    expect(age).toBeLessThanOrEqual(3600);
    expect(full.header('link')).toBe(
      '<https://news.example.com/base/rss.xml>; rel="self", <https://news.example.com/base/>; rel="alternate"; type="text/html"',
    );
  });

  test.each([
    ['/rss.xml', 'application/rss+xml; charset=utf-8'],
    ['/atom.xml', 'application/atom+xml; charset=utf-8'],
    ['/feed.json', 'application/feed+json; charset=utf-8'],
  ])('at %s has one type, whatever is accepted', async (path, type) => {
    for (const accept of ['*/*', 'text/html', 'application/json;q=0.1']) {
      expect((await get(path, `Accept: ${accept}`)).header('content-type')).toBe(type);
    }
  });

  test.each(['Range: bytes=0-9', 'If-Range: "x"'])('is sent whole in spite of %s', async (header) => {
    const answer = await get('/rss.xml', header, 'Range: bytes=0-9');
    expect([answer.status, answer.body.length]).toEqual([200, full.body.length]);
  });

  test.each(['?utm_source=x', '?_=123', '?page=1', '?page=0', '?page=-2', '?page=x', '?page=1.5', '?paged='])(
    'is the same with the query %s',
    async (query) => {
      const answer = await get(`/rss.xml${query}`);
      expect([answer.status, answer.header('etag')]).toEqual([200, tag]);
      expect(answer.body.toString()).toBe(full.body.toString());
    },
  );

  test.each(['?page=2', '?paged=99', '?x=1&page=3'])('has no page %s past its end', async (query) => {
    const answer = await get(`/rss.xml${query}`);
    expect([answer.status, answer.header('content-type')]).toEqual([404, 'text/plain; charset=utf-8']);
  });

  test('answers HEAD with the headers of GET and no body, with and without conditions', async () => {
    for (const headers of [[], [`If-None-Match: ${tag}`], ['Accept-Encoding: gzip'], ['If-None-Match: "x"']]) {
      const [asked, head] = [await get('/rss.xml', ...headers), await ask(site.origin, 'HEAD /rss.xml', headers)];
      const strip = ({ headers: all }: Raw): unknown => all.filter(([name]) => name !== 'Date');
      expect(head.status).toBe(asked.status);
      expect(strip(head)).toEqual(strip(asked));
      expect(head.body.length).toBe(0);
    }
  });
});

describe('a client that has the document', () => {
  test('is told so in few words', async () => {
    const connection = toRequest('GET /rss.xml', [`If-None-Match: ${tag}`, 'Connection: keep-alive']);
    const [answer] = parse(await exchange(site.origin, connection, 300), ['GET']);
    expect(answer!.status).toBe(304);
    const names = answer!.headers.map(([name]) => name).toSorted();
    const few = ['Access-Control-Allow-Origin', 'Cache-Control', 'Date', 'ETag', 'Last-Modified', 'Vary'];
    expect(names).toEqual(few);
    expect([answer!.header('etag'), answer!.header('last-modified')]).toEqual([tag, date]);
  });

  test.each([
    (x: string) => `W/"${x}"`,
    (x: string) => `"${x}"`,
    (x: string) => x,
    (x: string) => `"${x}-gzip"`,
    (x: string) => `W/"${x}-gzip"`,
    (x: string) => `"${x}-br"`,
    (x: string) => `"${x}--gzip"`,
    (x: string) => `"${x};gzip"`,
    (x: string) => `W/"a", W/"${x}"`,
    (_: string) => '*',
  ])('may write its tag as %s', async (spell) => {
    expect((await get('/rss.xml', `If-None-Match: ${spell(opaque)}`)).status).toBe(304);
    const older = `If-Modified-Since: ${earlier(3600)}`;
    expect((await get('/rss.xml', `If-None-Match: ${spell(opaque)}`, older)).status).toBe(304);
  });

  test('may send two lines of tags, and ask for nothing from caches', async () => {
    expect((await get('/rss.xml', 'If-None-Match: "a"', `If-None-Match: ${tag}`)).status).toBe(304);
    expect((await get('/rss.xml', `If-None-Match: ${tag}`, 'Cache-Control: no-cache', 'Pragma: no-cache')).status).toBe(
      304,
    );
  });

  test('with another tag gets it whole, however new its date', async () => {
    const newer = `If-Modified-Since: ${new Date(Date.now() + 3_600_000).toUTCString()}`;
    for (const other of ['""', '"other"', `"${opaque}x"`, `W/"1000000000-AAAAAAAAAAAAAAAA"`]) {
      expect((await get('/rss.xml', `If-None-Match: ${other}`, newer)).status).toBe(200);
    }
  });

  test('is believed by date alone, not older than Last-Modified', async () => {
    expect((await get('/rss.xml', `If-Modified-Since: ${date}`)).status).toBe(304);
    expect((await get('/rss.xml', `If-Modified-Since: ${earlier(-60)}`)).status).toBe(304);
    for (const since of [earlier(1), 'Sat, 01 Jan 2000 00:00:00 GMT', 'yesterday', '0']) {
      expect((await get('/rss.xml', `If-Modified-Since: ${since}`)).status).toBe(200);
    }
  });

  test('and asked a machine that is ahead of this one keeps that machine’s version', async () => {
    const version = Number(opaque.split('-')[0]) + 1;
    while (Date.now() < (version + 1) * 1000) await new Promise((resolve) => setTimeout(resolve, 100));
    const ahead = `W/"${version}-AAAAAAAAAAAAAAAA"`;
    const answer = await get('/rss.xml', `If-None-Match: ${ahead}`);
    expect([answer.status, answer.header('etag')]).toEqual([304, ahead]);
    expect(answer.header('last-modified')).toBe(new Date(version * 1000).toUTCString());
    const future = `W/"${version + 100_000}-AAAAAAAAAAAAAAAA"`;
    expect((await get('/rss.xml', `If-None-Match: ${future}`)).status).toBe(200);
  });
});

describe('encodings', () => {
  test.each([
    ['br, gzip', 'br'],
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip;q=1, br;q=0.5', 'gzip'],
    ['gzip, deflate', 'gzip'],
    ['deflate', undefined],
    ['identity', undefined],
    ['gzip;q=0', undefined],
  ])('%s is answered with %s under the one tag', async (accepted, coding) => {
    const answer = await get('/rss.xml', `Accept-Encoding: ${accepted}`);
    expect([answer.status, answer.header('content-encoding'), answer.header('etag')]).toEqual([200, coding, tag]);
    expect(answer.header('content-length')).toBe(String(answer.body.length));
  });

  test('none of ours is 406, in a few words', async () => {
    const answer = await get('/rss.xml', 'Accept-Encoding: identity;q=0, zstd');
    expect([answer.status, answer.header('content-type')]).toEqual([406, 'text/plain; charset=utf-8']);
    expectCommon(answer);
  });
});

const aliases = 'feed feed/ rss rss/ rss/feed.xml feed.xml feed.rss index.xml index.rss'.split(' ');
const folders = ['/', '/articles/', '/headlines/', '/tags/gr%C3%B6%C3%9Fe/', '/base/', '/base/articles/'];
describe.each(folders)('below %s', (folder) => {
  test.each([...aliases.map((name) => [name, 'rss.xml']), ['atom', 'atom.xml'], ['feed.atom', 'atom.xml']])(
    '%s is another name of %s',
    async (alias, name) => {
      const [answer, canonical] = [await get(`${folder}${alias}`), await get(`${folder}${name}`)];
      expect([answer.status, answer.header('etag')]).toEqual([200, canonical.header('etag')]);
      expect(answer.body.toString()).toBe(canonical.body.toString());
      expect(answer.header('link')).toBe(canonical.header('link'));
      const again = await get(`${folder}${alias}?x=1`, `If-None-Match: ${canonical.header('etag')}`);
      expect(again.status).toBe(304);
    },
  );
});
