import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fits, graphemeCount, takeGraphemes } from '../../src/lib/text.ts';

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
const graphemesOf = (text: string): readonly string[] => Array.from(segmenter.segment(text), ({ segment }) => segment);

const unit = fc.oneof(
  fc.integer({ min: 0x20, max: 0x52f }).map((code) => String.fromCodePoint(code)),
  fc.integer({ min: 0x2000, max: 0x20ff }).map((code) => String.fromCodePoint(code)),
  fc.constantFrom('\n', '\r\n', 'e\u0301', '\u0483', '👩‍👩‍👧', '🇩🇪', '한', 'क्षि', '©\ufe0f', '\u00ad', 'ﷺ'),
);

test('user-perceived characters are counted and taken as Unicode has them, in every script', () => {
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 30 }), fc.nat({ max: 35 }), (units, limit) => {
      const text = units.join('');
      const graphemes = graphemesOf(text);
      expect(graphemeCount(text)).toBe(graphemes.length);
      expect(takeGraphemes(text, limit)).toBe(graphemes.slice(0, limit).join(''));
      expect(fits(text, limit)).toBe(graphemes.length <= limit);
    }),
    { numRuns: 3000 },
  );
});
