import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aliases, conditions, encodings, missingPages, sameQueries } from './conditions.ts';
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

  test.each(sameQueries)('is the same with the query %s', async (query) => {
    const answer = await get(`/rss.xml${query}`);
    expect([answer.status, answer.header('etag')]).toEqual([200, tag]);
    expect(answer.body.toString()).toBe(full.body.toString());
  });

  test.each(missingPages)('has no page %s past its end', async (query) => {
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

  test.each(conditions)('that says $name is answered with $status', async ({ headers, status }) => {
    expect((await get('/rss.xml', ...headers({ tag, opaque, date }))).status).toBe(status);
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
  test.each(encodings)('%s is answered with %s under the one tag', async (accepted, coding) => {
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

const folders = ['/', '/articles/', '/headlines/', '/tags/gr%C3%B6%C3%9Fe/', '/base/', '/base/articles/'];
describe.each(folders)('below %s', (folder) => {
  test.each(aliases)('%s is another name of %s', async (alias, name) => {
    const [answer, canonical] = [await get(`${folder}${alias}`), await get(`${folder}${name}`)];
    expect([answer.status, answer.header('etag')]).toEqual([200, canonical.header('etag')]);
    expect(answer.body.toString()).toBe(canonical.body.toString());
    expect(answer.header('link')).toBe(canonical.header('link'));
    const again = await get(`${folder}${alias}?x=1`, `If-None-Match: ${canonical.header('etag')}`);
    expect(again.status).toBe(304);
  });
});
