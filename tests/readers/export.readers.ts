import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { build, filesOf } from '../export/build.ts';
import { newFolder, write } from '../harness.ts';
import { aliases, conditions, encodings, missingPages, sameQueries } from '../http/conditions.ts';
import { ask, type Raw } from '../http/raw.ts';
import { type Site, startSite, until } from '../http/site.ts';
import { type Nginx, startNginx } from './nginx.ts';

const brotli = '/usr/lib/nginx/modules/ngx_http_brotli_static_module.so';
const hasBrotli = existsSync(brotli);
const out = join(newFolder(), 'out');
const publicUrl = 'https://news.example.com/base';
let site: Site;
let nginx: Nginx;
let full: Raw;

beforeAll(async () => {
  const env = { STORE_URL: `sqlite:${newFolder()}/store.db` };
  site = await startSite(env);
  appendFileSync(join(site.dir, 'publication.yaml'), 'hubs: ["http://127.0.0.1:9/hub"]\n');
  write(site.dir, {
    'pictured.md': '---\ntitle: A “pictured” one\n---\n![Harbour](harbour.png) ![Far](https://far.example/a.png)\n',
    'harbour.png': Buffer.alloc(5000, 'p'),
    'moved.md': '---\ntitle: Moved\nslug: first-place\n---\nText of what moves.\n',
    'old.md': '---\ntitle: Old\npermalink: /2019/Größe und so.html\n---\nText of an old one.\n',
    'odd.md': '---\ntitle: Odd\npermalink: /a$uri;{b}/%22quoted%22\n---\nText of an odd one.\n',
  });
  const answered =
    (path: string, status: number): (() => Promise<boolean>) =>
    async () => {
      site.refresh();
      return (await ask(site.origin, `GET ${path}`)).status === status;
    };
  await until(answered('/articles/first-place', 200));
  write(site.dir, { 'moved.md': '---\ntitle: Moved\nslug: second-place\n---\nText of what moves.\n' });
  await until(answered('/articles/second-place', 200));
  const { code, output } = await build({ out, env: { DATA_DIR: site.dir, PUBLIC_URL: publicUrl, ...env } });
  expect([code, output]).toEqual([0, expect.stringContaining('files written')]);
  nginx = await startExport();
  full = await get('/rss.xml');
});
afterAll(async () => {
  await nginx?.stop();
  await site?.stop();
});

/** nginx with what the export says of itself, and the smaller files switched on where there is the module. */
async function startExport(): Promise<Nginx> {
  const home = newFolder();
  const snippet = readFileSync(join(out, 'nginx.conf'), 'utf8');
  writeFileSync(join(home, 'export.conf'), hasBrotli ? snippet.replace('# brotli_static', 'brotli_static') : snippet);
  return startNginx(home, {
    main: hasBrotli ? `load_module ${brotli};` : '',
    server: `root ${out}; include ${home}/export.conf;`,
  });
}

const get = (path: string, ...headers: string[]): Promise<Raw> => ask(nginx.origin, `GET ${path}`, headers);
const live = (path: string, ...headers: string[]): Promise<Raw> => ask(site.origin, `GET ${path}`, headers);

function decoded(answer: Raw): string {
  const coding = answer.header('content-encoding');
  if (coding === 'gzip') return gunzipSync(answer.body).toString('latin1');
  return (coding === 'br' ? brotliDecompressSync(answer.body) : answer.body).toString('latin1');
}

/** The address of an exported file. */
function addressOf(file: string): string {
  const path = file.replace(/(^|\/)index\.html$/, '');
  const isFolder = /^(?:|articles|headlines|archive(?:\/.*)?|(?:tags|authors)(?:\/[^/]+)?)$/.test(path);
  return `/${path.split('/').map(encodeURIComponent).join('/')}${file !== path && isFolder && path !== '' ? '/' : ''}`;
}

function exported(): readonly string[] {
  const own = /^(?:\.linecaster.*|_headers|_redirects|nginx\.conf|(?:embed\/)?4\d\d\.html)$|\.(?:gz|br)$/;
  return filesOf(out).filter((file) => !own.test(file));
}

test('every exported file is what the live server sends, in every encoding, and is said to be the same', async () => {
  const files = exported();
  expect(files.length).toBeGreaterThan(50);
  for (const file of files) {
    const path = addressOf(file);
    const expected = await live(path);
    expect([path, expected.status]).toEqual([path, 200]);
    for (const coding of ['identity', 'gzip', 'br, gzip']) {
      const answer = await get(path, `Accept-Encoding: ${coding}`);
      expect([path, answer.status]).toEqual([path, 200]);
      expect(decoded(answer)).toBe(decoded(expected));
      for (const name of ['content-type', 'link', 'referrer-policy', 'x-frame-options', 'last-modified']) {
        if (name === 'last-modified' && !/\.(?:xml|json)$/.test(file.replace('sitemap.xml', ''))) continue;
        expect([path, name, answer.header(name)]).toEqual([path, name, expected.header(name)]);
      }
      for (const name of ['x-content-type-options', 'access-control-allow-origin', 'cross-origin-resource-policy']) {
        expect([path, name, answer.header(name)]).toEqual([path, name, expected.header(name)]);
      }
    }
  }
});

test('every address that documents, pages and sitemaps name leads to what the live server sends there', async () => {
  const paths = new Set<string>();
  for (const start of exported().map(addressOf)) {
    const { body } = await live(start);
    for (const [, path] of body.toString().matchAll(/https:\/\/news\.example\.com\/base(\/[^\s"'<>&?#{\\]*)/g))
      paths.add(path!);
  }
  expect(paths.size).toBeGreaterThan(50);
  for (const path of paths) {
    const [mine, theirs] = [await get(path), await live(path)];
    expect([path, mine.status, mine.header('location')]).toEqual([path, theirs.status, theirs.header('location')]);
    if (theirs.status === 200) expect(mine.body).toEqual(theirs.body);
  }
});

test('what a page may load is what it may load from the live server, or what its neighbours may', async () => {
  const [mine, theirs] = [await get('/articles/one'), await live('/articles/one')];
  const sourcesOf = (answer: Raw): readonly string[] =>
    answer
      .header('content-security-policy')!
      .split(';')
      .map((one) => one.trim());
  const wider = /^(?:img|media)-src /;
  const strict = (all: readonly string[]): readonly string[] => all.filter((one) => !wider.test(one)).toSorted();
  expect(strict(sourcesOf(mine))).toEqual(strict(sourcesOf(theirs)));
  expect(sourcesOf(mine).find((one) => one.startsWith('img-src'))).toContain('https://far.example');
});

describe('a document', () => {
  test('says all that the live one says but its tag', async () => {
    const theirs = await live('/rss.xml');
    const names = ({ headers }: Raw): readonly string[] =>
      headers
        .map(([name]) => name)
        .filter((name) => !['Server', 'Connection', 'Vary'].includes(name))
        .toSorted();
    expect(names(full)).toEqual(names(theirs));
    expect(full.header('link')).toContain('<http://127.0.0.1:9/hub>; rel="hub"');
    expect(full.header('cache-control')).toMatch(/^public, max-age=300, s-maxage=60, /);
    expect((await get('/rss.xml', 'Accept-Encoding: gzip')).header('vary')).toBe('Accept-Encoding');
  });

  test.each(sameQueries)('is the same with the query %s', async (query) => {
    const answer = await get(`/rss.xml${query}`);
    expect([answer.status, answer.body.toString()]).toEqual([200, full.body.toString()]);
  });

  test.each(missingPages)('has no page %s past its end', async (query) => {
    const answer = await get(`/rss.xml${query}`);
    expect([answer.status, answer.header('content-type')]).toEqual([404, 'text/plain; charset=utf-8']);
  });

  test('is sent whole in spite of a range', async () => {
    const answer = await get('/rss.xml', 'Range: bytes=0-9');
    expect([answer.status, answer.body.length]).toEqual([200, full.body.length]);
  });

  test.each(conditions)('to a client that says $name', async ({ headers, status, file }) => {
    const tag = full.header('etag')!;
    const known = { tag, opaque: tag.slice(1, -1), date: full.header('last-modified')! };
    expect((await get('/rss.xml', ...headers(known))).status).toBe(file ?? status);
  });

  test.each(encodings)('to a client that accepts %s', async (accepted, coding, file) => {
    const answer = await get('/rss.xml', `Accept-Encoding: ${accepted}`);
    const expected = hasBrotli
      ? (file ?? coding)
      : accepted.includes('gzip') && coding !== undefined
        ? 'gzip'
        : undefined;
    expect([answer.status, answer.header('content-encoding')]).toEqual([200, expected]);
    expect(decoded(answer)).toBe(full.body.toString('latin1'));
    const again = await get('/rss.xml', `Accept-Encoding: ${accepted}`, `If-None-Match: ${answer.header('etag')}`);
    expect(again.status).toBe(304);
  });
});

const folders = ['/', '/articles/', '/headlines/', '/tags/gr%C3%B6%C3%9Fe/', '/base/', '/base/articles/'];
describe.each(folders)('below %s', (folder) => {
  test.each(aliases)('%s is another name of %s', async (alias, name) => {
    const [answer, canonical] = [await get(`${folder}${alias}`), await get(`${folder}${name}`)];
    expect([answer.status, answer.header('etag')]).toEqual([200, canonical.header('etag')]);
    expect(answer.body.toString()).toBe(canonical.body.toString());
    for (const header of ['link', 'content-type']) expect(answer.header(header)).toBe(canonical.header(header));
  });
});

describe('an address', () => {
  test.each([
    '/tags/former/rss.xml',
    '/tags/former/atom.xml',
    '/tags/former/feed/',
    '/tags/former/',
    '/articles/first-place',
    '/articles',
    '/articles/one/',
    '/articles/three/',
    '/archive',
    '/tags/gr%C3%B6%C3%9Fe',
    '/embed/all/',
    '/favicon.ico',
    '/2019/Gr%C3%B6%C3%9Fe%20und%20so.html/',
  ])('%s leads to where the live server sends', async (path) => {
    const [mine, theirs] = [await get(path), await live(path)];
    expect([mine.status, mine.header('location')]).toEqual([301, theirs.header('location')]);
    expect(mine.header('access-control-allow-origin')).toBe('*');
  });

  test.each([
    ['/tags/over/rss.xml', 410],
    ['/tags/over/', 410],
    ['/tags/over', 410],
    ['/embed/tags/over', 410],
    ['/embed/tags/nothing', 404],
    ['/articles/three', 410],
    ['/nothing.xml', 404],
    ['/tags/nothing/rss.xml', 404],
    ['/articles/nothing', 404],
    ['/tags/nothing', 404],
    ['/tags/nothing/', 404],
    ['/articles/archive/9.rss.xml', 404],
    ['/media/nothing.png', 404],
    ['/404.html', 404],
    ['/410.html', 410],
    ['/embed/404.html', 404],
    ['/embed/410.html', 410],
  ])('%s is answered with %i, for readers in a few words and for people with a page', async (path, status) => {
    const [mine, theirs] = [await get(path), await live(path)];
    expect([mine.status, theirs.status]).toEqual([status, status]);
    expect(mine.header('content-type')).toBe(theirs.header('content-type'));
    expect(mine.header('cache-control')).toBe('public, max-age=60');
    for (const name of ['content-security-policy', 'x-frame-options'])
      expect([name, mine.header(name) !== undefined]).toEqual([name, theirs.header(name) !== undefined]);
    if (mine.header('content-type')!.startsWith('text/plain')) expect(mine.body).toEqual(theirs.body);
    else if (path.startsWith('/embed/')) expect(mine.body).toEqual(theirs.body);
    else expect(mine.body.toString()).toContain(status === 410 ? '<h1>Gone</h1>' : '<h1>Not found</h1>');
  });

  test.each(['/.linecaster-export.json', '/_headers', '/_redirects', '/nginx.conf', '/articles/one.md'])(
    '%s is nobody’s business',
    async (path) => expect((await get(path)).status).toBe(404),
  );
});

test('other methods are refused, and a browser on another site may ask with validators', async () => {
  for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) {
    const answer = await ask(nginx.origin, `${method} /rss.xml`);
    expect([answer.status, answer.header('allow')]).toEqual([405, 'GET, HEAD, OPTIONS']);
  }
  const [mine, theirs] = await Promise.all(
    [nginx.origin, site.origin].map((origin) => ask(origin, 'OPTIONS /rss.xml', ['Origin: https://elsewhere.example'])),
  );
  expect(mine!.status).toBe(204);
  for (const name of ['methods', 'headers', 'max-age'].map(
    (one) => `access-control-${one === 'max-age' ? one : `allow-${one}`}`,
  ))
    expect([name, mine!.header(name)]).toEqual([name, theirs!.header(name)]);
});

test('media keep their ranges, and nothing in them can run', async () => {
  const [mine, theirs] = [await get('/media/harbour.png'), await live('/media/harbour.png')];
  for (const name of ['content-type', 'content-security-policy', 'cache-control', 'last-modified'])
    expect([name, mine.header(name)]).toEqual([name, theirs.header(name)]);
  const part = await get('/media/harbour.png', 'Range: bytes=0-9');
  expect([part.status, part.body.length]).toEqual([206, 10]);
});

test('another export leaves every tag as it was', async () => {
  const tags = async (): Promise<readonly (string | undefined)[]> =>
    Promise.all(
      ['/rss.xml', '/articles/one', '/media/harbour.png'].map(async (path) => (await get(path)).header('etag')),
    );
  const before = await tags();
  const env = { DATA_DIR: site.dir, PUBLIC_URL: publicUrl };
  const other = await build({ out, env: { ...env, STORE_URL: `sqlite:${newFolder()}/other.db` } });
  expect([other.code, other.output]).toEqual([1, expect.stringContaining('is empty: ids and dates would start anew')]);
  expect(await tags()).toEqual(before);
});
