import { describe, expect, test } from 'vitest';
import { titleOfName } from '../../src/source/file-name.ts';
import { iso, read, readArticle } from './reading.ts';

function front(yaml: string): string {
  return `---\n${yaml}\n---\nThe harbour reopens.\n`;
}

describe('front matter', () => {
  test('an article without any has its name and its text', () => {
    expect(readArticle('notes/harbour-news.md', '# Harbour\n\nOpen.')).toEqual({
      kind: 'article',
      file: 'notes/harbour-news.md',
      line: 1,
      body: { markup: 'markdown', text: '# Harbour\n\nOpen.', line: 1 },
      authors: [],
      tags: [],
      draft: false,
      minor: false,
      slug: { text: 'harbour-news', explicit: false },
      media: [],
      briefing: false,
    });
  });

  test('YAML says all there is to say', () => {
    const article = readArticle(
      'a.md',
      front(`title: "Harbour: open"
date: 2026-02-08 10:00
lastmod: 2026-02-09
expires: 2027-01-01
authors:
  - Ada Example
  - { name: Bo, email: bo@example.org, url: https://bo.example, avatar: https://bo.example/b.png }
tags: [sea]
description: In short.
slug: open-again
permalink: /2026/open/
link: https://elsewhere.example/x
cover: { image: boat.jpg, alt: A boat, caption: At rest, credit: Cy }
audio: { url: talk.mp3, type: audio/mpeg, length: 1200, duration: "1:30" }
enclosure: [a.pdf, b.zip]
lang: en_GB
guid: https://old.example/?p=1
id: harbour
minor: true
content: summary`),
    );
    expect(article).toEqual({
      kind: 'article',
      file: 'a.md',
      line: 1,
      title: 'Harbour: open',
      body: { markup: 'markdown', text: 'The harbour reopens.\n', line: 23 },
      date: Date.UTC(2026, 1, 8, 9),
      updated: Date.UTC(2026, 1, 8, 23),
      expires: Date.UTC(2026, 11, 31, 23),
      authors: [
        { name: 'Ada Example' },
        { name: 'Bo', email: 'bo@example.org', uri: 'https://bo.example/', avatar: 'https://bo.example/b.png' },
      ],
      tags: ['sea'],
      summary: 'In short.',
      slug: { text: 'open-again', explicit: true },
      permalink: '/2026/open/',
      link: 'https://elsewhere.example/x',
      media: [
        { role: 'image', url: 'boat.jpg', alt: 'A boat', caption: 'At rest', credit: 'Cy' },
        { role: 'audio', url: 'talk.mp3', type: 'audio/mpeg', length: 1200, duration: 90 },
        { role: 'enclosure', url: 'a.pdf' },
        { role: 'enclosure', url: 'b.zip' },
      ],
      language: 'en-GB',
      guid: 'https://old.example/?p=1',
      id: 'harbour',
      draft: false,
      minor: true,
      content: 'summary',
      briefing: false,
      lines: { path: 12, id: 18, date: 3 },
    });
  });

  test.each([
    ['YAML', '---\ntitle: T\ntags: [a]\n---\nB', 5],
    ['YAML ended by dots', '---\ntitle: T\ntags: [a]\n...\nB', 5],
    ['YAML by name', '---yaml\ntitle: T\ntags: a\n---\nB', 5],
    ['TOML', '+++\ntitle = "T"\ntags = ["a"]\n+++\nB', 5],
    ['JSON', '{\n"title": "T", "tags": ["a"] }\nB', 3],
    ['JSON by name', '---json\n{"title": "T",\n"tags": "a"}\n---\nB', 5],
    ['a byte order mark, blank lines and blanks behind the fence', '\ufeff\n\n---  \ntitle: T\ntags: a\n--- \nB', 7],
    ['Windows line ends', '---\r\ntitle: T\r\ntags: a\r\n---\r\nB', 5],
  ])('%s is front matter', (_, text, line) => {
    expect(readArticle('a.md', text)).toMatchObject({ title: 'T', tags: ['a'], body: { text: 'B', line } });
  });

  test.each(['----\nx: y\n----\n', 'Text\n---\ntitle: x\n---\n', '{% include x %}\n', '--- title\n'])(
    '%j has none',
    (text) => {
      expect(readArticle('a.md', text).body).toMatchObject({ text, line: 1 });
    },
  );

  test('keys are known whatever their case, and unknown ones are silently fine', () => {
    expect(readArticle('a.md', front('Title: T\nlayout: post\nfoo: { bar: [1] }\nLASTMOD: 2026-02-08')).title).toBe(
      'T',
    );
  });

  test.each([
    ['title: 2026', '2026'],
    ['title: 2026-02-08', '2026-02-08'],
    ['title: 1.10', '1.10'],
    ['title: Yes', 'Yes'],
    ['title: null', undefined],
    ['title: "  "', undefined],
    ['title: >\n  Two\n  lines', 'Two lines'],
  ])('%j is a title as written', (yaml, title) => {
    expect(readArticle('a.md', front(yaml)).title).toBe(title);
  });

  test('of two synonyms the first wins, and a blank one is not given', () => {
    const article = readArticle(
      'a.md',
      front(
        'modified: 2026-02-03\nupdated: 2026-02-02\npubDate: 2026-01-02\ndate:\nsummary: S\ndescription: D\nauthors: [B]\nauthor: A',
      ),
    );
    expect(iso(article.date)).toBe('2026-01-01T23:00:00.000Z');
    expect(iso(article.updated)).toBe('2026-02-01T23:00:00.000Z');
    expect([article.summary, article.authors[0]?.name]).toEqual(['D', 'A']);
  });

  test.each([
    ['draft: true', true],
    ['draft: yes', true],
    ['published: false', true],
    ['draft: false\npublished: false', true],
    ['draft: false', false],
    ['published: true', false],
    ['published: 2026-02-08', false],
    ['draft: false\nstatus: Draft', true],
    ['status: private', true],
    ['status: published', false],
    ['status: [draft]', true],
  ])('%j is a draft: %s', (yaml, draft) => {
    expect(readArticle('a.md', front(yaml)).draft).toBe(draft);
  });

  test.each([
    ['authorURL: https://ana.example/\nauthorImageURL: https://ana.example/a.png'],
    ['author_url: https://ana.example/\nauthor_image_url: https://ana.example/a.png'],
  ])('an author has the addresses that Docusaurus keeps beside the name', (addresses) => {
    expect(readArticle('a.md', front(`author: Ana\n${addresses}`)).authors).toEqual([
      { name: 'Ana', uri: 'https://ana.example/', avatar: 'https://ana.example/a.png' },
    ]);
  });

  test.each([
    ['_posts/2026-02-08-a.md', ['one', 'two', 'three', 'four', 'five six']],
    ['blog/_posts/2026/2026-02-08-a.md', ['one', 'two', 'three', 'four', 'five six']],
    ['_posts/a.md', ['one two', 'three four', 'five six']],
    ['posts/2026-02-08-a.md', ['one two', 'three four', 'five six']],
  ])('words of tags are tags where Jekyll reads them: %s', (file, tags) => {
    expect(readArticle(file, front('tags: one  two\ncategories: three four\nkeywords: five six')).tags).toEqual(tags);
  });

  test('tags, categories and keywords are joined, each once without regard to case', () => {
    expect(readArticle('a.md', front('keywords: c, d\ncategories: B , C\ntags:\n  - a\n  - b\n  -')).tags).toEqual([
      'a',
      'b',
      'C',
      'd',
    ]);
    const zola = '+++\ntitle = "T"\n[taxonomies]\ntags = ["a", "b, c"]\ncategories = ["A", "d"]\n+++\nB';
    expect(readArticle('a.md', zola).tags).toEqual(['a', 'b, c', 'd']);
  });

  test('TOML dates with an offset are instants, those without are local', () => {
    const toml = '+++\ndate = 2026-02-08\nupdated = 2026-02-08T10:00:00\nexpires = 2026-02-08T10:00:00-05:00\n+++\nB';
    const article = readArticle('a.md', toml);
    expect([article.date, article.updated, article.expires].map(iso)).toEqual([
      '2026-02-07T23:00:00.000Z',
      '2026-02-08T09:00:00.000Z',
      '2026-02-08T15:00:00.000Z',
    ]);
  });

  test('Hugo’s publishDate holds an article back', () => {
    expect(iso(readArticle('a.md', front('date: 2026-02-08\npublishDate: 2031-01-01T00:00Z')).date)).toBe(
      '2031-01-01T00:00:00.000Z',
    );
  });

  test.each([
    ['author: Ada <ada@example.org>', [{ name: 'Ada', email: 'ada@example.org' }]],
    ['author: { display_name: Ada, login: x }', [{ name: 'Ada' }]],
    ['author: [Ada, { name: Bo, email: nowhere }]', [{ name: 'Ada' }, { name: 'Bo' }]],
  ])('%s', (yaml, authors) => {
    expect(readArticle('a.md', front(yaml)).authors).toEqual(authors);
  });

  test.each([
    ['permalink: about/us', '/about/us'],
    ['url: https://site.example/a?b', 'https://site.example/a?b'],
    ['permalink: /100%25/a..b/.hidden/...', '/100%25/a..b/.hidden/...'],
    ['permalink: false', undefined],
    ['path: 2026/02/08/open-1.0', '/2026/02/08/open-1.0'],
    ['path: open.html', '/open.html'],
    ['path: posts/open.md', undefined],
    ['path: /images/open.png', undefined],
    ['path: [a, b]', undefined],
  ])('%s', (yaml, permalink) => {
    expect(readArticle('a.md', front(yaml)).permalink).toBe(permalink);
  });

  test.each([
    [
      'permalink: /:year/:title/',
      'permalink: expected a path or URL, as templates are ignored, found “/:year/:title/”',
    ],
    ['permalink: "{{ slug }}/"', 'permalink: expected a path or URL, as templates are ignored, found “{{ slug }}/”'],
    ['permalink: pretty', 'permalink: expected a path or URL, as templates are ignored, found “pretty”'],
    ...[
      '/x%2f..%2f..%2fescaped',
      '/x/%2E%2e%2Fescaped',
      '/x%5c..%5Cescaped',
      '/x%252f..%252fescaped',
      '/x%2f%252525%32e%2fy',
      '/x%00',
      'https://news.example.com/x%2F..%2Fescaped',
    ].map((path) => [
      `permalink: ${path}`,
      `permalink: expected a path without “..”, “.”, backslashes or control characters in its percent-encoding, found “${path}”`,
    ]),
    ['permalink: /caf%E9/', 'permalink: expected a path whose percent-encoding is UTF-8, found “/caf%E9/”'],
    ['permalink: /100%', 'permalink: expected a path whose percent-encoding is UTF-8, found “/100%”'],
    ['tags: { a: b }', 'tags: expected a tag or a list of tags, found keys and values'],
    ['author: { email: a@b.example }', 'author: expected a name, or keys with a name, found keys and values'],
    ['author: { name: Bo, avatar: bo.png }', 'author: expected an http or https URL, found “bo.png”'],
    ['authors: [{ name: Bo, url: /about }]', 'authors: expected an http or https URL, found “/about”'],
    ['link: /here', 'link: expected an http or https URL, found “/here”'],
    ['lang: german', 'lang: expected a language such as en or pt-BR, found “german”'],
    ['lang: Klingon!', 'lang: expected a language such as en or pt-BR, found “Klingon!”'],
    ['image: { alt: A boat }', 'image: expected a path or URL, or keys such as url and alt, found keys and values'],
    ['audio: { url: a.mp3, type: mp3 }', 'audio: expected a media type such as audio/mpeg, found “mp3”'],
    ['enclosure: [{ url: a, type: a/b/c }]', 'enclosure: expected a media type such as audio/mpeg, found “a/b/c”'],
    ['lang: english', 'lang: expected a language such as en or pt-BR, found “english”'],
    ['minor: perhaps', 'minor: expected true or false, found “perhaps”'],
    ['content: some', 'content: expected full or summary, found “some”'],
    ['description: [a]', 'description: expected text, found a list'],
    ['date: Last Modified', 'date: expected a date, as times of files are never used, found “Last Modified”'],
    ['x: 1\nx: 2', 'expected each key once, found “x” again; the last one counts'],
    [
      'a: !Bang it turns',
      'expected quotation marks around a value that begins with !, found none: its first word is left out',
    ],
    [
      'a: &Amp it turns',
      'expected quotation marks around a value that begins with &, found none: its first word is left out',
    ],
    ['a: Team #1 wins', 'expected quotation marks around a value with “#1 wins” in it, found none: it is left out'],
    ['a: #1 wins', 'expected quotation marks around a value with “#1 wins” in it, found none: it is left out'],
    [
      'a: [b, c]\ntags:\n- #news',
      'expected quotation marks around a value with “#news” in it, found none: it is left out',
    ],
  ])('%j is a warning, and the article comes out', (yaml, message) => {
    const { articles, problems } = read('a.md', front(`title: T\n${yaml}`));
    expect(articles).toHaveLength(1);
    expect(problems).toEqual([`a.md:${2 + yaml.split('\n').length}: warning: ${message}`]);
  });

  test('a value that is named to be repeated is as it was meant', () => {
    const { articles, problems } = read('a.md', front('title: T\na: &harbour Harbour\ntags: [*harbour, Sea]'));
    expect([articles[0]!.tags, problems]).toEqual([['Harbour', 'Sea'], []]);
  });

  test('a permalink that is encoded over and over is a warning as well, and not a fault of the reader', () => {
    const { articles, problems } = read('a.md', front(`title: T\npermalink: /x%${'25'.repeat(40_000)}2e`));
    expect(articles).toHaveLength(1);
    expect(problems).toEqual([expect.stringMatching(/^a\.md:3: warning: permalink: expected a path without “\.\.”/)]);
  });

  test.each([
    ['date: 08/02/2026', 'a.md:3: date: expected a date such as'],
    ['date: 2026-02-30', 'a.md:3: date: expected a day and time that exist, found “2026-02-30”'],
    ['date: [1]', 'found a list'],
    ['expires: never', 'a.md:3: expires: expected a date such as'],
    ['draft: maybe', 'a.md:3: draft: expected true or false, found “maybe”'],
    ['a: "b', 'a.md:4: front matter: expected YAML, found: Missing closing "quote'],
    ['a: b: c', 'a.md:3: front matter: expected quotation marks around a value'],
    ['a:\n\tb: 1', 'a.md:4: front matter: expected YAML, found: Tabs are not allowed'],
    ['a: *b', 'a.md:3: front matter: expected YAML, found'],
    [
      'a: "Ferry" sails',
      'a.md:3: front matter: expected quotation marks around the whole of a value that begins with ",',
    ],
    ['a: [Update] Pier opens', 'whole of a value that begins with [, found none'],
    ['a: *Star* turns', 'whole of a value that begins with *, found none'],
    ['a: @home', 'whole of a value that begins with @, found none'],
    ['a:\n- {x} y', 'a.md:4: front matter: expected quotation marks around the whole of a value that begins with {'],
    ['a: &a [*a]', 'a.md:3: front matter: expected YAML, found an alias within its own anchor'],
    ['x: &a {y: [*a]}', 'a.md:3: front matter: expected YAML, found an alias within its own anchor'],
  ])('%j is an error with its line, and nothing comes out', (yaml, message) => {
    const { articles, problems } = read('a.md', front(`title: T\n${yaml}`));
    expect(articles).toEqual([]);
    expect(problems[0]).toContain(message);
  });

  test.each(['a: b # c', 'draft: no #yet', 'date: 2026-02-03 #day', 'a: "b" #c', 'a: b\n#c: d', 'a: C#', 'a: b ##'])(
    '%j is no warning',
    (yaml) => {
      expect(read('a.md', front(`title: T\n${yaml}`)).problems).toEqual([]);
    },
  );

  test('rules above and below lines with colons are no front matter', () => {
    expect(read('a.md', '----\nNote: it rains.\n----\n').problems).toEqual([]);
    expect(read('a.md', '----\n# Title: a title\n\nWhat we know:\n\nA pier.\n----\n').problems).toEqual([]);
  });

  test.each([
    ['a.md', '---\ntitle: T\nText', 'a.md:1: front matter: expected a closing ---, found the end of the file'],
    ['a.txt', '---\ntitle: T\nText', 'a.txt:1: front matter: expected a closing ---, found the end of the file'],
    ['headlines.md', '\n---\nA', 'headlines.md:2: front matter: expected a closing ---, found the end of the file'],
    ['a.md', '+++\ntitle = "T"', 'a.md:1: front matter: expected a closing +++, found the end of the file'],
    ['a.md', '{ "title": "T",', 'a.md:1: front matter: expected a closing }, found the end of the file'],
    ['a.md', '–––\ntitle: T\ndraft: true\n–––\nB', 'a.md:1: front matter: expected --- alone on its line, found “–––”'],
    ['a.md', '\n—\ntitle: T\ntags:\n- a\n—\nB', 'a.md:2: front matter: expected --- alone on its line, found “—”'],
    ['a.txt', '----\nTitle: T\n----\nB', 'a.txt:1: front matter: expected --- alone on its line, found “----”'],
    ['a.md', ' ---\ntitle: T\n---\nB', 'a.md:1: front matter: expected --- alone on its line, found a blank before it'],
    ['a.md', '---\njust words\n---\nB', 'a.md:1: front matter: expected keys and values, found none'],
    ['a.md', '---js\n{}\n---\nB', 'a.md:2: front matter: expected YAML, TOML or JSON, found another language'],
    ['a.md', '+++\na = 1\nb = = 2\n+++\nB', 'a.md:3: front matter: expected TOML, found: invalid value'],
    [
      'a.md',
      '+++\na = 1\ndate = 2026-02-30\n+++\nB',
      'a.md:3: front matter: date: expected a day that exists, found “2026-02-30”',
    ],
    ['a.md', '', 'a.md: expected text, found an empty file'],
    ['a.md', '---\nlayout: home\n---\n', 'a.md: expected a title, or text below the front matter, found neither'],
    ['a.html', '%PDF-1.4', 'a.html: expected text, found a PDF file'],
    ['2026-02-30-a.md', 'B', '2026-02-30-a.md: file name: expected a day and time that exist, found “2026-02-30”'],
  ])('%s with %j is an error', (file, text, message) => {
    const { articles, headlines, problems } = read(file, text);
    expect([...articles, ...headlines]).toEqual([]);
    expect(problems[0]).toContain(message);
  });

  test('a nest of aliases is refused and takes no memory', () => {
    const levels = 'abcdefghij'.split('').map((name, level, all) => {
      const items = level === 0 ? Array(9).fill('x') : Array(9).fill(`*${all[level - 1]}`);
      return `${name}: &${name} [${items.join(', ')}]`;
    });
    expect(read('a.md', front(levels.join('\n'))).problems).toEqual([
      'a.md:2: front matter: expected YAML, found too many aliases',
    ]);
  });

  test.each([
    ['brackets', '['.repeat(10_000)],
    ['dashes', '- '.repeat(10_000)],
    ['question marks', '? '.repeat(10_000)],
  ])('nesting without end is refused: %s', (_, yaml) => {
    expect(read('a.md', front(yaml)).problems[0]).toContain('nested too deeply');
  });
});

describe('the name of a file', () => {
  test.each([
    ['2026-02-08-harbour-opens.md', 'harbour-opens', 'Harbour opens', '2026-02-07T23:00:00.000Z', undefined],
    ['_posts/2026-02-08-harbour.markdown', 'harbour', 'Harbour', '2026-02-07T23:00:00.000Z', undefined],
    ['2026-02-08.md', '2026-02-08', undefined, '2026-02-07T23:00:00.000Z', undefined],
    ['harbour/index.md', 'harbour', 'Harbour', undefined, undefined],
    ['blog/2026-02-08-harbour/index.md', 'harbour', 'Harbour', '2026-02-07T23:00:00.000Z', undefined],
    ['harbour/index.fr.md', 'harbour', 'Harbour', undefined, 'fr'],
    ['harbour.pt-br.md', 'harbour', 'Harbour', undefined, 'pt-BR'],
    ['node.js.md', 'node.js', undefined, undefined, undefined],
    ['index.md', 'index', 'Index', undefined, undefined],
    ['2026-27-season.md', '2026-27-season', undefined, undefined, undefined],
    ['Größe.MD', 'Größe', 'Größe', undefined, undefined],
  ])('%s', (file, slug, title, date, language) => {
    const article = readArticle(file, 'Text.');
    expect([article.slug?.text, iso(article.date), article.language]).toEqual([slug, date, language]);
    if (title !== undefined) expect(titleOfName(file)).toBe(title);
  });

  test('front matter goes before the name', () => {
    const article = readArticle('2026-02-08-a.fr.md', front('date: 2026-02-09\nlang: de\nslug: b'));
    expect([iso(article.date), article.language, article.slug?.text]).toEqual(['2026-02-08T23:00:00.000Z', 'de', 'b']);
  });

  test('HTML is HTML', () => {
    expect(readArticle('a.HTML', front('title: T')).body).toMatchObject({
      markup: 'html',
      text: 'The harbour reopens.\n',
    });
  });
});

test('a page of Jekyll that only leads elsewhere is no article, and no fault', () => {
  const page = '---\nlayout: redirect\nredirect_to: /new/\n---\n';
  expect(read('a.md', page)).toEqual({ articles: [], headlines: [], problems: [] });
  expect(read('a.md', `${page}Text.\n`).articles).toHaveLength(1);
});

describe('the head of a file for Nikola', () => {
  const head = '.. title: Harbour: the *news*\n.. slug: harbour\n.. date: 2026-02-08 08:30:00 UTC+01:00\n.. link: \n';

  test('is read out of the comment, each value as it is typed', () => {
    const article = readArticle(
      'a.md',
      `<!--\n${head}.. tags: quay, boats\n\n.. type: text\n-->\n\nThe harbour reopens.\n`,
    );
    expect(article).toMatchObject({
      title: 'Harbour: the *news*',
      slug: { text: 'harbour', explicit: true },
      tags: ['quay', 'boats'],
      draft: false,
      body: { text: '\nThe harbour reopens.\n', line: 10 },
    });
    expect(iso(article.date)).toBe('2026-02-08T07:30:00.000Z');
  });

  test('holds a draft back, by its status or by a tag', () => {
    for (const line of ['.. status: draft', '.. status: private', '.. tags: quay, draft'])
      expect(readArticle('a.md', `<!-- \n${head}${line}\n-->\n\nText.\n`).draft, line).toBe(true);
  });

  test('is unreadable where the comment is not closed, as in a file saved by halves', () => {
    expect(read('a.md', `<!--\n${head}`)).toEqual({
      articles: [],
      headlines: [],
      problems: ['a.md:2: front matter: expected a closing -->, found the end of the file'],
    });
  });

  test('is none in a comment of another kind', () => {
    for (const text of ['<!-- .. title: T -->\n\nText.\n', '<!--\n.. title: T\nand so on.\n-->\nText.\n'])
      expect(readArticle('a.md', text).title, text).toBeUndefined();
  });
});

describe('the head of a file for Pelican', () => {
  const head = 'Title: Harbour: the *news*\nDate: 2026-02-08 8:30\nCategory: Sea\nTags: quay, boats\n';

  test('is read, up to a blank line or dashes, each value as it is typed', () => {
    const more = 'Authors: Ada Example, Bo\nSummary: In short,\n    on two lines.\n';
    for (const end of ['\n', '---\n', '---\n\n']) {
      const article = readArticle('a.md', `${head}${more}${end}The harbour reopens.\n`);
      expect(article).toMatchObject({
        title: 'Harbour: the *news*',
        authors: [{ name: 'Ada Example' }, { name: 'Bo' }],
        tags: ['quay', 'boats', 'Sea'],
        summary: 'In short, on two lines.',
        draft: false,
      });
      expect(iso(article.date)).toBe('2026-02-08T07:30:00.000Z');
      expect(article.body).toMatchObject({ text: expect.stringMatching(/^\n?The harbour reopens\.\n$/) });
    }
    expect(readArticle('a.md', `${head}Status: draft\n\nText.\n`).draft).toBe(true);
  });

  test('has commas within names where semicolons part them', () => {
    const lines = 'Title: T\nTags: Portland, Oregon; quay\nAuthors: Example, Ada; Bo;\n\nText.\n';
    const { authors, tags } = readArticle('a.md', lines);
    expect(authors).toEqual([{ name: 'Example, Ada' }, { name: 'Bo' }]);
    expect(tags).toEqual(['Portland, Oregon', 'quay']);
  });

  test('has its faults on their lines, and the text below on its own', () => {
    expect(read('a.md', '\nTitle: T\nDate: 2026-02-30\n\nText.\n').problems).toEqual([
      expect.stringMatching(/^a\.md:3: date: expected a day and time that exist/),
    ]);
    expect(readArticle('a.md', `${head}\nText.\n`).body).toMatchObject({ line: 6 });
  });

  test('is none in prose, nor in a text file', () => {
    for (const [file, text] of [
      ['a.md', 'Title: what is in it?\n\nText.\n'],
      ['a.md', 'Title: T\nDate: 2026-02-08\nand so on.\n'],
      ['a.md', 'Date: 2026-02-08\nTitle: T\n\nText.\n'],
      ['b/a.txt', `${head}\nText.\n`],
    ] as const) {
      expect(read(file, text).articles[0]?.date, text).toBeUndefined();
    }
  });
});
