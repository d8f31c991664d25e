import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, test } from 'vitest';
import { toText } from '../../src/content/plain-text.ts';
import { toContent } from '../../src/content/to-content.ts';
import { toPlainText } from '../../src/lib/text.ts';
import { draft, fromHtml, fromMarkdown } from './article.ts';

function faultsOf(html: string): readonly string[] {
  const faults: string[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => faults.push(error.message));
  parser.write(`<div>${html.replace(/[\u0001\u0002]/g, '')}</div>`).close();
  return faults;
}

const size = 60_000;
const repeated = (scrap: string): string => scrap.repeat(Math.ceil(size / scrap.length));

// Each of these takes minutes where the work for a character grows with what stands before it.
const scraps = [
  ...[
    '[',
    '![',
    ']',
    '[a](',
    '[a](<b',
    '[^',
    '^[',
    '*a_ **b ',
    '_a ',
    '~~a ',
    '`',
    '` `` ``` ',
    '`a\n\n',
    '>',
    '> - ',
    '- ',
  ],
  ...[
    '<',
    '<!--',
    '<![CDATA[',
    '<?',
    '<a ',
    '<a b="',
    '<b>',
    '<div>',
    '<p>',
    '<ul><li>',
    '<table><td>',
    '<td>',
    '</b>',
    '<b></i>',
  ],
  ...[
    '<a href=x><b>',
    '<noscript><img data-src=x>',
    '<object>',
    '<svg><g>',
    '<form>',
    '<select>',
    '<pre>\n',
    '<h1>',
    '<title>',
  ],
  ...['&', '&#', '&#1;', '\\', '"', ' ', '\t', 'http://', 'http://a(', 'a|b\n-|-\n', '[^a]: x\n', '[a]: <b>\n', '# '],
  ...[
    '{{',
    '{{< ',
    '{% ',
    '{% raw %}',
    '{% highlight x %}\n',
    '<A {"',
    '<A b={',
    '{:a ',
    'import a from ',
    '```\n',
    'e\u0301\u0301',
  ],
];

describe('a file made to break the reader', () => {
  test('of a scrap repeated without end becomes an article, in Markdown and in HTML', () => {
    for (const scrap of scraps) {
      for (const content of [fromMarkdown(repeated(scrap)), fromHtml(repeated(scrap))]) {
        expect(
          content.problems.filter(({ severity }) => severity === 'error'),
          scrap,
        ).toEqual([]);
        expect(faultsOf(content.html), scrap).toEqual([]);
      }
    }
  }, 30_000);

  test('of elements in elements is published side by side, with a warning', () => {
    const content = fromHtml(`${'<div>'.repeat(100_000)}inside${'</div>'.repeat(100_000)}after`);
    expect(toText(content.html)).toBe('inside\nafter');
    expect(content.problems.map(({ severity }) => severity)).toEqual(['warning']);
    expect(content.problems[0]?.message).toContain('100 elements');
  });

  test('of quotations in quotations is published as deep as it can be read, with a warning', () => {
    const content = fromMarkdown(`First.\n\n${'> '.repeat(10_000)}inside`);
    expect(content.html).toMatch(/^<p>First\.<\/p>\n<blockquote>/);
    expect(content.problems).toHaveLength(1);
    expect(content.problems[0]).toMatchObject({ severity: 'warning', line: 5 });
  });

  test('of anything at all becomes an article', () => {
    const scrap = fc.oneof(
      fc.constantFrom(...scraps, '\n', 'word ', '</p>', '# ', '| '),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(fc.array(scrap, { maxLength: 30 }), fc.constantFrom('markdown', 'html'), (parts, markup) => {
        const text = toPlainText(parts.join(''));
        const content = toContent(draft({ markup: markup as 'markdown' | 'html', text, line: 1 }), undefined);
        expect(content.title).not.toBe('');
        expect(content.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
        expect(faultsOf(content.html)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
