import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toMatchKey, toMatchWords } from '../../src/lib/match-key.ts';

const alike: readonly (readonly [string, string])[] = [
  ["Anutin's party", 'ANUTIN’S PARTY'],
  ['“Very good talks”', 'Very good talks'],
  ['«Non», dit-elle', 'Non, dit‑elle'],
  ['Seoul–Beijing', 'Seoul-Beijing'],
  ['Seoul — Beijing', 'Seoul: Beijing'],
  ['U.S. envoy', 'US envoy'],
  ['cease-fire', 'ceasefire'],
  ['Bundes\u00adtag', 'Bundestag'],
  ['5\u00a0% plus', '5% plus'],
  ['zero\u200bwidth', 'zerowidth'],
  ['José', 'Jose\u0301'],
  ['ﬁnal', 'final'],
  ['Straße', 'STRASSE'],
  ['ΟΔΟΣ', 'οδος'],
  ['İstanbul', 'istanbul'],
  ['ＡＢＣ１２３', 'abc123'],
  ['在 iPhone 上', '在iPhone上'],
  ['台风过后，停课', '台风过后停课'],
  ['مُدَرِّس', 'مدرس'],
  ['مـــصر', 'مصر'],
  ['می\u200cرود', 'میرود'],
  ['٣٫٥', '3.5'],
  ['2026–27', '2026/27'],
  ['Xbox™', 'Xbox'],
  ['\u2212 5', '- 5'],
  ['–5 °C', '-5°C'],
  ['will it hold?', 'Will it hold'],
];

const different: readonly (readonly [string, string])[] = [
  ['C++', 'C'],
  ['C++', 'C#'],
  ['C#', 'C'],
  ['3.5', '35'],
  ['3-2', '32'],
  ['3-2', '3.2'],
  ['-5%', '5%'],
  ['+5%', '5%'],
  ['5%', '5'],
  ['$3', '€3'],
  ['$3', '3'],
  ['-$3', '$3'],
  ['10²', '102'],
  ['5½', '51/2'],
  ["5'10", '510'],
  ['1:30', '130'],
  ['.5 points', '5 points'],
  ['BBB-', 'BBB'],
  ['AA+', 'AA'],
  ['Profit > 5', 'Profit < 5'],
  ['sınır', 'sinir'],
  ['कमल', 'कमाल'],
  ['か', 'が'],
  ['Weather: ☀', 'Weather: 🌧'],
  ['🇫🇷', '🇩🇪'],
  ['👍', '👎'],
  ['…', '—'],
  ['日本', '中国'],
];

test.each(alike)('%j and %j are one headline', (one, other) => {
  expect(toMatchKey(one)).toBe(toMatchKey(other));
});

test.each(different)('%j and %j are two headlines', (one, other) => {
  expect(toMatchKey(one)).not.toBe(toMatchKey(other));
});

test('a headline of nothing but punctuation is its own key', () => {
  expect(toMatchKey('?!')).toBe('?!');
  expect(toMatchKey('—')).toBe('—');
});

test('no text but the empty one has an empty key, and a key is its own key', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
      const key = toMatchKey(text);
      expect(key).not.toBe('');
      expect(toMatchKey(key)).toBe(key);
    }),
    { numRuns: 2000 },
  );
});

test('composing or decomposing a headline does not change its key', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(toMatchKey(text.normalize('NFD'))).toBe(toMatchKey(text.normalize('NFC')));
    }),
    { numRuns: 2000 },
  );
});

test('words come apart at white space and dashes, not at apostrophes and the points of abbreviations', () => {
  expect(toMatchWords('The U.S.–led plan didn’t pass: 28,500 left')).toEqual([
    'the',
    'us',
    'led',
    'plan',
    'didnt',
    'pass',
    '28,500',
    'left',
  ]);
});

test.each(['-', '.', 'a.', "'", '5 ', '\u0301', '\u00ad', 'a-', '5,', '،', '语'])(
  'megabytes of %j have a key',
  (text) => {
    expect(toMatchKey(text.repeat(1_000_000))).not.toBe('');
  },
);
