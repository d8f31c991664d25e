import fc from 'fast-check';
import { expect, test } from 'vitest';
import { entryBound } from '../../src/feeds/entry-bound.ts';
import { type FeedEntry, formats } from '../../src/feeds/model.ts';
import { renderers } from '../../src/feeds/renderers.ts';
import type { Html } from '../../src/lib/html.ts';
import type { PlainText } from '../../src/lib/text.ts';
import type { AbsoluteUrl } from '../../src/lib/url.ts';
import { arbitraryWords, toArticle } from './arbitrary-text.ts';
import { article, entries, headline, tagScheme, url } from './samples.ts';

function mostBytes(entry: FeedEntry): number {
  const texts = formats.map((format) => renderers[format].renderEntry(entry, tagScheme).text);
  return Math.max(...texts.map((text) => Buffer.byteLength(text)));
}

test('no entry takes more than its bound in any format', () => {
  for (const entry of entries) expect(entryBound(entry, tagScheme)).toBeGreaterThanOrEqual(mostBytes(entry));
  fc.assert(
    fc.property(arbitraryWords, (words) => {
      const whole = toArticle(words);
      const { summary: _, ...brief } = whole;
      for (const entry of [whole, brief, { ...headline, title: words.title, summary: words.summary }]) {
        const bound = entryBound(entry, tagScheme);
        expect(bound).toBeLessThan(Number.POSITIVE_INFINITY);
        expect(bound).toBeGreaterThanOrEqual(mostBytes(entry));
      }
    }),
    { numRuns: 150 },
  );
});

test.each(['&', '<', '>', '"', "'", '\\', '\n', '\t', '漢', '\u{1f6a2}', '\u007f', '\u2028'])(
  'nor does one that says %j and little else',
  (character) => {
    const text = `-${character.repeat(10_000)}-` as PlainText;
    const tags = [{ label: text, slug: text }];
    const authors = [{ name: text, email: text, uri: url('/?a&b'), avatar: url('/c') }];
    const media = (['image', 'audio', 'file'] as const).map((role) => {
      const texts = { alt: text, caption: text, credit: text };
      return { role, url: url(`/${role}?a&b`), type: text, length: 2 ** 40, duration: 1e6, ...texts };
    });
    const words = { id: text, atomId: text, title: text, language: text, authors, tags };
    const bare: FeedEntry = { ...article, ...words, media: [], contentHtml: text as string as Html };
    for (const entry of [bare, { ...bare, image: media[0]!, media }, { ...headline, ...words, summary: text }]) {
      expect(entryBound(entry, tagScheme)).toBeGreaterThanOrEqual(mostBytes(entry));
    }
  },
);

test('a plain entry has a bound near to what it takes', () => {
  const contentHtml = '<p>The ferry sails at noon.</p>'.repeat(500) as Html;
  const entry: FeedEntry = { ...article, contentHtml };
  expect(entryBound(entry, tagScheme)).toBeLessThan(mostBytes(entry) + 6000);
});

test.each<[string, Partial<FeedEntry>]>([
  ['two ends of a CDATA section in its content', { contentHtml: 'a ]]> b ]]> c' as Html }],
  ['a control character', { title: 'a \u0001' as PlainText }],
  ['a lone surrogate', { summary: '\ud800' as PlainText }],
  ['no id', { id: '' }],
  ['an empty summary', { summary: '' as PlainText }],
  ['a link that is none', { url: 'here' as AbsoluteUrl }],
  ['an author whose link is none', { authors: [{ name: 'Ana' as PlainText, uri: 'here' as AbsoluteUrl }] }],
])('an entry with %s, which one format or another refuses, has none', (_, fields) => {
  const bad = { ...article, ...fields } as FeedEntry;
  expect(entryBound(bad, tagScheme)).toBe(Number.POSITIVE_INFINITY);
  expect(() => mostBytes(bad)).toThrow();
});
