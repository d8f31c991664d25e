import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toText } from '../../src/content/plain-text.ts';
import { toContent } from '../../src/content/to-content.ts';
import { type PlainText, toLine, toPlainText } from '../../src/lib/text.ts';
import type { TextBlock } from '../../src/source/draft.ts';
import { draft } from './article.ts';

function fromText(...blocks: readonly (readonly [TextBlock['type'], string])[]): { html: string; text: string } {
  const typed = blocks.map(([type, text]) => ({ type, text: toPlainText(text) }));
  const { html } = toContent(draft({ markup: 'text', blocks: typed, line: 1 }, { title: toLine('Given') }), 'en');
  return { html, text: toText(html) };
}

test('paragraphs, sub-headings and line breaks of plain text are those of the HTML', () => {
  const { html } = fromText(['paragraph', 'One line\nand another.'], ['heading', 'Later'], ['paragraph', 'The end.']);
  expect(html).toBe('<p>One line<br />\nand another.</p>\n<h2>Later</h2>\n<p>The end.</p>');
});

test('nothing in plain text is taken for markup', () => {
  const typed = '<b>bold</b> & *stars* &amp; [a](b) `c` {{ d }} "e" <script>f</script> <!-- g';
  const { html, text } = fromText(['paragraph', typed]);
  expect(html).toBe(
    '<p>&lt;b&gt;bold&lt;/b&gt; &amp; *stars* &amp;amp; [a](b) `c` {{ d }} "e" &lt;script&gt;f&lt;/script&gt; &lt;!-- g</p>',
  );
  expect(text).toBe(typed);
});

test('a bare web address is a link, without the punctuation around it', () => {
  const link = (url: string): string => `<a href="${url}">${url}</a>`;
  for (const [typed, html] of [
    ['See https://a.example/b.', `See ${link('https://a.example/b')}.`],
    ['(https://a.example/b)', `(${link('https://a.example/b')})`],
    ['https://a.example/b_(c), then', `${link('https://a.example/b_(c)')}, then`],
    ['http://a.example/?b=c&d=e!', `${link('http://a.example/?b=c&amp;d=e')}!`],
    ['“https://a.example/”', `“${link('https://a.example/')}”`],
    ['a@b.example, README.md, example.com, ftp://a.example/', 'a@b.example, README.md, example.com, ftp://a.example/'],
    ['javascript://a.example/%0Aalert(1)', 'javascript://a.example/%0Aalert(1)'],
  ] as const)
    expect(fromText(['paragraph', typed]).html, typed).toBe(`<p>${html}</p>`);
});

test('a reader sees the text to the letter', () => {
  const line = fc.string({ unit: 'grapheme', minLength: 1 }).map((text) => toLine(`x${text.replace(/\s/g, '')}x`));
  fc.assert(
    fc.property(line, (text: PlainText) => {
      const visible = text.replace(/[\u007f-\u009f]|\p{Noncharacter_Code_Point}/gu, '');
      expect(fromText(['paragraph', text]).text).toBe(visible);
    }),
  );
});
