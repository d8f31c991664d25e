import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { parseOpml } from 'feedsmith';
import OpmlParser from 'opmlparser';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { validateXML, type XMLFileInfo } from 'xmllint-wasm';
import { newFolder, type ServerProcess, startServer, write } from '../harness.ts';

const hour = 3_600_000;
const day = (offset: number): string => new Date(Date.now() + offset).toISOString();

let server: ServerProcess;
beforeAll(async () => {
  const dir = newFolder();
  write(dir, {
    'publication.yaml': `title: The "Pier" & more\ndescription: News <of> the sea\nlanguage: pt-BR\n`,
    'fresh.md': `---\ntitle: Fresh & <new>\ndate: ${day(-hour)}\ntags: [Größe, C++]\nauthor: Ana\n---\nText.\n`,
    'chinese.zh-TW.md': `---\ntitle: 港口\ndate: ${day(-2 * hour)}\n---\nText.\n`,
    'old.md': `---\ntitle: Old\nguid: old 17\ndate: ${day(-50 * hour)}\ntags: [Größe]\n---\nText.\n`,
    'headlines.txt': 'Ferry sails on Sundays too\nBridge opens https://elsewhere.example/bridge\n',
  });
  server = await startServer({ DATA_DIR: dir, PUBLIC_URL: 'https://news.example.com/base' });
});
afterAll(() => server.stop());

const get = (path: string): Promise<Response> => fetch(server.origin + path);
const text = async (path: string): Promise<string> => (await get(path)).text();
const url = (path: string): string => `https://news.example.com/base${path}`;

test('every page links its own feed first, then that of everything, RSS before Atom before JSON', async () => {
  const own = (folder: string): readonly string[] =>
    ['rss.xml', 'atom.xml', 'feed.json'].map((name) => url(folder + name));
  const expected: Readonly<Record<string, readonly string[]>> = {
    '/': own('/'),
    '/articles/': [...own('/articles/'), ...own('/')],
    '/tags/gr%C3%B6%C3%9Fe/': [...own('/tags/gr%C3%B6%C3%9Fe/'), ...own('/')],
    '/articles/fresh': [...own('/articles/'), ...own('/')],
    '/headlines/ferry-sails-on-sundays-too': [...own('/headlines/'), ...own('/')],
    '/archive/': own('/'),
    '/about/feeds': own('/'),
  };
  for (const [path, hrefs] of Object.entries(expected)) {
    const page = await get(path);
    const html = await page.text();
    const links = [...html.matchAll(/<link rel="alternate" type="[^"]+" title="[^"]+" href="([^"]+)">/g)];
    expect(
      links.map(([, href]) => href),
      path,
    ).toEqual(hrefs);
    const header = [...page.headers.get('link')!.matchAll(/<([^>]+)>; rel="alternate"/g)].map(([, href]) => href);
    expect(header, path).toEqual(hrefs);
    expect(html).toContain(
      `<link rel="blogroll" type="text/xml" title="The &quot;Pier&quot; &amp; more: all feeds" href="${url('/feeds.opml')}">`,
    );
  }
});

type Outline = {
  readonly text?: string;
  readonly xmlUrl?: string;
  readonly htmlUrl?: string;
  readonly type?: string;
  readonly outlines?: readonly Outline[];
};

test('the list of feeds is read alike by two OPML parsers, and every feed and page in it answers', async () => {
  const response = await get('/feeds.opml');
  expect(response.headers.get('content-type')).toBe('text/x-opml; charset=utf-8');
  const opml = await response.text();
  expect(await text('/.well-known/feeds')).toBe(opml);
  // The feed validator takes `docs` for an error.
  expect(opml).not.toContain('<docs>');
  const parsed = parseOpml(opml);
  expect(parsed.head?.title).toBe('The "Pier" & more: feeds');
  const flat = (outlines: readonly Outline[]): readonly Outline[] =>
    outlines.flatMap((one) => (one.xmlUrl === undefined ? flat(one.outlines ?? []) : [one]));
  const outlines = flat((parsed.body?.outlines ?? []) as readonly Outline[]);
  const titles = ['The "Pier" & more', 'Articles', 'Headlines', 'C++', 'Größe', 'Ana'];
  expect(outlines.map(({ text: name }) => name?.replace('The "Pier" & more: ', '')).toSorted()).toEqual(
    titles.toSorted(),
  );
  const again = await readOpml(opml);
  expect(again.toSorted()).toEqual(outlines.map(({ text: name, xmlUrl }) => `${name} ${xmlUrl}`).toSorted());
  for (const { xmlUrl, htmlUrl } of outlines) {
    for (const one of [xmlUrl, htmlUrl]) expect((await get(one!.replace(url(''), ''))).status, one).toBe(200);
  }
});

function readOpml(opml: string): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const found: string[] = [];
    const parser = new OpmlParser({});
    parser.on('error', reject);
    parser.on('readable', () => {
      for (let one = parser.read(); one !== null; one = parser.read()) {
        if (one['#type'] === 'feed') found.push(`${one.text} ${one.xmlurl}`);
      }
    });
    parser.on('end', () => resolve(found));
    Readable.from([opml]).pipe(parser);
  });
}

test('the sitemap passes its schema, and lists what is published here and nothing else', async () => {
  const sitemap = await text('/sitemap.xml');
  expect(await faultsOf(sitemap)).toEqual([]);
  const locations = [...sitemap.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, location]) => location!);
  expect(locations.filter((one) => one.includes('/articles/')).toSorted()).toEqual(
    ['/articles/', '/articles/chinese', '/articles/fresh', '/articles/old'].map(url),
  );
  // What leads to another site is for that site to list.
  expect(locations.filter((one) => one.includes('/headlines/'))).toEqual(
    ['/headlines/', '/headlines/ferry-sails-on-sundays-too'].map(url),
  );
  for (const one of locations) expect((await get(one.replace(url(''), ''))).status, one).toBe(200);
});

test('the news sitemap passes its schema and lists the articles of the last 48 hours', async () => {
  const sitemap = await text('/news-sitemap.xml');
  expect(await faultsOf(sitemap)).toEqual([]);
  expect([...sitemap.matchAll(/<news:title>([^<]+)</g)].map(([, title]) => title)).toEqual([
    'Fresh &amp; &lt;new&gt;',
    '港口',
  ]);
  expect([...sitemap.matchAll(/<news:language>([^<]+)</g)].map(([, language]) => language)).toEqual(['pt', 'zh-tw']);
});

test('every address on the page for authors of readers answers', async () => {
  const [, main] = /<main[\s\S]*?>([\s\S]*)<\/main>/.exec(await text('/about/feeds'))!;
  const addresses = [...main!.matchAll(/https:\/\/news\.example\.com\/base(\/[^"<\s]*)/g)].map(([, path]) => path!);
  expect(new Set(addresses).size).toBeGreaterThan(10);
  for (const path of new Set(addresses)) expect((await get(path)).status, path).toBe(200);
});

test('the page for authors of readers says which ids are others in Atom', async () => {
  const { items } = JSON.parse(await text('/feed.json')) as { readonly items: readonly { readonly id: string }[] };
  const atom = await text('/atom.xml');
  expect(items.map(({ id }) => id).filter((id) => !atom.includes(`<id>${id}</id>`))).toEqual(['old 17']);
  expect(await text('/about/feeds')).toContain('one that is no IRI is a <code>urn:uuid:</code> in Atom');
});

test('robots.txt names the sitemaps, and the icon is found where browsers look', async () => {
  expect(await text('/robots.txt')).toContain(`Sitemap: ${url('/sitemap.xml')}\n`);
  const icon = await fetch(`${server.origin}/favicon.ico`, { redirect: 'manual' });
  expect([icon.status, icon.headers.get('location')]).toEqual([301, url('/favicon.svg')]);
  const own = await get('/favicon.svg');
  expect(own.headers.get('content-type')).toBe('image/svg+xml');
  expect(await own.text()).toContain('>T</text>');
});

async function faultsOf(xml: string): Promise<readonly string[]> {
  const schema = (name: string): XMLFileInfo => ({
    fileName: name,
    contents: readFileSync(join(import.meta.dirname, '..', 'schema', name), 'utf8'),
  });
  const { errors } = await validateXML({
    xml: { fileName: 'sitemap.xml', contents: xml },
    schema: schema('sitemap-0.9.xsd'),
    preload: [schema('sitemap-news-0.9.xsd')],
  });
  return errors.map(({ message }) => message);
}
