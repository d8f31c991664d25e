import { describe, expect, test } from 'vitest';
import { iso, read } from './reading.ts';

const prose =
  'The harbour of Example opened again on Sunday after three weeks of storms. Boats left before dawn, and the first came back at noon.';
const more = 'The town’s council met in the evening. It will decide on the new pier in March.';

describe('a text file at the root', () => {
  const { articles, headlines, problems } = read(
    'briefing.txt',
    `${prose}\n${more}\n\n\nPier vote set for March\nStorm passes\n`,
  );

  test('is an article and the headlines below it', () => {
    expect(problems).toEqual([]);
    expect(articles[0]).toEqual({
      kind: 'article',
      file: 'briefing.txt',
      line: 1,
      title: 'The harbour of Example opened again on Sunday after three weeks of storms',
      body: {
        markup: 'text',
        blocks: [
          { type: 'paragraph', text: prose },
          { type: 'paragraph', text: more },
        ],
        line: 1,
      },
      authors: [],
      tags: [],
      draft: false,
      minor: false,
      media: [],
      briefing: true,
    });
    expect(headlines.map(({ title, line }) => [title, line])).toEqual([
      ['Pier vote set for March', 5],
      ['Storm passes', 6],
    ]);
  });

  test('of short lines is a list, with links, dates and tags in it', () => {
    const list = read('news.txt', '## Sea\n- Storm passes https://x.example/\n- 2026-02-08 Pier vote set\n');
    expect(list.articles).toEqual([]);
    expect(list.headlines).toMatchObject([
      { title: 'Storm passes', link: 'https://x.example/', tags: ['Sea'], line: 2 },
      { title: 'Pier vote set', date: Date.UTC(2026, 1, 7, 23), line: 3 },
    ]);
  });

  test('is dated by the day in its name, and so are its headlines', () => {
    const { articles, headlines } = read('2026-02-08-briefing.txt', `${prose}\n\n\nStorm passes\nPier vote set\n`);
    expect([...articles, ...headlines].map(({ date }) => iso(date))).toEqual(Array(3).fill('2026-02-07T23:00:00.000Z'));
    const list = read('2026-02-08.txt', 'Storm passes\nPier vote set\n');
    expect(list.headlines.map(({ date }) => iso(date))).toEqual(Array(2).fill('2026-02-07T23:00:00.000Z'));
  });

  test('with front matter is no briefing, and its title and tags hold', () => {
    const { articles, headlines } = read(
      'news.txt',
      `---\ntitle: Harbour opens\ntags: sea\nauthor: Ada\n---\n${prose}\n\n\nStorm passes\nPier vote set\n`,
    );
    expect(articles[0]).toMatchObject({
      title: 'Harbour opens',
      tags: ['sea'],
      authors: [{ name: 'Ada' }],
      briefing: false,
      slug: { text: 'news', explicit: false },
      body: { line: 6, blocks: [{ type: 'paragraph', text: prose }] },
    });
    expect(headlines.map(({ title, tags, authors, line }) => [title, tags, authors, line])).toEqual([
      ['Storm passes', ['sea'], [], 9],
      ['Pier vote set', ['sea'], [], 10],
    ]);
  });

  test('with a title in front matter is an article, however short its lines', () => {
    const { articles, headlines } = read('poem.txt', '---\ntitle: Sea\n---\nWaves\nand waves\n');
    expect(headlines).toEqual([]);
    expect(articles[0]).toMatchObject({ title: 'Sea', body: { markup: 'text' } });
  });

  test('that is a draft keeps its headlines back as well', () => {
    const text = `---\ndraft: true\n---\n${prose}\n\n\nStorm passes\nPier vote set\n`;
    expect(read('news.txt', text)).toMatchObject({ articles: [{ draft: true }], headlines: [], problems: [] });
    expect(read('news.txt', '---\ndraft: true\n---\nStorm passes\nPier vote set\n').headlines).toEqual([]);
  });

  test('with a bad line in its list loses that line only', () => {
    const reading = read('briefing.txt', `${prose}\n\n\nStorm passes\nhttps://x.example/\nPier vote set\n`);
    expect(reading.articles).toHaveLength(1);
    expect(reading.headlines.map(({ title }) => title)).toEqual(['Storm passes', 'Pier vote set']);
    expect(reading.problems).toEqual(['briefing.txt:5: expected a headline, found only the link “https://x.example/”']);
  });

  test('with a bad date in front matter publishes no article', () => {
    const reading = read('news.txt', `---\ndate: 08/02/2026\n---\n${prose}\n`);
    expect(reading.articles).toEqual([]);
    expect(reading.problems[0]).toContain('news.txt:2: date: expected a date');
  });
});

describe('a text file in a folder', () => {
  test('is one article, its slug the file’s name', () => {
    const { articles, headlines } = read(
      'notes/sea.txt',
      `Harbour opens\n\n${prose}\n\n\nStorm passes\nPier vote set\n`,
    );
    expect(headlines).toEqual([]);
    expect(articles[0]).toMatchObject({ title: 'Harbour opens', slug: { text: 'sea' }, briefing: false });
  });

  test('takes its writers and its day from the lines under the title', () => {
    const { articles } = read(
      'notes/sea.txt',
      `Harbour opens\nBy Ada Example and Bo Example\n8 February 2026\n\n${prose}\n`,
    );
    expect(articles[0]).toMatchObject({
      authors: [{ name: 'Ada Example' }, { name: 'Bo Example' }],
      date: Date.UTC(2026, 1, 7, 23),
    });
  });

  test('may be a title and nothing else, when front matter gives it', () => {
    expect(read('notes/sea.txt', '---\ntitle: Sea\nlink: https://x.example\n---\n')).toMatchObject({
      articles: [{ title: 'Sea', link: 'https://x.example/', body: { blocks: [] } }],
      problems: [],
    });
  });
});
