import { expect, test } from 'vitest';
import { Desk } from '../harness.ts';

const article = (title: string, front = '', body = `Text of ${title}.`): string =>
  `---\ntitle: ${JSON.stringify(title)}\n${front}---\n${body}\n`;

async function published(files: Readonly<Record<string, string | Uint8Array>>): Promise<Desk> {
  const desk = new Desk();
  desk.write(files);
  await desk.refresh();
  return desk;
}

/** The values of an attribute, in order. */
const values = (html: string, pattern: RegExp): readonly string[] =>
  [...html.matchAll(pattern)].map(([, value]) => value!);

test('a date is shown in the publication’s timezone and language, and is there for machines', async () => {
  const desk = await published({
    'publication.yaml': 'title: La jetée\nlanguage: fr\ntimezone: Asia/Tokyo\n',
    'one.md': article('Un', 'date: 2026-02-07T23:30:00Z\n'),
  });
  const page = desk.text('/articles/one');
  expect(page).toContain(
    '<time class="dt-published" dir="auto" datetime="2026-02-07T23:30:00Z">8 février 2026 à 08:30 UTC+9</time>',
  );
  expect(page).toContain('<html lang="fr">');
  expect(desk.text('/')).toContain('<time datetime="2026-02-07T23:30:00Z">dimanche 8 février 2026</time>');
});

test('an article has its neighbours of the same kind, and they follow when one comes in between or goes', async () => {
  const desk = await published({
    'a.md': article('First', 'date: 2026-02-01\n'),
    'c.md': article('Third', 'date: 2026-02-03\n'),
    'headlines.txt': '2026-02-05 Not an article\n2026-02-02 Nor is this\n',
  });
  const neighbours = (path: string): readonly string[] =>
    values(desk.text(path), /rel="(?:prev|next)" href="([^"]+)"/g);
  const url = (name: string): string => `https://news.example.com/articles/${name}`;
  expect(neighbours('/articles/a')).toEqual([url('c')]);
  expect(neighbours('/headlines/not-an-article')).toEqual(['https://news.example.com/headlines/nor-is-this']);
  desk.write({ 'b.md': article('Second', 'date: 2026-02-02\n') });
  await desk.refresh();
  expect(neighbours('/articles/a')).toEqual([url('b')]);
  expect(neighbours('/articles/b')).toEqual([url('a'), url('c')]);
  expect(neighbours('/articles/c')).toEqual([url('b')]);
  desk.write({ 'b.md': article('Renamed', 'date: 2026-02-02\n') });
  await desk.refresh();
  expect(desk.text('/articles/c')).toContain('Renamed');
  desk.write({ 'b.md': article('Renamed', 'draft: true\n') });
  await desk.refresh();
  expect(neighbours('/articles/c')).toEqual([url('a')]);
});

test('where all feeds are empty the front page leads to what is older, and says so where nothing is', async () => {
  const desk = await published({ 'hello.md': article('Hello', 'draft: true\n') });
  expect(desk.text('/')).toContain('Nothing is published yet.');
  desk.write({ 'hello.md': article('Hello') });
  await desk.refresh();
  desk.write({ 'old.md': article('Old', 'date: 2020-02-01\n'), 'hello.md': article('Hello', 'draft: true\n') });
  await desk.refresh();
  expect(desk.text('/')).toContain('Nothing new. What is older is in the <a href="https://news.example.com/archive/">');
  desk.write({ 'old.md': article('Old', 'draft: true\n') });
  await desk.refresh();
  expect(desk.text('/')).toContain('Nothing is published yet.');
});

test('the front page shows the two dozen topics with most entries, those with equally many by name', async () => {
  // Topic 1 is on all articles, topic 2 on all but the first one, and so on; nine more are on the last one alone.
  const topics = (n: number): readonly string[] => Array.from({ length: n }, (_, index) => `Topic ${index + 1}`);
  const files = Array.from({ length: 21 }, (_, n) => {
    const own = n === 20 ? [...topics(21), ...'IHGFEDCBA'] : topics(n + 1);
    return [`${n}.md`, article(`Story ${n}`, `tags: [${own.join(', ')}]\n`)] as const;
  });
  const front = (await published(Object.fromEntries(files))).text('/');
  const listed = /id="page-topics"[\s\S]*?<\/ul>/.exec(front)![0];
  expect(values(listed, />([^<]+)<\/a> <span/g)).toEqual([...topics(20), 'A', 'B', 'C', 'D']);
  expect(listed).toContain('All 30 topics');
});

test('an older article, made on demand, has the same page as one in the edition', async () => {
  const files: Record<string, string> = { 'publication.yaml': 'title: T\nlimit: 2\n' };
  for (const n of [1, 2, 3, 4])
    files[`${n}.md`] = article(`Story ${n}`, `date: 2026-02-0${n}\ntags: [Sea]\nauthor: Ana\n`);
  const desk = await published(files);
  const { status, text } = await desk.answer('/articles/2');
  expect(status).toBe('200');
  const same = (html: string): string =>
    html.replace(/Story \d|articles\/\d|2026-02-0\dT|urn:uuid:[\da-f-]+|February \d, 2026/g, '*');
  expect(same(text)).toBe(same(desk.text('/articles/3')));
  expect(values(text, /rel="(?:prev|next)" href="([^"]+)"/g)).toEqual(
    [1, 3].map((n) => `https://news.example.com/articles/${n}`),
  );
});

test('what is said of an article to search engines and other sites cannot end its script', async () => {
  const title = 'Fish & </script><script>alert(1)</script> "chips"';
  const desk = await published({
    'publication.yaml': 'title: The Pier\nlanguage: en\n',
    'one.md': article(
      title,
      'date: 2026-02-03\nauthor: { name: "A </script>", url: "https://a.example/" }\ntags: [Sea]\nimage: { src: p.png, alt: A pier, caption: At dawn, credit: B. Photo }\ndescription: Short\n',
    ),
    'p.png': new Uint8Array([137, 80, 78, 71]),
  });
  const page = desk.text('/articles/one');
  const [json] = values(page, /<script type="application\/ld\+json">([\s\S]*?)<\/script>/g);
  const url = 'https://news.example.com/articles/one';
  expect(JSON.parse(json!)).toMatchObject({
    '@type': 'NewsArticle',
    headline: title,
    description: 'Short',
    mainEntityOfPage: url,
    datePublished: '2026-02-03T00:00:00Z',
    author: [{ '@type': 'Person', name: 'A </script>', url: 'https://a.example/' }],
    image: ['https://news.example.com/media/p.png'],
    inLanguage: 'en',
    keywords: ['Sea'],
  });
  expect(page).not.toContain('<script>alert');
  expect(page).toContain(`<link rel="canonical" href="${url}">`);
  expect(page).toContain('<meta property="og:image" content="https://news.example.com/media/p.png">');
  expect(page).toContain('<figcaption dir="auto">At dawn <span class="credit">B. Photo</span></figcaption>');
  expect(values(page, /<meta property="og:title" content="([^"]+)">/g)).toEqual([
    'Fish &amp; &lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt; &quot;chips&quot;',
  ]);
});

test('the archive has every month and day, newest first, and a busy month is a list of its days', async () => {
  const desk = await published({
    'publication.yaml': 'title: T\ntimezone: America/New_York\n',
    'a.md': article('Old year', 'date: 2025-12-31T23:30:00-05:00\n'),
    'headlines.txt': Array.from(
      { length: 301 },
      (_, n) => `2026-01-${String((n % 31) + 1).padStart(2, '0')} Line number ${n} of it`,
    ).join('\n'),
  });
  const index = await desk.answer('/archive');
  expect(values(index.text, /href="https:\/\/news\.example\.com(\/archive\/\d[^"]+)"/g)).toEqual([
    '/archive/2026/01/',
    '/archive/2025/12/',
  ]);
  const month = await desk.answer('/archive/2026/01');
  expect(values(month.text, /href="https:\/\/news\.example\.com(\/archive\/2026\/01\/\d\d\/)"/g)).toHaveLength(31);
  const day = await desk.answer('/archive/2026/01/02');
  expect(values(day.text, /class="p-name u-url" href="[^"]+" dir="auto">([^<]+)</g)).toHaveLength(10);
  expect((await desk.answer('/archive/2025/12')).text).toContain('Old year');
  for (const path of ['/archive/2026/02', '/archive/2026/01/32', '/archive/0000/00', '/archive/2026']) {
    expect((await desk.answer(path)).status, path).toBe('404');
  }
});

test('the front page shows everything that the feed has, also where one kind crowds out the other', async () => {
  const desk = await published({
    'publication.yaml': 'title: T\nlimit: 10\n',
    'a.md': article('Lone article', 'date: 2026-02-01\n'),
    'headlines.txt': Array.from({ length: 30 }, (_, n) => `Line number ${n} of the list`).join('\n'),
  });
  const home = desk.text('/');
  for (const title of desk.titles()) expect(home).toContain(title);
  expect(desk.titles()).not.toContain('Lone article');
  expect(home).toContain('Lone article');
});

test('a page of right-to-left text says so, and keeps its labels left to right', async () => {
  const desk = await published({
    'publication.yaml': 'title: الميناء\nlanguage: ar\n',
    'a.md': article('ميناء جديد يفتح أبوابه', 'date: 2026-02-01\n', 'نص المقال هنا.'),
  });
  expect(desk.text('/articles/a')).toContain('<html lang="ar" dir="rtl">');
  expect(desk.text('/')).toContain('<nav class="sections" aria-label="Sections" lang="en" dir="ltr">');
});

test('in lists each entry runs in its own direction, and neither a name nor a date in that of what is beside it', async () => {
  const files = {
    'a.md': article('ميناء جديد يفتح أبوابه', 'date: 2026-02-01\nauthor: Jane Doe\n', 'نص المقال هنا.'),
    'b.md': article('A new harbour opens', 'date: 2026-02-02\nlang: en\n'),
    'headlines.txt': 'سفينة تصل اليوم\nA ship comes in today\n',
  };
  const directions = (html: string): readonly string[] =>
    values(html, /<(?:article|li) class="h-entry[^"]*"(?: lang="\w+")?( dir="\w+")?>/g).map((one) => one ?? '');
  const english = await published({ ...files, 'publication.yaml': 'title: The Pier\nlanguage: en\n' });
  expect(directions(english.text('/'))).toEqual(['', ' dir="rtl"', ' dir="rtl"', '']);
  const arabic = await published({ ...files, 'publication.yaml': 'title: الميناء\nlanguage: ar\n' });
  expect(directions(arabic.text('/'))).toEqual([' dir="ltr"', '', '', ' dir="ltr"']);
  for (const path of ['/', '/articles/', '/articles/a']) {
    const page = arabic.text(path);
    expect(page, path).toContain('<span class="p-author h-card" dir="auto">Jane Doe</span>');
    expect(page, path).toContain('<time class="dt-published" dir="auto" datetime="2026-02-01T00:00:00Z">');
  }
  expect(arabic.text('/embed/all')).toContain('<html lang="ar" dir="rtl">');
});

test('sounds, films and files that go with an article are on its page', async () => {
  const desk = await published({
    'a.md': article('With sound', 'date: 2026-02-01\naudio: { src: talk.mp3, title: The talk }\n'),
    'talk.mp3': new Uint8Array([1, 2, 3]),
  });
  const page = desk.text('/articles/a');
  expect(page).toContain(
    '<audio class="u-audio" controls preload="none" src="https://news.example.com/media/talk.mp3"',
  );
});

test('a cover that the text shows is not shown above it once more, whatever is in its address', async () => {
  const cover = 'https://pictures.example/a.jpg?w=1&h=2';
  const front = `date: 2026-02-01\nimage: ${cover}\n`;
  const desk = await published({
    'a.md': article('In the text', front, `![A](${cover})`),
    'b.md': article('Above', front),
  });
  const pictures = (path: string): readonly string[] => values(desk.text(path), /<img[^>]* src="([^"]+)"/g);
  expect(pictures('/articles/a')).toEqual([cover.replace('&', '&amp;')]);
  expect(pictures('/articles/b')).toEqual([cover.replace('&', '&amp;')]);
});

test('a code sample keeps its blank lines, and what is wide can be reached by keyboard', async () => {
  const desk = await published({
    'a.md': article('Code', 'date: 2026-02-01\n', '```js\none\n\n\n\ntwo\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |'),
  });
  const page = desk.text('/articles/a');
  expect(page).toContain('<pre tabindex="0"><code class="language-js">one\n\n\n\ntwo\n</code></pre>');
  expect(page).toContain('<div class="wide" tabindex="0" role="group" aria-label="Table"><table>');
});

test('pictures further down are fetched when they come near, as their article says or by themselves', async () => {
  const pictures = '![1](https://a.example/1.png)\n\n![2](https://a.example/2.png)\n\nNo loading=lazy here.';
  const own = '<img src="https://a.example/3.png" loading="eager">';
  const desk = await published({ 'a.md': article('Pictures', 'date: 2026-02-01\n', `${pictures}\n\n${own}`) });
  expect(values(desk.text('/articles/a'), /<img([^>]*) src="https:\/\/a/g)).toEqual(['', ' loading="lazy"', '']);
  expect(desk.items()[0]!.content_html).not.toContain('loading="lazy"');
});

test('code in an article that runs from right to left does not', async () => {
  const desk = await published({
    'a.md': article(
      'برنامج قصير',
      'date: 2026-02-01\nlang: ar\n',
      'هنا `f(x);` ثم\n\n```js\nf(x);\n```\n\n<pre dir="auto">x</pre>',
    ),
    'b.md': article('Code', 'date: 2026-02-01\n', 'Here `f(x);`'),
  });
  const html = desk.items().map(({ content_html }) => content_html);
  expect(html.toSorted()).toEqual([
    '<div dir="rtl" lang="ar"><p>هنا <code dir="ltr">f(x);</code> ثم</p>\n' +
      '<pre dir="ltr"><code class="language-js">f(x);\n</code></pre>\n<pre dir="auto">x</pre></div>',
    '<p>Here <code>f(x);</code></p>',
  ]);
  expect(desk.text('/articles/a')).toContain('<pre tabindex="0" dir="ltr"><code class="language-js">');
});

test('articles that have their home on another site are linked and listed there', async () => {
  const desk = await published({
    'publication.yaml': 'title: T\npermalinks: "https://site.example/{path}/"\n',
    'a.md': article('Elsewhere', 'date: 2026-02-01\n'),
  });
  expect(desk.text('/')).toContain('href="https://site.example/a/"');
  expect(desk.text('/articles/a')).toContain('<link rel="canonical" href="https://site.example/a/">');
  expect((await desk.answer('/sitemap.xml')).text).not.toContain('articles/a');
});

test('a reader is opened with the address of the feed that the page is of', async () => {
  const desk = await published({ 'a.md': article('One', 'date: 2026-02-01\n') });
  const feed = 'https%3A%2F%2Fnews.example.com%2Farticles%2Frss.xml';
  const page = desk.text('/articles/').replaceAll('&amp;', '&');
  for (const address of [
    `https://feedly.com/i/subscription/feed%2F${feed}`,
    `https://www.inoreader.com/?add_feed=${feed}`,
    `https://www.newsblur.com/?url=${feed}`,
    `https://theoldreader.com/feeds/subscribe?url=${feed}`,
    'feed:https://news.example.com/articles/rss.xml',
  ]) {
    expect(page).toContain(`<a href="${address}" rel="noopener">`);
  }
  expect(page).toContain(`https://YOUR-HOST/bookmarklet?uri=${feed}`);
  expect(page).toContain(`https://YOUR-HOST/i/?c=feed&a=add&url_rss=${feed}`);
});

test('the pages are the same bytes after a restart', async () => {
  const desk = await published({
    'a.md': article('One', 'tags: [Sea]\n'),
    'headlines.txt': 'Ferry sails on Sundays too\n',
  });
  const before = new Map([...desk.documents].map(([path, { etag }]) => [path, etag]));
  await desk.restart();
  await desk.restore();
  expect(new Map([...desk.documents].map(([path, { etag }]) => [path, etag]))).toEqual(before);
  const { change } = await desk.refresh();
  expect(change.put.filter(({ path, etag }) => before.get(path) !== etag)).toEqual([]);
});
