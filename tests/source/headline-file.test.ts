import { describe, expect, test } from 'vitest';
import { iso, read } from './reading.ts';

/** `title < link # tags @ date - struck` for each headline. */
function outline(file: string, text: string): readonly string[] {
  return read(file, text).headlines.map(({ title, link, tags, date, struck }) =>
    [
      title,
      link === undefined ? '' : ` < ${link}`,
      tags.length === 0 ? '' : ` # ${tags.join(', ')}`,
      date === undefined ? '' : ` @ ${iso(date)}`,
      struck ? ' (struck)' : '',
    ].join(''),
  );
}

function problems(file: string, text: string): readonly string[] {
  return read(file, text).problems;
}

describe('one line of a list', () => {
  test.each([
    ['Harbour reopens after storm', 'Harbour reopens after storm'],
    ['  Harbour   reopens\t', 'Harbour reopens'],
    ['- Harbour reopens', 'Harbour reopens'],
    ['* Harbour reopens', 'Harbour reopens'],
    ['+ Harbour reopens', 'Harbour reopens'],
    ['• Harbour reopens', 'Harbour reopens'],
    ['•\tHarbour reopens', 'Harbour reopens'],
    ['– Harbour reopens', 'Harbour reopens'],
    ['·  Harbour reopens', 'Harbour reopens'],
    ['–5° in the harbour', '–5° in the harbour'],
    ['-5 degrees in the harbour', '-5 degrees in the harbour'],
    ['*Harbour* reopens', '*Harbour* reopens'],
    ['1. FC Köln siegt', '1. FC Köln siegt'],
    ['3:10 to Yuma returns', '3:10 to Yuma returns'],
    ['2026-27 season opens', '2026-27 season opens'],
    ['2026-02-08 Harbour reopens', 'Harbour reopens @ 2026-02-07T23:00:00.000Z'],
    ['2026-02-08 10:30 Harbour reopens', 'Harbour reopens @ 2026-02-08T09:30:00.000Z'],
    ['2026-02-08T10:30:00Z Harbour reopens', 'Harbour reopens @ 2026-02-08T10:30:00.000Z'],
    ['- 2026-02-08 – Harbour reopens', 'Harbour reopens @ 2026-02-07T23:00:00.000Z'],
    ['2026-02-08: Harbour reopens', '2026-02-08: Harbour reopens'],
    ['2026-02-08 10 boats leave harbour', '10 boats leave harbour @ 2026-02-07T23:00:00.000Z'],
    ['[Harbour reopens](https://x.example/a)', 'Harbour reopens < https://x.example/a'],
    ['[Harbour](https://x.example/a_(b)) reopens', 'Harbour reopens < https://x.example/a_(b)'],
    ['[Harbour](<https://x.example/a> "Today") reopens', 'Harbour reopens < https://x.example/a'],
    ['[A](https://a.example) and [B](https://b.example)', 'A and B < https://a.example/'],
    ['Harbour [sic] reopens', 'Harbour [sic] reopens'],
    ['Harbour reopens https://x.example/a', 'Harbour reopens < https://x.example/a'],
    ['Harbour reopens: https://x.example/a.', 'Harbour reopens < https://x.example/a'],
    ['Harbour reopens – <https://x.example/a>', 'Harbour reopens < https://x.example/a'],
    ['Harbour reopens (https://x.example/a)', 'Harbour reopens < https://x.example/a'],
    ['Harbour reopens https://x.example/ä b', 'Harbour reopens https://x.example/ä b'],
    [
      '- 2026-02-08 [Harbour reopens](https://x.example)',
      'Harbour reopens < https://x.example/ @ 2026-02-07T23:00:00.000Z',
    ],
    ['~~Harbour reopens~~', 'Harbour reopens (struck)'],
    ['- ~~[Harbour reopens](https://x.example)~~', 'Harbour reopens < https://x.example/ (struck)'],
    ['2026-02-08 ~~Harbour reopens~~', 'Harbour reopens @ 2026-02-07T23:00:00.000Z (struck)'],
    ['# Today', '# Today'],
    ['#1 song of the year', '#1 song of the year'],
    ['Will it hold?', 'Will it hold?'],
    ['“It will!”', '“It will!”'],
    ['<b>Bold</b> & *starred*', '<b>Bold</b> & *starred*'],
    ['東京で雪が降る', '東京で雪が降る'],
    ['€5', '€5'],
  ])('%s', (line, expected) => {
    expect(outline('headlines.txt', line)).toEqual([expected]);
    expect(outline('headlines/today.md', line)).toEqual([expected]);
  });

  test.each([
    ['https://x.example/a', 'headlines.txt:2: expected a headline, found only the link “https://x.example/a”'],
    ['[](https://x.example/a)', 'headlines.txt:2: expected a headline, found only the link “[](https://x.example/a)”'],
    ['2026-02-30 Harbour reopens', 'headlines.txt:2: expected a day and time that exist, found “2026-02-30”'],
    ['...', 'headlines.txt:2: expected a headline, found “...”'],
    ['2026-02-05', 'headlines.txt:2: expected a headline, found “2026-02-05”'],
    ['- 2026-02-05 09:30', 'headlines.txt:2: expected a headline, found “- 2026-02-05 09:30”'],
  ])('%s harms only itself', (line, problem) => {
    expect(outline('headlines.txt', `Before\n${line}\nAfter`)).toEqual(['Before', 'After']);
    expect(problems('headlines.txt', `Before\n${line}\nAfter`)).toEqual([problem]);
  });

  test('a link that leads nowhere on the web is left out with a warning', () => {
    expect(outline('headlines.md', '[Harbour reopens](/local)')).toEqual(['Harbour reopens']);
    expect(problems('headlines.md', '[Harbour reopens](/local)')).toEqual([
      'headlines.md:1: warning: expected an http or https URL as link, found “/local”',
    ]);
  });

  test.each(['[[Video] Harbour reopens](https://x.example/a)', '[Harbour reopens](https://x.example/a b)'])(
    '%s is not understood, and stays as typed with a warning',
    (line) => {
      expect(outline('headlines.txt', line)).toEqual([line]);
      expect(problems('headlines.txt', line)).toEqual([
        `headlines.txt:1: warning: expected [text](URL) without further brackets or blanks, found “${line}”: it stays as typed`,
      ]);
    },
  );
});

describe('a list of lines', () => {
  test('numbers go where every line of a block has one and they ascend', () => {
    expect(outline('headlines.txt', '1. A\n2. B\n10) C\n\n1. FC Köln siegt\nD')).toEqual([
      'A',
      'B',
      'C',
      '1. FC Köln siegt',
      'D',
    ]);
    expect(outline('headlines.txt', '1. A\n\n2. B\n\n3. C')).toEqual(['A', 'B', 'C']);
    expect(outline('headlines.txt', '2. A\n1. B')).toEqual(['2. A', '1. B']);
  });

  test('a heading of the second level tags the lines below, until the next', () => {
    expect(outline('headlines.md', 'A\n## Politics\n- B\n- C\n\n## Sport ##\n- D')).toEqual([
      'A',
      'B # Politics',
      'C # Politics',
      'D # Sport',
    ]);
  });

  test('front matter holds for every line, and a line’s own date goes before it', () => {
    expect(outline('headlines.md', '---\ntags: [news]\ndate: 2026-02-08\n---\nA\n2026-02-09 B')).toEqual([
      'A # news @ 2026-02-07T23:00:00.000Z',
      'B # news @ 2026-02-08T23:00:00.000Z',
    ]);
    expect(read('headlines.md', '---\nauthor: Ada\n---\nA').headlines[0]?.authors).toEqual([{ name: 'Ada' }]);
  });

  test('the day in a list’s file name is its headlines’ date', () => {
    expect(outline('headlines/2026-02-08.txt', 'A\nB')).toEqual([
      'A @ 2026-02-07T23:00:00.000Z',
      'B @ 2026-02-07T23:00:00.000Z',
    ]);
  });

  test('a list that is a draft publishes nothing and is no fault', () => {
    expect(read('headlines.md', '---\ndraft: true\n---\nA\nB')).toEqual({ articles: [], headlines: [], problems: [] });
  });

  test('lines count from the top of the file', () => {
    const { headlines } = read('headlines.md', '---\ntags: x\n---\n\nA\n\n- B');
    expect(headlines.map(({ line }) => line)).toEqual([5, 7]);
  });

  test('what an HTML comment holds stays hidden in Markdown', () => {
    expect(outline('headlines.md', 'A <!-- note -->\n<!-- B\nC -->\nD')).toEqual(['A', 'D']);
  });

  test('rules part a Markdown list and are no headlines', () => {
    expect(outline('headlines.md', 'A\n\n---\n\nB')).toEqual(['A', 'B']);
  });

  test('two equal lines are two headlines', () => {
    expect(outline('headlines.txt', 'A\nA')).toEqual(['A', 'A']);
  });

  test.each(['', ' \n\u00a0\n', '\ufeff'])('a list with nothing in it is a fault: %j', (text) => {
    expect(problems('headlines.txt', text)).toEqual(['headlines.txt: expected text, found an empty file']);
  });

  test('front matter over an empty list is a fault', () => {
    expect(problems('headlines.md', '---\ntags: x\n---\n')).toHaveLength(1);
  });
});

describe('a list as data', () => {
  test('YAML holds lines, rows and what is said of all', () => {
    const text = `tags: news
headlines:
  - Harbour reopens https://x.example/a
  - title: 2026
    url: https://x.example/b
    date: 2026-02-08T10:00
    tags: [sea, News]
    summary: In short.
    author: Ada`;
    expect(outline('headlines.yaml', text)).toEqual([
      'Harbour reopens < https://x.example/a # news',
      '2026 < https://x.example/b # news, sea @ 2026-02-08T09:00:00.000Z',
    ]);
    const second = read('headlines.yaml', text).headlines[1];
    expect(second).toMatchObject({ line: 4, summary: 'In short.', authors: [{ name: 'Ada' }] });
  });

  test('JSON holds a list, or one under headlines or items', () => {
    const rows = '["A", {"title": "B", "link": "https://b.example"}]';
    const expected = ['A', 'B < https://b.example/'];
    expect(outline('headlines.json', rows)).toEqual(expected);
    expect(outline('headlines/a.json', `{"headlines": ${rows}}`)).toEqual(expected);
    expect(outline('headlines/b.json', `{"items":\n${rows}}`)).toEqual(expected);
  });

  test('a bad row harms only itself, and its line is named', () => {
    const text = '[\n"A",\n{"titel": "B"},\n{"title": "C",\n "date": "soon"},\n[1],\n{"title": "D", "link": "x y"}\n]';
    expect(outline('headlines.json', text)).toEqual(['A', 'D']);
    expect(problems('headlines.json', text)).toEqual([
      'headlines.json:3: expected a title, found none',
      'headlines.json:5: date: expected a date such as 2026-02-08 or 2026-02-08T09:30:00+01:00, found “soon”',
      'headlines.json:6: expected a headline or keys such as title and link, found a list',
      'headlines.json:7: warning: link: expected an http or https URL, found “x y”',
    ]);
  });

  test('a headline with a colon is told from keys that are none', () => {
    const text = '- Live: storm hits the coast\n- titel: B\n- Japan votes: who wins\n  url: https://x.example/\n- C';
    expect(outline('headlines.yaml', text)).toEqual(['C']);
    expect(problems('headlines.yaml', text)).toEqual([
      'headlines.yaml:1: expected a title, found only “Live”: a headline with a colon and a blank in it needs quotation marks',
      'headlines.yaml:2: expected a title, found none',
      'headlines.yaml:3: expected a title, found none',
    ]);
  });

  test.each([
    ['draft: true', []],
    ['published: false', []],
    ['status: draft', []],
    ['draft: maybe', []],
    ['published: true', ['A']],
    ['published: 2026-02-08', ['A @ 2026-02-07T23:00:00.000Z']],
  ])('a row with %s gives %j', (yaml, expected) => {
    expect(outline('headlines.yaml', `- title: A\n  ${yaml}\n`)).toEqual(expected);
  });

  test('CSV with commas, semicolons or tabs, in any order of columns', () => {
    for (const mark of [',', ';', '\t']) {
      const text = [
        ['Link', 'TITLE', 'date', 'tags'],
        ['https://x.example', '"A, ""B""; C"', '2026-02-08', '"a, b"'],
      ];
      expect(outline('headlines.csv', text.map((cells) => cells.join(mark)).join('\r\n'))).toEqual([
        'A, "B"; C < https://x.example/ # a, b @ 2026-02-07T23:00:00.000Z',
      ]);
    }
  });

  test('a CSV cell may go over several lines, and lines still count', () => {
    const { headlines } = read('headlines.csv', 'title,summary\n\nA,"one\n\ntwo"\nB\n');
    expect(headlines.map(({ title, line, summary }) => [title, line, summary])).toEqual([
      ['A', 3, 'one two'],
      ['B', 6, undefined],
    ]);
  });

  test('bad CSV rows harm only themselves', () => {
    const text = 'title,link\nA,https://a.example\n"B,x\nC,\nD,x,y,z\nE "quoted" here,\n"F" g,\n,https://h.example\nI';
    expect(outline('headlines.csv', text)).toEqual(['A < https://a.example/', 'C', 'I']);
    expect(problems('headlines.csv', text).map((problem) => problem.split(': ')[0])).toEqual([
      'headlines.csv:3',
      'headlines.csv:6',
      'headlines.csv:7',
      'headlines.csv:5',
      'headlines.csv:8',
    ]);
  });

  test.each([
    [
      'headlines.csv',
      'name,link\nA,https://a.example',
      ':1: expected a header with a column title, found “name”, “link”',
    ],
    ['headlines.csv', 'title,link\n', ':1: expected at least one headline, found an empty list'],
    ['headlines.json', '[]', ':1: expected at least one headline, found an empty list'],
    ['headlines.json', '{"headlines": []}', ':1: expected at least one headline, found an empty list'],
    ['headlines.json', '["A",\n"B"', ':2: expected JSON'],
    [
      'headlines.json',
      '{"news": ["A"]}',
      ':1: expected a list, or one under headlines or items, found keys and values',
    ],
    ['headlines.yaml', 'A', ':1: expected a list, or one under headlines or items, found “A”'],
    ['headlines.yml', '- A\n- "B', ':2: expected YAML, found: Missing closing "quote'],
  ])('%s with %j is a fault', (file, text, problem) => {
    expect(read(file, text).headlines).toEqual([]);
    expect(problems(file, text).join()).toContain(`${file}${problem}`);
  });
});
