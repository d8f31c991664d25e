import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toText } from '../../src/content/plain-text.ts';
import { summarize } from '../../src/content/summary.ts';
import { graphemeCount, toLine } from '../../src/lib/text.ts';
import { fromHtml, fromMarkdown } from './article.ts';

const sentence = (n: number): string =>
  `Boat ${n} came home late with its nets full of silver herring and a torn sail.`;

test('a summary is as many whole sentences as fit', () => {
  const sentences = [1, 2, 3, 4, 5].map(sentence);
  expect(summarize([sentences.join(' ')])).toBe(sentences.slice(0, 3).join(' '));
  expect(summarize(sentences)).toBe(sentences.slice(0, 3).join(' '));
  expect(summarize(['Short.'])).toBe('Short.');
  expect(summarize([])).toBeUndefined();
});

test('a first sentence that is too long is cut after a word', () => {
  const long = `The harbour master ${'counted and '.repeat(40)}slept.`;
  const summary = summarize([long])!;
  expect(summary).toMatch(/ (?:counted|and)…$/);
  expect(graphemeCount(summary)).toBeLessThanOrEqual(300);
  expect(graphemeCount(summary)).toBeGreaterThan(280);
});

test('no character that a person sees is cut', () => {
  const family = '👨‍👩‍👧‍👦';
  expect(summarize([family.repeat(400)])).toBe(`${family.repeat(299)}…`);
  expect(summarize(['e\u0301'.repeat(400)])).toBe(`${'e\u0301'.repeat(299)}…`);
});

test('a lead-in is left out when what it leads to does not fit', () => {
  expect(summarize([sentence(1), 'These boats were seen:', 'x '.repeat(200)])).toBe(sentence(1));
  expect(summarize(['These boats were seen:', 'Two.'])).toBe('These boats were seen: Two.');
});

test('Chinese and Japanese sentences follow each other without a space', () => {
  expect(summarize(['船が港に着いた。', '網は一杯だった。'])).toBe('船が港に着いた。網は一杯だった。');
});

test('an address in the text is not torn apart', () => {
  expect(summarize(['See https://a.example/b?c=d&e! Then go.'])).toBe('See https://a.example/b?c=d&e! Then go.');
});

test('headings, samples, tables, captions and footnotes are no summary', () => {
  const content = fromMarkdown(
    '# Title\n\n## Part\n\n```\ncode here\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n' +
      '<figure><img src="a.jpg" alt="Alt text"><figcaption>Caption</figcaption></figure>\n\n' +
      'The `text` itself[^1].\n\n[^1]: A note.',
  );
  expect(content.summary).toBe('The text itself.');
  expect(toText(content.html).split('\n')).toEqual([
    'Part',
    'code here',
    'a b',
    '1 2',
    'Caption',
    'The text itself[1].',
    'A note. ↩︎',
  ]);
});

test('a summary that the file gives is taken', () => {
  expect(fromMarkdown('# T\n\nText.', { summary: toLine('Mine.') }).summary).toBe('Mine.');
});

test('no text makes a summary of more than 300 characters, or one that it does not hold', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 400 }), { maxLength: 4 }), (prose) => {
      const summary = summarize(
        prose.map((block) => block.replace(/\s+/g, ' ').trim()).filter((block) => block !== ''),
      );
      expect(graphemeCount(summary ?? '')).toBeLessThanOrEqual(300);
    }),
  );
});

test('a summary ends where the editor says that it does', () => {
  for (const mark of ['<!--more-->', '<!-- more -->', '<!-- truncate -->', '{/* truncate */}', '<!--Excerpt-->']) {
    const { summary, html } = fromMarkdown(`# Title\n\nThe ferry is late.\n\n${mark}\n\nIt sank.\n`);
    expect(summary, mark).toBe('The ferry is late.');
    expect(html, mark).toBe('<p>The ferry is late.</p>\n\n<p>It sank.</p>');
  }
  expect(fromHtml('<div><p>One. <!--more--> Two.</p></div><p>Three.</p>').summary).toBe('One.');
  expect(fromMarkdown('<!--more-->\n\nOne.').summary).toBe('One.');
  expect(fromMarkdown('<!-- excerpt -->\nOne.\n<!-- end excerpt -->\n\nTwo.').summary).toBe('One.');
  expect(fromMarkdown('One. <!-- to do: more --> Two.\n\n`<!--more-->` ends it.').summary).toBe(
    'One. Two. <!--more--> ends it.',
  );
  expect(fromMarkdown('One.\n\n<!--more-->\n\nTwo.', { summary: toLine('Given.') }).summary).toBe('Given.');
});
