import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newFolder, write } from '../harness.ts';
import { importFeed } from './importing.ts';

const fixtures = join(import.meta.dirname, '..', 'fixtures', 'import');
const expected = join(import.meta.dirname, '..', 'expected', 'import');

test.each([
  'blogger.xml',
  'linkblog.xml',
  'micro.json',
  'newsletter.xml',
  'podcast.xml',
  'videos.xml',
  'wordpress.xml',
  'xhtml.xml',
])('the entries of %s are written as expected', async (name) => {
  const { articles, code, out } = await importFeed(join(fixtures, name));
  expect(code, out).toBe(0);
  const texts = Object.entries(articles).map(([path, text]) => `# ${path}\n${text}`);
  await expect(texts.join('\n')).toMatchFileSnapshot(join(expected, `${name}.txt`));
});

/** What the old site answers at a path: a text, or a status. */
type Answers = Readonly<
  Record<string, string | number | { readonly type: string; readonly body: Uint8Array | string }>
>;

let server: Server;
let origin: string;
let answers: Answers = {};
let asked: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url!);
    const answer = answers[request.url!] ?? 404;
    if (typeof answer === 'number') response.writeHead(answer).end();
    else if (typeof answer === 'string') response.end(answer);
    else response.setHeader('content-type', answer.type).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

function serve(next: Answers): void {
  answers = next;
  asked = [];
}

function item(n: number, more = ''): string {
  return `<item><title>Story ${n}</title><link>${origin}/story-${n}</link><guid>id-${n}</guid><description>Text ${n}.</description>${more}</item>`;
}

function rss(items: string, head = ''): string {
  return `<?xml version="1.0"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Old</title><link>${origin}/</link>${head}${items}</channel></rss>`;
}

const older = (path: string, rel = 'prev-archive'): string => `<atom:link rel="${rel}" href="${origin}${path}"/>`;

test('archives are followed once each, also where they lead in a circle', async () => {
  serve({
    '/feed': rss(item(3), older('/2')),
    '/2': rss(item(2) + item(3), older('/1')),
    '/1': rss(item(1), older('/2')),
  });
  const { articles, code, out } = await importFeed(`${origin}/feed`);
  expect(Object.keys(articles)).toEqual(['articles/story-1.html', 'articles/story-2.html', 'articles/story-3.html']);
  expect(asked).toEqual(['/feed', '/2', '/1']);
  expect(code, out).toBe(0);
});

test('what was read is written when an archive cannot be, which is named', async () => {
  serve({ '/feed': rss(item(3), older('/2')), '/2': 503 });
  const { articles, code, out } = await importFeed(`${origin}/feed`);
  expect(Object.keys(articles)).toEqual(['articles/story-3.html']);
  expect(out).toContain(`import: ${origin}/2: expected a document, found the status 503`);
  expect(code).toBe(1);
});

test('the further pages of a WordPress feed are read until there are no more', async () => {
  const generator = '<generator>https://wordpress.org/?v=6.4.3</generator>';
  serve({ '/feed/': rss(item(3), generator), '/feed/?paged=2': rss(item(2), generator) });
  const { articles, code, out } = await importFeed(`${origin}/feed/`);
  expect(Object.keys(articles).length).toBe(2);
  expect(asked).toEqual(['/feed/', '/feed/?paged=2', '/feed/?paged=3']);
  expect(code, out).toBe(0);
});

test('the pages of a JSON Feed are read', async () => {
  const json = (id: number, more: object) =>
    JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'Old',
      items: [{ id, content_text: `Text ${id}.` }],
      ...more,
    });
  serve({ '/feed.json': json(2, { next_url: `${origin}/1.json` }), '/1.json': json(1, {}) });
  const { articles } = await importFeed(`${origin}/feed.json`);
  expect(Object.values(articles).map((text) => /^guid: (.+)$/m.exec(text)?.[1])).toEqual(['"1"', '"2"']);
});

test('an archive that a file leads to is named, since it is not read', async () => {
  const dir = newFolder();
  write(dir, { 'feed.xml': rss(item(1), older('/2')) });
  const { out, code } = await importFeed(join(dir, 'feed.xml'));
  expect(out).toContain(`the feed goes on at ${origin}/2, where a file does not lead: import its URL instead`);
  expect(code).toBe(1);
});

test('importing again adds what is new and touches nothing else', async () => {
  serve({ '/feed': rss(item(1) + item(2)) });
  const { dir } = await importFeed(`${origin}/feed`);
  const edited = '---\ntitle: Edited\nguid: id-1\n---\nAnother text.\n';
  write(dir, {
    'articles/story-1.html': edited,
    'publication.yaml': 'title: Mine\n',
    'articles/story-3.html': '<p>Mine.</p>',
  });
  serve({ '/feed': rss(item(3) + item(1) + item(2)) });
  const { articles, out } = await importFeed(`${origin}/feed`, { dir });
  expect(Object.keys(articles).map((path) => path.slice('articles/'.length))).toEqual([
    'story-1.html',
    'story-2.html',
    'story-3-2.html',
    'story-3.html',
  ]);
  expect(articles['articles/story-1.html']).toBe(edited);
  expect(articles['articles/story-3.html']).toBe('<p>Mine.</p>');
  expect(readFileSync(join(dir, 'publication.yaml'), 'utf8')).toBe('title: Mine\n');
  expect(out).toContain('1 entry written, 2 entries there already');
  expect(out).toContain('publication.yaml: stays as it is; the feed says of itself:');
});

test('writers that an entry leaves to its feed are written where the publication has others', async () => {
  const dir = newFolder();
  write(dir, { 'publication.yaml': 'title: Mine\nlanguage: en\n' });
  serve({ '/feed': rss(item(1), '<language>de</language><managingEditor>bo@old.example (Bo Ek)</managingEditor>') });
  const { articles } = await importFeed(`${origin}/feed`, { dir });
  expect(articles['articles/story-1.html']).toContain(
    'authors:\n  - name: Bo Ek\n    email: bo@old.example\nlang: de\n',
  );
});

test('an id that two entries share is named, and the first of them counts', async () => {
  serve({ '/feed': rss(item(1) + item(1).replace('Story 1', 'Another')) });
  const { articles, out, code } = await importFeed(`${origin}/feed`);
  expect(Object.keys(articles)).toEqual(['articles/story-1.html']);
  expect(out).toContain('expected an id of its own, found id-1 on “Story 1” and on “Another”, which is left out');
  expect(code).toBe(1);
});

test('a date that cannot be read is named', async () => {
  serve({ '/feed': rss(item(1, '<pubDate>Seg, 24 Set 2018</pubDate>')) });
  const { out, code } = await importFeed(`${origin}/feed`);
  expect(out).toContain('articles/story-1.html: date: expected "Seg, 24 Set 2018", found undefined');
  expect(code).toBe(1);
});

test.each([
  [
    'a web page',
    { '/x': '<!doctype html><link rel="alternate" type="application/rss+xml" href="/feed/">' },
    'a web page, which links to ORIGIN/feed/',
  ],
  ['a web page without a feed', { '/x': '<html><body>Hello' }, 'a web page that links to none'],
  ['a text', { '/x': 'Hello' }, 'expected RSS, Atom or JSON Feed, found something else, beginning with "Hello"'],
  ['half a document', { '/x': '<rss><channel><item><title>A' }, 'found one that is broken or empty'],
  ['nothing', { '/x': 404 }, 'expected a document, found the status 404'],
])('an address with %s is an error that says so, and nothing is written', async (_, next, message) => {
  serve(next as Answers);
  const { errors, code, articles } = await importFeed(`${origin}/x`);
  expect(errors).toContain(`import: ${origin}/x: `);
  expect(errors).toContain(message.replace('ORIGIN', origin));
  expect(code).toBe(1);
  expect(articles).toEqual({});
});

test('a host that does not answer, and a file that is not there, are errors that say so', async () => {
  expect((await importFeed('http://127.0.0.1:1/feed')).errors).toContain(
    'import: http://127.0.0.1:1/feed: expected an answer, found',
  );
  expect((await importFeed('/nowhere/feed.xml')).errors).toContain('/nowhere/feed.xml: ');
});

test.each([
  ['of its header', 'text/xml; charset=windows-1251', Uint8Array.of(0xcf, 0xf0, 0xe8)],
  ['of its declaration', 'application/xml', Uint8Array.of(0xcf, 0xf0, 0xe8)],
  ['of its byte order mark', 'text/xml; charset=windows-1251', 'utf16'],
])('a feed is read in the encoding %s', async (_, type, word) => {
  const text = `<?xml version="1.0" encoding="windows-1251"?><rss version="2.0"><channel><item><guid>1</guid><title>@</title></item></channel></rss>`;
  const [before = '', after = ''] = text.split('@');
  const body =
    typeof word === 'string'
      ? Buffer.from(`\ufeff${before}При${after}`, 'utf16le')
      : Buffer.concat([Buffer.from(before), word, Buffer.from(after)]);
  serve({ '/feed': { type, body } });
  const { articles } = await importFeed(`${origin}/feed`);
  expect(Object.values(articles)[0]).toContain('title: При\n');
});

test('a path below that of PUBLIC_URL is kept without it', async () => {
  serve({
    '/feed': rss(
      '<item><guid>1</guid><title>A</title><link>https://news.example.com/blog/2024/a/?utm_source=rss</link></item>',
    ),
  });
  const { articles } = await importFeed(`${origin}/feed`, { publicUrl: 'https://news.example.com/blog' });
  expect(Object.values(articles)[0]).toContain('permalink: /2024/a/\n');
});

test('pictures that lie on the old site are named, since they have to stay there', async () => {
  const picture = `&lt;img src="/a.png"&gt;`;
  serve({ '/feed': rss(item(1).replace('Text 1.', picture) + item(2)) });
  const { out } = await importFeed(`${origin}/feed`);
  expect(out).toContain(`1 entry showing pictures or files of ${new URL(origin).host}, which have to stay there`);
});

test('pages that only their queries tell apart get new paths, and the import says so', async () => {
  const page = (n: number): string =>
    `<item><guid>${n}</guid><title>T${n}</title><link>${origin}/?p=${n}</link></item>`;
  serve({ '/feed': rss(page(1) + page(2)) });
  const { articles, out, code } = await importFeed(`${origin}/feed`);
  expect(Object.values(articles).join()).not.toContain('permalink');
  expect(out).toContain('2 entries to redirect one by one');
  expect(code).toBe(0);
});

function atom(entries: string): string {
  return `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:app="http://www.w3.org/2007/app"><id>urn:old</id><title>Old</title><updated>2026-02-08T09:30:00Z</updated><link href="${origin}/"/>${entries}</feed>`;
}

function entry(n: number, more: string): string {
  return `<entry><id>urn:entry:${n}</id><title>Story ${n}</title><updated>2026-02-08T09:30:00Z</updated>${more}</entry>`;
}

test('an element that XHTML closes with a slash is closed in HTML too', async () => {
  const xhtml = (body: string): string =>
    `<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">${body}</div></content>`;
  const body = '<p>Before<br/></p><iframe src="https://www.youtube.com/embed/abc" title="a > b"/><i/><p>After</p>';
  serve({ '/atom': atom(entry(1, xhtml(body))) });
  const { articles, code, out } = await importFeed(`${origin}/atom`);
  expect(code, out).toBe(0);
  expect(Object.values(articles)[0]).toContain(
    '<p>Before<br/></p><iframe src="https://www.youtube.com/embed/abc" title="a > b"></iframe><i></i><p>After</p>',
  );
});

test('where a summary is all there is, it is kept however long it is', async () => {
  const [long, longest] = ['A long abstract. '.repeat(90), 'A longer abstract. '.repeat(700)].map((one) => one.trim());
  serve({ '/atom': atom(entry(1, `<summary>${long}</summary>`) + entry(2, `<summary>${longest}</summary>`)) });
  const { articles, code, out } = await importFeed(`${origin}/atom`);
  expect(code, out).toBe(0);
  const [first, second] = Object.values(articles);
  expect(first).toContain(`description: ${long}\n`);
  expect(second).toContain(`<p>${longest}</p>`);
});

test('a draft that an editing feed shows stays a draft', async () => {
  serve({ '/atom': atom(entry(1, '<app:control><app:draft>yes</app:draft></app:control>') + entry(2, '')) });
  const { articles } = await importFeed(`${origin}/atom`);
  expect(Object.values(articles).map((text) => /^draft: .*$/m.exec(text)?.[0])).toEqual(['draft: true', undefined]);
});

test('a link blog keeps its own pages and what they lead to, whichever of the two a format calls the link', async () => {
  const linked = (n: number): string =>
    `<item><title>Link ${n}</title><link>https://video.example/watch/${n}</link><guid>${origin}/2020/${n}/</guid></item>`;
  serve({
    '/rss': rss(linked(1) + linked(2) + linked(3)),
    '/atom': atom(
      entry(1, `<link href="https://video.example/watch/1"/><link rel="related" href="${origin}/2020/1/"/>`),
    ),
  });
  for (const path of ['/rss', '/atom']) {
    const { articles } = await importFeed(`${origin}${path}`);
    expect([path, Object.values(articles)[0]]).toEqual([
      path,
      expect.stringContaining('link: https://video.example/watch/1\npermalink: /2020/1/\n'),
    ]);
  }
});

test('entries that share an id are named, titled or not', async () => {
  const untitled = (n: number): string =>
    `<item><link>${origin}/${n}</link><guid>one</guid><description>Text ${n}.</description></item>`;
  serve({ '/rss': rss(untitled(1) + untitled(2)) });
  const { code, out } = await importFeed(`${origin}/rss`);
  expect(code).toBe(1);
  expect(out).toContain(
    `expected an id of its own, found one on the entry of ${origin}/1 and on the entry of ${origin}/2`,
  );
});

test('what was written and cannot be read is not written again', async () => {
  serve({ '/rss': rss(item(1).replace('Story 1', 'Long '.repeat(500))) });
  const { dir, code } = await importFeed(`${origin}/rss`);
  expect(code).toBe(1);
  const { articles } = await importFeed(`${origin}/rss`, { dir });
  expect(Object.keys(articles)).toHaveLength(1);
});

test('what is too large to be read is not written, and said at each import', async () => {
  serve({ '/rss': rss(item(1, `<content:encoded>${'Long '.repeat(1_100_000)}</content:encoded>`) + item(2)) });
  const { dir, code, out } = await importFeed(`${origin}/rss`);
  expect(code).toBe(1);
  expect(out).toContain(': 1 entry written, 0 entries there already');
  expect(out).toContain(': expected at most 5 MB, found 5.2 MB: it is not written');
  const again = await importFeed(`${origin}/rss`, { dir });
  expect(again.out).toContain(': expected at most 5 MB, found 5.2 MB: it is not written');
  expect(Object.keys(again.articles)).toHaveLength(1);
});

test('what lies where an article would be written stays', async () => {
  const dir = newFolder();
  write(dir, { 'articles/story-1.html': 'Long '.repeat(1_100_000) });
  serve({ '/rss': rss(item(1)) });
  const { out, articles } = await importFeed(`${origin}/rss`, { dir });
  expect(out).toContain(': 1 entry written');
  expect(Object.keys(articles)).toHaveLength(2);
});

test('a folder that may be published already gets no other id', async () => {
  const dir = newFolder();
  write(dir, { 'hello.md': 'Hello there, this was here before.' });
  serve({ '/rss': rss(item(1)) });
  await importFeed(`${origin}/rss`, { dir });
  expect(readFileSync(join(dir, 'publication.yaml'), 'utf8')).toBe('title: Old\n');
});

test('a date of the year 1 is none', async () => {
  serve({ '/rss': rss(item(1, '<pubDate>Mon, 01 Jan 0001 00:00:00 +0000</pubDate>')) });
  const { articles, out } = await importFeed(`${origin}/rss`);
  expect(Object.values(articles)[0]).not.toContain('date:');
  expect(out).toContain('1 entry without a date');
});

test.each(['issued', 'created', 'modified'])('an item that has only dcterms:%s is of that date', async (name) => {
  serve({
    '/rss': rss(item(1, `<dcterms:${name}>2021-09-06T09:05:00Z</dcterms:${name}>`)).replace(
      '<rss',
      '<rss xmlns:dcterms="http://purl.org/dc/terms/"',
    ),
  });
  const { articles } = await importFeed(`${origin}/rss`);
  expect(Object.values(articles)[0]).toContain('\ndate: 2021-09-06T09:05:00Z\n');
});

test('an item without a link of its own is at the one that Atom gives it', async () => {
  const linked = `<item><title>A</title><guid isPermaLink="false">a</guid><atom:link rel="alternate" href="/2020/a"/></item>`;
  serve({ '/rss': rss(linked) });
  const { articles } = await importFeed(`${origin}/rss`);
  expect(Object.values(articles)[0]).toContain('permalink: /2020/a\n');
});

test('of an export of WordPress only published posts are written', async () => {
  const post = (n: number, type: string, status: string, more = ''): string =>
    item(n, `<wp:post_type><![CDATA[${type}]]></wp:post_type><wp:status>${status}</wp:status>${more}`);
  const text = '<content:encoded><![CDATA[<item></item><wp:status>draft</wp:status><item>]]></content:encoded>';
  const items = [
    post(1, 'post', 'publish').replace('<wp:', `${text}<wp:`),
    post(2, 'post', 'draft'),
    post(3, 'page', 'publish'),
    post(4, 'attachment', 'inherit'),
    post(5, 'podcast', 'future', '<wp:post_password><![CDATA[]]></wp:post_password>'),
    post(6, 'post', 'publish', '<wp:post_password><![CDATA[secret]]></wp:post_password>'),
  ].join('');
  const wxr = rss(items, '<wp:wxr_version>1.2</wp:wxr_version>');
  serve({
    '/wxr': wxr.replace(
      '<rss',
      '<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"',
    ),
  });
  const { articles, code, out } = await importFeed(`${origin}/wxr`);
  expect(Object.keys(articles)).toEqual(['articles/story-1.html', 'articles/story-5.html']);
  expect(out).toContain(
    'RSS, 2 entries; 4 of an export of WordPress left out: drafts, pages, files, what has a password',
  );
  expect(code, out).toBe(0);
});

/** An export of WordPress with one post. */
function wordpressExport(content: string): string {
  const more = `<wp:status>publish</wp:status><content:encoded><![CDATA[${content}]]></content:encoded>`;
  return rss(item(1, more), '<wp:wxr_version>1.2</wp:wxr_version>').replace(
    '<rss',
    '<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"',
  );
}

test.each([
  ['blank lines part paragraphs', 'One.\r\n\r\nTwo\r\nlines.', '<p>One.</p>\n<p>Two<br />\nlines.</p>\n'],
  [
    'a tag may go over lines',
    'See <a\nhref="https://a.example/">a</a>.',
    '<p>See <a href="https://a.example/">a</a>.</p>\n',
  ],
  ['blocks stand between paragraphs', 'A\n<h2>B</h2>\nC', '<p>A</p>\n<h2>B</h2><p>C</p>\n'],
  ['lists stay', '<ul>\n\t<li>A</li>\n\t<li>B</li>\n</ul>', '<ul>\n<li>A</li>\n<li>B</li>\n</ul>\n'],
  ['a quotation has paragraphs', '<blockquote>A\n\nB</blockquote>', '<blockquote><p>A</p>\n<p>B</p>\n</blockquote>\n'],
  ['samples stay', 'A\n<pre>if x:\n\n  y</pre>\nB', '<p>A</p>\n<pre>if x:\n\n  y</pre><p>B</p>\n'],
  ['paragraphs stay', '<p>One.</p>\n\n<p>Two<br />\nlines.</p>', '<p>One.</p>\n<p>Two<br />\nlines.</p>\n'],
  [
    'a caption is one',
    '[caption id="a" width="9"]<a href="https://a.example/"><img src="https://a.example/a.png" /></a> At <em>sea</em>[/caption]',
    '<figure><a href="https://a.example/"><img src="https://a.example/a.png" /></a><figcaption>At <em>sea</em></figcaption></figure>\n',
  ],
  [
    'a sample is one',
    '[sourcecode language="Python"]\nif x < y:\n\n  z\n[/sourcecode]',
    '<pre><code class="language-python">if x &lt; y:\n\n  z\n</code></pre>\n',
  ],
  [
    'a film is a link',
    'Look:\n\nhttps://video.example/?v=1\n\n[embed]https://video.example/?v=2[/embed]',
    '<p>Look:</p>\n<p><a href="https://video.example/?v=1">https://video.example/?v=1</a></p>\n' +
      '<p><a href="https://video.example/?v=2">https://video.example/?v=2</a></p>\n',
  ],
  [
    'the block editor wrote HTML',
    '<!-- wp:paragraph -->\n<p>A</p>\n<!-- /wp:paragraph -->\n\n<figure><div class="wp-block-embed__wrapper">\nhttps://video.example/\n</div></figure>',
    '<p>A</p>\n<figure><div class="wp-block-embed__wrapper"><a href="https://video.example/">https://video.example/</a></div></figure>\n',
  ],
])('a post out of an export of WordPress is as WordPress shows it: %s', async (_, stored, shown) => {
  serve({ '/wxr': wordpressExport(stored) });
  const { articles, code, out } = await importFeed(`${origin}/wxr`);
  expect(Object.values(articles)[0]?.split('---\n').at(-1)).toBe(shown);
  expect(code, out).toBe(0);
});

test('a post out of an export of WordPress has its excerpt as summary', async () => {
  const text = `${'Long text of a sample: <description></description><excerpt:encoded>. '.repeat(9)}`;
  const wxr = wordpressExport(text).replace('<description>Text 1.</description>', '<description></description>');
  const excerpt = '<excerpt:encoded><![CDATA[In short & <em>plain</em>.]]></excerpt:encoded></item>';
  serve({ '/wxr': wxr.replace('<rss', '<rss xmlns:excerpt="x"').replace('</item>', excerpt) });
  const { articles, code, out } = await importFeed(`${origin}/wxr`);
  expect(Object.values(articles)[0]).toContain('\ndescription: In short & plain.\n');
  expect(code, out).toBe(0);
});

test('posts on another domain than the home page keep their paths', async () => {
  const post = (n: number): string =>
    `<item><title>Post ${n}</title><link>https://blog.acme.example/2020/${n}</link><guid>${n}</guid></item>`;
  serve({ '/rss': rss(post(1) + post(2)) });
  const { articles } = await importFeed(`${origin}/rss`);
  expect(Object.values(articles)[1]).toContain('permalink: /2020/2\nguid: "2"\n');
});

test('a post that another is related to keeps its page', async () => {
  serve({
    '/atom': atom(
      entry(1, `<link href="${origin}/p1"/>`) +
        entry(2, `<link href="https://video.example/2"/><link rel="related" href="${origin}/p1"/>`),
    ),
  });
  const { articles } = await importFeed(`${origin}/atom`);
  expect(Object.values(articles).map((text) => /^permalink: .*$/m.exec(text)?.[0])).toEqual([
    'permalink: /p1',
    undefined,
  ]);
});

test('an article in plain text whose summary says the same keeps its paragraphs', async () => {
  const text = `${'First paragraph. '.repeat(50).trim()}\n\n${'Second. '.repeat(50).trim()}`;
  serve({ '/atom': atom(entry(1, `<summary>${text}</summary><content>${text}</content>`)) });
  const { articles } = await importFeed(`${origin}/atom`);
  expect(Object.values(articles)[0]!.match(/<p>/g)).toHaveLength(2);
});

test('a date with an odd day and the offset of Greenwich is a date', async () => {
  serve({ '/rss': rss(item(1, '<pubDate>Lun, 06 Sep 2021 09:05:00 +0000</pubDate>')) });
  const { articles } = await importFeed(`${origin}/rss`);
  expect(Object.values(articles)[0]).toContain('date: 2021-09-06T09:05:00Z');
});

test('of one entry that a feed shows twice, as it was and as it is, one is written and nothing is said', async () => {
  const version = (day: string, text: string): string =>
    `<entry><id>urn:entry:1</id><title>Story</title><updated>${day}T09:30:00Z</updated><link href="${origin}/1?utm_source=${day}"/><content>${text}</content></entry>`;
  serve({ '/atom': atom(version('2026-02-09', 'Newer.') + version('2026-02-08', 'Older.')) });
  const { articles, code, out } = await importFeed(`${origin}/atom`);
  expect(code, out).toBe(0);
  expect(Object.values(articles)).toEqual([expect.stringContaining('Newer.')]);
});
