import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { beforeAll, expect, test, vi } from 'vitest';
import { bodyHash } from '../../src/edition/resource.ts';
import { openStore } from '../../src/store/open.ts';
import { newFolder, write } from '../harness.ts';
import { build, type Export, filesOf, newExport, traces } from './build.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const settings = 'title: Exported\nlanguage: en\nid: tag:example.com,2026:export\nlimit: 3\n';

function article(title: string, date: string, more = ''): string {
  return `---\ntitle: ${title}\ndate: ${date}\ntags: [Sea]\n${more}---\n${`Text of ${title}. `.repeat(30)}\n`;
}

/** Articles enough that some are in no live document. */
async function exported(): Promise<Export> {
  const made = newExport();
  write(made.data, {
    'publication.yaml': settings,
    'headlines.txt': 'Harbour opens its new pier\n',
    'pictured.md': `${article('Pictured', '2026-02-08')}![Harbour](harbour.png)\n`,
    'harbour.png': Buffer.alloc(3000, 'p'),
  });
  for (let n = 1; n <= 7; n += 1) write(made.data, { [`a${n}.md`]: article(`Article ${n}`, `2026-02-0${n}`) });
  expect(await build(made)).toEqual({ code: 0, output: expect.stringMatching(/\d+ files written, 0 removed/) });
  return made;
}

/** Which files are not as they were: written, or taken away. */
function changed(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly string[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter((path) => before.get(path) !== after.get(path)).toSorted();
}

let site: Export;
beforeAll(async () => {
  site = await exported();
});

const secondOf = (path: string): number => statSync(join(site.out, path)).mtimeMs / 1000;

test('documents, pages and what they need lie ready, each with its compressed bytes beside it', () => {
  const files = filesOf(site.out);
  expect(files).toEqual(
    expect.arrayContaining([
      'rss.xml',
      'tags/sea/feed.json',
      'archive/1.atom.xml',
      'tags/sea/archive/1.rss.xml',
      'articles/a1/index.html',
      'archive/2026/02/07/index.html',
      'embed/tags/sea/index.html',
      'media/harbour.png',
      '.well-known/feeds',
      'sitemap.xml',
      '404.html',
    ]),
  );
  for (const path of ['rss.xml', 'articles/a1/index.html', 'feeds.opml', 'favicon.svg', 'sitemap.xml', 'embed.js']) {
    const [plain, gzip, brotli] = ['', '.gz', '.br'].map((end) => readFileSync(join(site.out, path + end)));
    expect(gunzipSync(gzip!).equals(plain!)).toBe(true);
    expect(brotliDecompressSync(brotli!).equals(plain!)).toBe(true);
    expect([secondOf(`${path}.gz`), secondOf(`${path}.br`)]).toEqual([secondOf(path), secondOf(path)]);
  }
  for (const path of files.filter((one) => /\.(?:gz|br)$/.test(one))) {
    expect(statSync(join(site.out, path)).size).toBeLessThan(statSync(join(site.out, path.slice(0, -3))).size);
  }
  expect(files.filter((path) => path.startsWith('media/'))).toEqual(['media/harbour.png']);
});

test('a document is as old as its Last-Modified, a media file as its source', async () => {
  const store = openStore(site.env.STORE_URL!);
  const { documents } = await store.load();
  await store.close();
  expect(documents.length).toBeGreaterThan(8);
  for (const { path, version } of documents) expect([path, secondOf(path.slice(1))]).toEqual([path, version]);
  const source = statSync(join(site.data, 'harbour.png')).mtimeMs;
  expect(secondOf('media/harbour.png')).toBe(Math.floor(source / 1000));
});

test('a build with nothing new touches no file', async () => {
  const before = traces(site.out);
  expect((await build(site)).output).toMatch(/: 0 files written, 0 removed/);
  expect(changed(before, traces(site.out))).toEqual([]);
});

test('one changed article changes its page and what lists it, and no other page', async () => {
  const before = traces(site.out);
  write(site.data, { 'a1.md': article('Article 1', '2026-02-01').replaceAll('Text', 'New text') });
  expect((await build(site)).code).toBe(0);
  const files = changed(before, traces(site.out)).filter((path) => !/\.(?:gz|br)$/.test(path));
  expect(files.filter((path) => path.endsWith('.html'))).toEqual([
    'archive/2026/02/01/index.html',
    'archive/2026/02/index.html',
    'articles/a1/index.html',
  ]);
  // It is too old for the live documents, which stay as they are.
  expect(files.filter((path) => path.endsWith('.json'))).toEqual([
    '.linecaster-export.json',
    'archive/1.json',
    'articles/archive/1.json',
    'tags/sea/archive/1.json',
  ]);
});

test('what was changed within one second still gets a later time, so that no server has one tag for both', async () => {
  const before = secondOf('articles/a7/index.html');
  utimesSync(join(site.out, 'articles/a7/index.html'), before + 5000, before + 5000);
  write(site.data, { 'a7.md': article('Article 7', '2026-02-07').replaceAll('Text', 'Tex7') });
  await build(site);
  expect(secondOf('articles/a7/index.html')).toBe(before + 5001);
});

test('a file that was lost or spoilt is written again, and a document gets its time back', async () => {
  const version = secondOf('atom.xml');
  rmSync(join(site.out, 'articles/a2/index.html'));
  rmSync(join(site.out, 'rss.xml.br'));
  writeFileSync(join(site.out, 'feed.json'), 'spoilt');
  utimesSync(join(site.out, 'atom.xml'), 1, 1);
  expect((await build(site)).output).toMatch(/: 3 files written, 0 removed/);
  expect(readFileSync(join(site.out, 'articles/a2/index.html'), 'utf8')).toContain('Text of Article 2');
  expect(JSON.parse(readFileSync(join(site.out, 'feed.json'), 'utf8')).title).toBe('Exported');
  expect(secondOf('atom.xml')).toBe(version);
});

test('a withdrawn or deleted article leaves the folder at the first build and is gone, and what the operator put there stays', async () => {
  rmSync(join(site.data, 'a4.md'));
  write(site.out, { 'googleabc.html': 'mine', 'articles/a3/notes.txt': 'mine too' });
  write(site.data, { 'a3.md': article('Article 3', '2026-02-03', 'draft: true\n') });
  const { output } = await build(site);
  expect(output).toContain('nginx.conf has changed; an nginx that includes it has to be reloaded');
  expect(filesOf(join(site.out, 'articles/a3'))).toEqual(['notes.txt']);
  expect(existsSync(join(site.out, 'articles/a4'))).toBe(false);
  expect(readFileSync(join(site.out, 'googleabc.html'), 'utf8')).toBe('mine');
  expect(readFileSync(join(site.out, 'nginx.conf'), 'utf8')).toMatch(/location = "\/articles\/a3" \{\s+return 410;/);
  const redirects = readFileSync(join(site.out, '_redirects'), 'utf8');
  for (const path of ['/articles/a3', '/articles/a4']) expect(redirects).toContain(`\n${path} /410.html 410\n`);
  for (const path of ['archive/1.rss.xml', 'sitemap.xml', 'archive/2026/02/index.html'])
    expect([path, readFileSync(join(site.out, path), 'utf8').includes('Article 3')]).toEqual([path, false]);
});

test('an entry’s old address, a renamed feed and other names of feeds are redirected', async () => {
  write(site.data, { 'star.md': article('Star', '2026-02-01', 'permalink: /s*\n') });
  await build(site);
  write(site.data, {
    'star.md': article('Star', '2026-02-01', 'permalink: /star\n'),
    'a5.md': article('Article 5', '2026-02-05', 'slug: fünf\ntags: [Ocean]\n'),
    'publication.yaml': `${settings}feeds: { tags/ocean: { was: [tags/sea] } }\ngone: [headlines]\n`,
  });
  await build(site);
  const redirects = readFileSync(join(site.out, '_redirects'), 'utf8').split('\n');
  expect(redirects).toEqual(
    expect.arrayContaining([
      '/articles/a5 https://news.example.com/articles/f%C3%BCnf 301',
      '/s%2A https://news.example.com/star 301',
      '/tags/sea/rss.xml https://news.example.com/tags/ocean/rss.xml 301',
      '/headlines/archive/1.json /410.html 410',
      '/favicon.ico https://news.example.com/favicon.svg 301',
      '/feed /rss.xml 200',
      '/tags/:tag/atom /tags/:tag/atom.xml 200',
      '/embed/* /embed/404.html 404',
    ]),
  );
  expect(filesOf(site.out).filter((path) => path.startsWith('tags/sea/'))).toEqual([]);
  const rules = readFileSync(join(site.out, 'nginx.conf'), 'utf8');
  expect(rules).toMatch(/location = "\/headlines\/archive\/1\.rss\.xml" \{\s+error_page 410 @ended;\s+return 410;/);
  write(site.data, { 'publication.yaml': settings });
  await build(site);
});

test('hosts are told types, times and links, and no header twice for one address', () => {
  const rules = readFileSync(join(site.out, '_headers'), 'utf8').split('\n\n').slice(1);
  const of = (path: string): readonly string[] =>
    rules
      .filter((rule) => matches(rule.split('\n')[0]!, path))
      .flatMap((rule) =>
        rule
          .trim()
          .split('\n')
          .slice(1)
          .map((line) => line.trim()),
      );
  expect(of('/rss.xml')).toEqual(
    expect.arrayContaining([
      'Content-Type: application/rss+xml; charset=utf-8',
      'Access-Control-Allow-Origin: *',
      'Cache-Control: public, max-age=300, s-maxage=60, stale-while-revalidate=60, stale-if-error=86400',
      'Link: <https://news.example.com/rss.xml>; rel="self", <https://news.example.com/>; rel="alternate"; type="text/html"',
    ]),
  );
  // Cloudflare Pages keeps only the last rule for an address.
  const addresses = rules.map((rule) => rule.split('\n')[0]!);
  expect(addresses).toEqual([...new Set(addresses)]);
  for (const path of filesOf(site.out).map((file) => `/${file.replace(/index\.html$/, '')}`)) {
    const names = of(path).map((line) => line.split(':')[0]!.toLowerCase());
    expect([path, names.toSorted()]).toEqual([path, [...new Set(names)].toSorted()]);
  }
});

test('rules for what every publication has are among the hundred that Cloudflare Pages reads', async () => {
  const other = newExport();
  for (let n = 0; n < 60; n += 1)
    write(other.data, { [`a${n}.md`]: `---\npermalink: /a-post-${n}\n---\nText ${n}.\n` });
  await build(other);
  const addresses = readFileSync(join(other.out, '_headers'), 'utf8').match(/^\/.*/gm)!;
  expect(addresses).toContain('/a-post-59');
  for (const page of ['/', '/articles', '/articles/*', '/tags/*', '/embed/*', '/404.html', '/rss.xml'])
    expect(addresses.slice(0, 100)).toContain(page);
});

/** As Netlify and Cloudflare Pages read a rule's address. */
function matches(rule: string, path: string): boolean {
  const pattern = rule
    .split(/(\*|:\w+)/)
    .map((part, index) => (index % 2 === 0 ? RegExp.escape(part) : part === '*' ? '.*' : '[^/]+'));
  return new RegExp(`^${pattern.join('')}$`).test(path);
}

test('a page shows what an article says now, and not what it said before a backup took the place of its store', async () => {
  const made = newExport();
  const folder = dirname(made.env.STORE_URL!.slice('sqlite:'.length));
  const backup = newFolder();
  // It is too old for the edition: those pages are made anew each time.
  for (let n = 1; n <= 4; n += 1) write(made.data, { [`a${n}.md`]: article(`Article ${n}`, '2026-02-09') });
  const says = async (text: string): Promise<void> => {
    write(made.data, { 'publication.yaml': settings, 'one.md': `---\ntitle: One\ndate: 2026-02-08\n---\n${text}\n` });
    expect((await build(made)).code).toBe(0);
    expect(readFileSync(join(made.out, 'articles/one/index.html'), 'utf8')).toContain(text);
  };
  await says('As it was at first.');
  cpSync(folder, backup, { recursive: true });
  await says('What a later one said.');
  rmSync(folder, { recursive: true });
  cpSync(backup, folder, { recursive: true });
  await says('What was found out since.');
});

test('with an empty store, or that of another publication, the folder is left as it is', async () => {
  const before = traces(site.out);
  const empty = `sqlite:${newFolder()}/new.db`;
  const lost = await build({ ...site, env: { ...site.env, STORE_URL: empty } });
  expect(lost.code).toBe(1);
  expect(lost.output).toContain(
    `${site.out} holds an export of tag:example.com,2026:export, but the store ${empty} is empty`,
  );
  expect(lost.output).toContain('Set STORE_URL to the store that it was made from');
  const other = newExport();
  write(other.data, { 'publication.yaml': 'id: tag:example.com,2026:other\n', 'one.md': '# One\n\nText.\n' });
  expect((await build(other)).code).toBe(0);
  const mixed = await build({ ...other, out: site.out });
  expect([mixed.code, mixed.output]).toEqual([1, expect.stringContaining('is that of tag:example.com,2026:other')]);
  expect(changed(before, traces(site.out))).toEqual([]);
});

test('when too much was deleted the build says so, and what else is new is written', async () => {
  const made = newExport();
  write(made.data, { 'publication.yaml': settings });
  for (let n = 1; n <= 30; n += 1) write(made.data, { [`a${n}.md`]: article(`Article ${n}`, '2026-02-08') });
  await build(made);
  for (let n = 1; n <= 25; n += 1) rmSync(join(made.data, `a${n}.md`));
  write(made.data, { 'new.md': article('New', '2026-02-09') });
  const { code, output } = await build(made);
  expect([code, output]).toEqual([1, expect.stringContaining('--allow-mass-withdrawal')]);
  const pages = (): boolean[] =>
    ['a1', 'a30', 'new'].map((name) => existsSync(join(made.out, 'articles', name, 'index.html')));
  expect(pages()).toEqual([true, true, true]);
  rmSync(join(made.data, 'a26.md'));
  const allowed = await build(made, '--allow-mass-withdrawal');
  expect([allowed.code, allowed.output]).toEqual([0, expect.stringContaining('files written')]);
  expect(pages()).toEqual([false, true, true]);
});

test('a folder within the data folder is refused: its pages would be read as articles', async () => {
  const { code, output } = await build({ ...site, out: join(site.data, 'out') });
  expect([code, output]).toEqual([1, expect.stringContaining('expected a folder outside the data folder')]);
  expect(existsSync(join(site.data, 'out'))).toBe(false);
});

test('a folder is refused also when it leads to the data folder, or has its pages go there', async () => {
  const made = newExport();
  const data = join(made.data, 'articles');
  write(data, { 'publication.yaml': settings, 'a.md': article('A', '2026-02-08') });
  const link = join(newFolder(), 'link');
  symlinkSync(data, link);
  const env = { ...made.env, DATA_DIR: data };
  for (const out of [made.data, link, join(link, 'new')]) {
    const { code, output } = await build({ env, out });
    expect([code, output]).toEqual([1, expect.stringContaining('expected a folder outside the data folder')]);
  }
  expect(readdirSync(data).toSorted()).toEqual(['a.md', 'publication.yaml']);
  const beside = { env: { ...made.env, DATA_DIR: join(made.data, 'data') }, out: made.data };
  cpSync(data, beside.env.DATA_DIR, { recursive: true });
  expect((await build(beside)).code).toBe(0);
});

test('a page is not written into a data folder that lies below the export', async () => {
  const made = newExport();
  const data = join(made.out, 'data');
  const text = article('A', '2026-02-08').replace('---\n', '---\npermalink: /data/old/a\n');
  write(data, { 'publication.yaml': settings, 'a.md': text, 'b.md': article('B', '2026-02-07') });
  const { code, output } = await build({ env: { ...made.env, DATA_DIR: data }, out: made.out });
  expect([code, output]).toEqual([1, expect.stringContaining('/data/old/a: the data folder is there')]);
  expect(readdirSync(data).toSorted()).toEqual(['a.md', 'b.md', 'publication.yaml']);
  expect(existsSync(join(made.out, 'articles', 'b', 'index.html'))).toBe(true);
});

test('an address that would lead out of the folder is named, and nothing is written there', async () => {
  write(site.data, { 'out.md': article('Out', '2026-02-02') });
  expect((await build(site)).code).toBe(0);
  // No file can have such an address any more; a store may.
  const store = new DatabaseSync(site.env.STORE_URL!.slice('sqlite:'.length));
  store.exec(`update entries set fields = replace(fields, '/articles/out"', '/x/../../../escaped"')`);
  store.close();
  const { code, output } = await build(site);
  expect([code, output]).toEqual([1, expect.stringContaining('escaped: no file can have this name')]);
  expect(existsSync(join(site.out, '..', 'escaped'))).toBe(false);
  expect(existsSync(join(site.out, '..', '..', 'escaped'))).toBe(false);
  rmSync(join(site.data, 'out.md'));
});

test('of two addresses with one file the second is named, and no page takes the place of a file of the export', async () => {
  const made = newExport();
  write(made.data, {
    'publication.yaml': settings,
    'foo.md': '---\ntitle: Foo\npermalink: /foo\n---\nText.\n',
    'bar.md': '---\ntitle: Bar\npermalink: /foo/index.html\n---\nText.\n',
    'conf.md': '---\ntitle: Conf\npermalink: /nginx.conf\n---\nText.\n',
    'long.md': `---\ntitle: Long\npermalink: /${'x'.repeat(300)}\n---\nText.\n`,
  });
  const { code, output } = await build(made);
  expect(code).toBe(1);
  expect(output).toMatch(/another page lies in foo\/index\.html/);
  expect(output).toMatch(/x: ENAMETOOLONG/);
  expect(readFileSync(join(made.out, 'nginx.conf'), 'utf8')).toContain('location');
  expect(JSON.parse(readFileSync(join(made.out, 'feed.json'), 'utf8')).items).toHaveLength(3);
});

test('a folder that holds something else already is filled, and none of that is taken away', async () => {
  const made = newExport();
  write(made.data, { 'publication.yaml': settings, 'one.md': '# One\n\nText.\n' });
  mkdirSync(made.out, { recursive: true });
  write(made.out, { CNAME: 'news.example.com\n', 'articles/mine/index.html': 'mine' });
  expect((await build(made)).code).toBe(0);
  expect((await build(made)).code).toBe(0);
  expect(filesOf(made.out)).toEqual(expect.arrayContaining(['CNAME', 'articles/mine/index.html', 'rss.xml']));
});

test('of two pages of which one would lie below the other the older has its file, however long it takes', async () => {
  const made = newExport();
  const words = Array.from({ length: 40_000 }, (_, n) => bodyHash(String(n))).join(' ');
  write(made.data, {
    'publication.yaml': 'title: Exported\nid: tag:example.com,2026:export\nlimit: 1\n',
    'a.md': `---\ntitle: A\ndate: 2026-02-01\npermalink: /old.html\n---\n${words}\n`,
    'b.md': '---\ntitle: B\ndate: 2026-02-02\npermalink: /old.html/b/\n---\nText.\n',
    'c.md': '---\ntitle: C\ndate: 2026-02-03\n---\nText.\n',
    'd.md': '---\ntitle: D\ndate: 2026-02-04\n---\nText.\n',
  });
  const { output } = await build(made);
  expect(output).toContain('/old.html/b: another page lies in old.html/b/index.html');
  const there = filesOf(made.out).filter((path) => path.startsWith('old.html'));
  expect(there).toEqual(['old.html', 'old.html.br', 'old.html.gz']);
});
