import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toLine, toPlainText } from '../../src/lib/text.ts';
import { readPlainText, type TextPlace, type TextReading } from '../../src/source/plain-text.ts';

const P = 'The council met on Monday. It voted for the bridge.';
const wrapped = [
  'The harbour board has bought two electric ferries, which will cross the',
  'bay every twenty minutes from the first of June. Tickets will cost what',
  'they cost today.',
];
const fixtures = new URL('../fixtures/plain-text/', import.meta.url);

type Row = readonly [name: string, place: TextPlace, text: string, outline: string];

/** The rows of a fixture: `>>> name [place]`, the text, `>>> is read as`, and the outline of its reading. */
function readTable(file: string): readonly Row[] {
  const rows = readFileSync(new URL(file, fixtures), 'utf8').split(/^(?=>>> .* \[\w+\]$)/m);
  return rows.map((row) => {
    const [, name, place, text, outline] = /^>>> ([^\n]*) \[(\w+)\]\n(.*)\n>>> is read as\n(.*)$/s.exec(row)!;
    return [name!, place as TextPlace, text!, outline!.trimEnd()];
  });
}

/** `=` a title from the first line, `~` one from the first sentence, `p` a paragraph, `h` a sub-heading, `-` a line of the list. */
function outlineOf({ article, listLines, problems }: TextReading): string {
  return [
    ...(article?.title === undefined ? [] : [`${article.titleFrom === 'first line' ? '=' : '~'} ${article.title}`]),
    ...(article?.authors ?? []).map((author) => `by ${author}`),
    ...(article?.dateText === undefined ? [] : [`on ${article.dateText}`]),
    ...(article?.blocks ?? []).map(({ type, text }) => `${type[0]} ${text}`),
    ...listLines.map(({ text }) => `- ${text}`),
    ...problems.map(({ severity, line }) => `${severity} ${line ?? 'of the file'}`),
  ].join('\n');
}

function outline(place: TextPlace, text: string): string {
  return outlineOf(readPlainText(toPlainText(text), { file: 'a.txt', place }));
}

describe.each(readdirSync(fixtures))('%s', (file) => {
  it.each(readTable(file))('%s', (_, place, text, reading) => {
    expect(outline(place, text)).toBe(reading);
  });
});

// What an editor's program would change on saving the fixtures.
describe('unseen characters', () => {
  it.each<Row>([
    ['200 flags are not long', 'root', `${'🇰🇷'.repeat(200)}\nFerry late`, `- ${'🇰🇷'.repeat(200)}\n- Ferry late`],
    [
      'blank at the end of a line goes',
      'root',
      'Ferry late \t\u00a0\u00ad\nIt rains\u200b',
      '- Ferry late\n- It rains',
    ],
    [
      'no-break spaces and soft hyphens are blank',
      'root',
      `${P}\n\u00a0\n\u00ad \nLate`,
      `~ The council met on Monday\np ${P}\n- Late`,
    ],
    ['a no-break space inside stays', 'root', 'Ferry\u00a0late\nIt rains', '- Ferry\u00a0late\n- It rains'],
    ['an empty file is an error', 'root', '', 'error of the file'],
    ['a blank file is an error', 'article', ' \n\u00a0\n\u00ad\n\t\n', 'error of the file'],
    ['an empty headlines file is an error', 'headlines', '\n\n', 'error of the file'],
    ['ENDS alone is an error', 'root', '\nENDS\n', 'error 2'],
  ])('%s', (_, place, text, reading) => {
    expect(outline(place, text)).toBe(reading);
  });
});

describe('a text file', () => {
  it('reads the publication that comes along as one article of five paragraphs and seventeen headlines', () => {
    const text = readFileSync(new URL('../../data/briefing.txt', import.meta.url), 'utf8');
    const { article, listLines, problems } = readPlainText(toPlainText(text), { file: 'briefing.txt', place: 'root' });
    expect(article?.titleFrom).toBe('first sentence');
    expect(article?.blocks.map(({ type }) => type)).toEqual(Array(5).fill('paragraph'));
    expect(listLines).toHaveLength(17);
    expect(listLines[0]?.line).toBe(text.split('\n').indexOf(listLines[0]!.text) + 1);
    expect(problems).toEqual([]);
  });

  it('leaves a first line in the text of an article whose title is given', () => {
    const options = { file: 'a/b.txt', place: 'article', title: toLine('Given') } as const;
    const { article } = readPlainText(toPlainText(`By Jane Doe\nFerry late\n\n${P}`), options);
    expect(article).toEqual({
      titleFrom: 'given',
      authors: ['Jane Doe'],
      blocks: [
        { type: 'paragraph', text: 'Ferry late' },
        { type: 'paragraph', text: P },
      ],
      line: 1,
    });
  });

  it('counts lines from the line that the text begins on', () => {
    const text = toPlainText(`\nBridge opens\n08/02/2026\n${P}\n\n\nFerry late`);
    const reading = readPlainText(text, { file: 'a.txt', place: 'root', firstLine: 10 });
    expect(reading.article?.line).toBe(11);
    expect(reading.listLines).toEqual([{ text: 'Ferry late', line: 16 }]);
    expect(reading.problems).toEqual([
      {
        severity: 'warning',
        file: 'a.txt',
        line: 12,
        message: 'expected a date such as 2026-02-08 or 8 February 2026, found “08/02/2026”, which stays in the text',
      },
    ]);
  });

  it.each([
    ['root', 'Ferry late', 'a list of 1 line: no line is long or ends in a full stop'],
    ['headlines', 'Ferry late', 'a list of 1 line: each line of a headlines file is a headline'],
    [
      'article',
      'Ferry late\n\nToday',
      'an article of 1 paragraph, titled by its first line: a text file in a folder is one article',
    ],
    [
      'root',
      `${P}\n\n\nFerry late\nBridge opens`,
      'an article of 1 paragraph, titled by its first sentence, then a list of 2 lines: a gap of 2 blank lines parts prose from lines of one sentence',
    ],
    [
      'root',
      `${P}\n\nFerry late\nBridge opens`,
      'an article of 1 paragraph, titled by its first sentence, then a list of 2 lines: short lines after a blank line end the file',
    ],
    ['root', P, 'an article of 1 paragraph, titled by its first sentence: no run of short lines ends the file'],
  ] as const)('says how a file was read and why (%s, %j)', (place, text, how) => {
    expect(readPlainText(toPlainText(text), { file: 'a.txt', place }).how).toBe(how);
  });

  it.each([
    ['one line', 'x'.repeat(5_000_000)],
    ['dots', '. '.repeat(2_500_000)],
    ['a run of blanks inside', `a${'\u00a0'.repeat(4_000_000)}b`],
    ['rows of blanks', `a${`${' '.repeat(3000)}\n`.repeat(1500)}b.`],
    ['brackets', '[('.repeat(2_000_000)],
    ['short lines', 'a.b\n'.repeat(1_000_000)],
  ])('comes to an end with a file of %s', (_, text) => {
    const { article, listLines } = readPlainText(toPlainText(text), { file: 'a.txt', place: 'root' });
    expect((article?.blocks.length ?? 0) + listLines.length).toBeGreaterThan(0);
  });

  it('loses no word and keeps their order, whatever lines it is made of', () => {
    const line = fc.constantFrom('', '', P, 'It rained.', 'Ferry late', '- Bridge opens', 'x'.repeat(201), ...wrapped);
    const place = fc.constantFrom<TextPlace>('root', 'article', 'headlines');
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), place, (lines, where) => {
        const reading = readPlainText(toPlainText(lines.join('\n')), { file: 'a.txt', place: where });
        const { article, listLines } = reading;
        const title = article?.titleFrom === 'first line' ? [article.title] : [];
        const texts = [...title, ...(article?.blocks ?? []), ...listLines].map((one) =>
          typeof one === 'object' ? one.text : one,
        );
        expect(texts.join('').replaceAll(' ', '')).toBe(lines.join('').replaceAll(' ', ''));
      }),
    );
  });
});
