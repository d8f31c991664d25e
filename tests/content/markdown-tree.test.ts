import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import definitionLists from 'markdown-it-deflist';
import { describe, expect, test } from 'vitest';
import { nestingLimit } from '../../src/content/bounded-parser.ts';
import { readHtml } from '../../src/content/html.ts';
import { readMarkdown } from '../../src/content/markdown.ts';
import { fromMarkdown } from './article.ts';

// What Markdown is made of, and what its readers trip over; none of it raw HTML by itself.
const pieces = [
  ...['word ', 'b', '\n', '\n\n', '  \n', '\\\n', '\t', '    ', '\r', '\0', '\ud800', '\udc00', '\u0085', '\ufdd0'],
  ...['&amp;', '&#13;', '&#10;', '&copy', '&lt;b&gt;', '"', "'", '{#id}', '{', '}', '\\', '!', ':', '<', '>'],
  ...['*', '**', '_', '~~', '`', '``', '\n```\n', '\n```c++ x&quot;y\n', '\n~~~ \u00a0js\n', '\n# ', '\n## H {#id}\n'],
  ...[
    '\n- ',
    '\n: ',
    '\n  - ',
    '\n1. ',
    '\n7) ',
    '\n> ',
    '\n---\n',
    '\n===\n',
    '\n| a | b |\n|:-:|--|\n| c | d |\n',
    '|',
  ],
  ...[
    '[x](y "t&quot;")',
    '![i *e* `c`](s "t")',
    '[![i](s)](y)',
    '[a <http://x.y> b](u)',
    '[',
    ']',
    '(u)',
    '[x]',
    '[x]: /u\n',
  ],
  ...[
    'https://x.example/?a&b',
    '<https://y.example/>',
    '[f](#id)',
    '[j](javascript:a)',
    '[^1]',
    '\n[^1]: note\n',
    '^[n]',
  ],
];

/** A comment has the whole text read as HTML. */
function expectSameWithComment(text: string): void {
  const { html, title, summary } = fromMarkdown(text);
  const { html: html2, title: title2, summary: summary2 } = fromMarkdown(`<!-- -->\n\n${text}`);
  expect({ html, title, summary }, JSON.stringify(text)).toEqual({ html: html2, title: title2, summary: summary2 });
}

describe('Markdown without HTML', () => {
  test('reads as with an HTML comment in it', () => {
    for (const text of [
      '- tight\n\n  ```sh\n  $ ls\n  ```\n- ![alt *em*](a.png "t")\n  - inner\n\n    loose\n',
      '# One {#one}\n\n> quote\n> - a\n\n***\n\n    code\n\n| a |\n|--:|\n| `b` |\n',
      'term *a*\n: tight\n  - list\n\nother\n\n: loose\n\n  > more\n: last\n',
      'line&#13;\nnext&#13;&#10;last  \nbreak\\\nend',
      '[a <http://x.example/> b](u)',
      `${'- '.repeat(60)}deep`,
      `${'> '.repeat(97)}deeper`,
      `${'> '.repeat(95)}**a *b \`c\`***`,
    ])
      expectSameWithComment(text);
  });

  test('reads as with an HTML comment in it, whatever it is', () => {
    const texts = fc.array(fc.constantFrom(...pieces), { maxLength: 25 }).map((parts) => parts.join(''));
    fc.assert(fc.property(texts, expectSameWithComment), { numRuns: 1000 });
  });
});

describe('Markdown', () => {
  const markdownIt = new MarkdownIt({ html: true, linkify: true, maxNesting: nestingLimit }).use(definitionLists);
  markdownIt.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
  markdownIt.validateLink = () => true;

  test('is what markdown-it says it is, where it holds neither footnotes nor anchors nor tasks', () => {
    const own = [
      '\n<b>raw</b>\n',
      '<i>',
      'HTTPS://Ex.example/\u00e4?q=a b',
      '//x.example',
      'mailto:a@x.example',
      'a@x.example',
    ];
    const shared = pieces.filter((piece) => !/[{}]|\^/.test(piece));
    const mayHoldTask = /^(?:[\s>:~*+-]|\d+[.)])*\[x\]\s/m;
    const texts = fc
      .array(fc.constantFrom(...shared, ...own), { maxLength: 25 })
      .map((parts) => parts.join(''))
      .filter((text) => !mayHoldTask.test(text));
    fc.assert(
      fc.property(texts, (text) => {
        expect(readMarkdown(text, 'a.md').clean).toEqual(readHtml(markdownIt.render(text)));
      }),
      { numRuns: 2000 },
    );
  });
});
