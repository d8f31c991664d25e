import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, exchange, parse, type Raw, toRequest } from './raw.ts';
import { expectCommon, type Site, startSite } from './site.ts';

let site: Site;
let full: Raw;

beforeAll(async () => {
  site = await startSite();
  full = await get('/rss.xml');
});
afterAll(() => site.stop());

const get = (path: string, ...headers: string[]): Promise<Raw> => ask(site.origin, `GET ${path}`, headers);

describe('an address', () => {
  test('of a feed that moved leads to the new one', async () => {
    for (const name of ['rss.xml', 'atom.xml', 'feed.json', 'feed/']) {
      const answer = await get(`/tags/former/${name}`);
      const to = name === 'feed/' ? 'rss.xml' : name;
      expect([answer.status, answer.header('location')]).toEqual([
        301,
        `https://news.example.com/base/tags/latter/${to}`,
      ]);
      expectCommon(answer);
    }
  });

  test('of a feed that moved is one redirect away, with or without a slash, and on the same page', async () => {
    for (const [path, to] of [
      ['/tags/former', '/tags/latter/'],
      ['/embed/tags/former/', '/embed/tags/latter'],
      ['/tags/former/rss.xml/', '/tags/latter/rss.xml'],
      ['/tags/former/rss.xml?page=2', '/tags/latter/rss.xml?page=2'],
      ['/tags/former/feed/?paged=3&x=1', '/tags/latter/rss.xml?page=3'],
      ['/tags/former/rss.xml?page=1', '/tags/latter/rss.xml'],
    ]) {
      const answer = await get(path!);
      expect([path, answer.status, answer.header('location')]).toEqual([
        path,
        301,
        `https://news.example.com/base${to}`,
      ]);
    }
  });

  test('of a feed whose new name has none yet goes on as before', async () => {
    for (const name of ['rss.xml', 'atom.xml', 'feed.json', 'feed/', '', 'archive/1.rss.xml']) {
      expect((await get(`/tags/old/${name}`)).status).toBe(200);
    }
  });

  test('of a feed that ended, or of a withdrawn entry, is gone', async () => {
    const feed = await get('/tags/over/rss.xml');
    expect([feed.status, feed.header('content-type')]).toEqual([410, 'text/plain; charset=utf-8']);
    expect(feed.body.length).toBeLessThan(100);
    expectCommon(feed);
    const page = await get('/articles/three');
    expect([page.status, page.header('content-type')]).toEqual([410, 'text/html; charset=utf-8']);
    for (const path of ['/tags/over/', '/tags/over', '/tags/over/rss.xml/', '/embed/tags/over']) {
      expect([path, (await get(path)).status]).toEqual([path, 410]);
    }
  });

  test('of an archive document shares what became of its feed', async () => {
    for (const name of ['1.rss.xml', '1.atom.xml', '1.json']) {
      expect((await get(`/tags/over/archive/${name}`)).status).toBe(410);
      const moved = await get(`/tags/former/archive/${name}`);
      const to = `https://news.example.com/base/tags/latter/archive/${name}`;
      expect([moved.status, moved.header('location')]).toEqual([301, to]);
      expect((await get(`/tags/latter/archive/${name}`)).status).toBe(200);
    }
  });

  test('of a folder or an entry is the one with or without its slash', async () => {
    expect((await get('/articles')).header('location')).toBe('https://news.example.com/base/articles/');
    const entry = await get('/articles/one/');
    expect([entry.status, entry.header('location')]).toEqual([301, 'https://news.example.com/base/articles/one']);
  });

  test('of a document with a slash is the one without it, on the same page', async () => {
    for (const path of ['/rss.xml', '/tags/latter/atom.xml']) {
      const answer = await get(`${path}/?page=2`);
      const to = `https://news.example.com/base${path}?page=2`;
      expect([answer.status, answer.header('location')]).toEqual([301, to]);
    }
  });

  test('of the publication may lack its slash', async () => {
    for (const target of ['/base', '/base?x=1', 'http://any.example/base', '/b%61se']) {
      const answer = await get(target);
      expect([answer.status, answer.header('location')]).toEqual([301, 'https://news.example.com/base/']);
    }
  });

  test.each([
    '/nothing.xml',
    '/tags/nothing/rss.xml',
    '/nothing/feed/',
    '/x.json',
    '/articles/archive/9.rss.xml',
    '/a.rss',
  ])('%s is not there, and a reader is told so in a few words', async (path) => {
    const answer = await get(path);
    expect([answer.status, answer.header('content-type')]).toEqual([404, 'text/plain; charset=utf-8']);
    expect(answer.header('cache-control')).toBe('public, max-age=60');
    expect(answer.body.length).toBeLessThan(100);
    expectCommon(answer);
  });

  test('that is nothing shows people a page', async () => {
    const answer = await get('/articles/nothing');
    expect([answer.status, answer.header('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    expect(answer.body.toString()).toContain('<h1>Not found</h1>');
    expect(answer.header('etag')).toBeUndefined();
    expect((await get('/articles/nothing', 'If-None-Match: *')).status).toBe(404);
  });
});

describe('methods', () => {
  test.each(['POST', 'PUT', 'DELETE', 'PATCH'])('%s is refused', async (method) => {
    for (const path of ['/rss.xml', '/feed/', '/nothing.xml', '/articles/one', '/media/x', '/livez']) {
      const answer = await ask(site.origin, `${method} ${path}`, ['Content-Length: 3', 'Content-Type: text/plain']);
      expect([answer.status, answer.header('allow')]).toEqual([405, 'GET, HEAD, OPTIONS']);
      expectCommon(answer);
    }
  });

  test('a browser on another site may ask with validators', async () => {
    const headers = [
      'Origin: https://elsewhere.example',
      'Access-Control-Request-Method: GET',
      'Access-Control-Request-Headers: if-none-match',
    ];
    for (const target of ['/rss.xml', '/nothing', '*']) {
      const answer = await ask(site.origin, `OPTIONS ${target}`, headers);
      expect([answer.status, answer.body.length]).toEqual([204, 0]);
      expect(answer.header('access-control-allow-methods')).toBe('GET, HEAD, OPTIONS');
      expect(answer.header('access-control-allow-headers')).toBe(
        'If-None-Match, If-Modified-Since, A-IM, Accept, Cache-Control',
      );
      expect(answer.header('access-control-max-age')).toBe('86400');
      expect(answer.header('content-length')).toBeUndefined();
      expectCommon(answer);
    }
  });
});

describe('an odd request', () => {
  const odd: readonly (readonly [start: string, status: number])[] = [
    ['GET /tags%2Fgr%C3%B6%C3%9Fe%2Frss.xml', 404],
    ['GET /articles/..%2f..%2fpublication.yaml', 404],
    ['GET /media/..%2fpublication.yaml', 404],
    ['GET /articles/../rss.xml', 404],
    ['GET /../../etc/passwd', 404],
    ['GET /%zz.xml', 404],
    ['GET /%', 404],
    ['GET /%ff%fe', 404],
    ['GET /%00', 404],
    ['GET /constructor', 404],
    ['GET /__proto__/rss.xml', 404],
    [`GET /${'x'.repeat(8000)}`, 404],
    [`GET /rss.xml?${'x'.repeat(8000)}`, 200],
    ['GET //rss.xml', 200],
    ['GET //!@#2?page=3', 404],
    ['GET /a?b#@//c', 404],
    ['GET /articles//rss.xml', 200],
    ['GET //evil.example/', 404],
    ['GET /tags/gr%c3%b6%c3%9fe/rss.xml', 200],
    ['GET /tags/gro%CC%88%C3%9Fe/rss.xml', 200],
    ['GET //base/rss.xml', 200],
    ['GET /b%61se/rss.xml', 200],
    ['GET /base//articles//rss.xml', 200],
    ['GET /base/base/rss.xml', 404],
    ['GET http://any.example/rss.xml', 200],
    ['GET http://any.example/base/rss.xml?x', 200],
    ['GET http://any.example', 200],
    ['GET http://any.example:80/media/publication.yaml', 404],
    ['GET http://any.example/base/media/nothing.png', 404],
    ['GET /rss.xml HTTP/1.0', 200],
    ['GET /rss.xml#part', 200],
    ['GET ?', 400],
    ['GET /RSS.XML', 404],
  ];
  test.each(odd)('%s is answered with %i', async (start, status) => {
    const answer = await ask(site.origin, start);
    expect(answer.status).toBe(status);
    if (status !== 200) expect(answer.body.length).toBeLessThan(3000);
    else if (start.includes('rss.xml') && !/tags|articles/.test(start))
      expect(answer.body.toString()).toBe(full.body.toString());
  });

  test('without a host is refused by HTTP/1.1, and answered by HTTP/1.0', async () => {
    const bare = await exchange(site.origin, 'GET /rss.xml HTTP/1.1\r\nConnection: close\r\n\r\n');
    expect(parse(bare, ['GET'])[0]!.status).toBe(400);
    const old = parse(await exchange(site.origin, 'GET /rss.xml HTTP/1.0\r\n\r\n'), ['GET']);
    expect([old[0]!.status, old[0]!.body.toString()]).toEqual([200, full.body.toString()]);
    const kept = 'GET /rss.xml HTTP/1.0\r\nConnection: keep-alive\r\n\r\n';
    expect(parse(await exchange(site.origin, kept, 300), ['GET'])[0]!.header('connection')).toBe('keep-alive');
  });

  test('that is none is told so', async () => {
    expect(parse(await exchange(site.origin, 'nonsense\r\n\r\n'), ['GET'])[0]!.status).toBe(400);
    const long = toRequest(`GET /${'x'.repeat(20_000)}`);
    expect(parse(await exchange(site.origin, long), ['GET'])[0]!.status).toBe(431);
  });

  test('after another on one connection is answered in turn', async () => {
    const keep = ['Connection: keep-alive'];
    const starts = ['GET /rss.xml', 'HEAD /rss.xml', 'GET /articles/three', 'GET /atom.xml', 'GET /nothing.xml'];
    const requests = starts.map((start) => toRequest(start, keep)).join('') + toRequest('GET /feed.json');
    const answers = parse(
      await exchange(site.origin, requests),
      [...starts, 'GET'].map((one) => one.split(' ')[0]!),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 410, 200, 404, 200]);
    expect(answers[0]!.body.toString()).toBe(full.body.toString());
    expect(JSON.parse(answers[5]!.body.toString()).title).toBe('The Table');
  });
});
