/**
 * The numbers among folded words, in order, each in one form: grouped thousands without their separators, a decimal
 * comma as a point, numerals up to twelve as digits; with sign, currency and unit as far as they are one word.
 */
export function numbersIn(words: readonly string[]): readonly string[] {
  const numbers: string[] = [];
  for (const word of joinGroups(words)) {
    const number = toNumber(word);
    if (number !== undefined) numbers.push(number);
  }
  return numbers;
}

/** The words with `28 500` as one: thousands may be set apart by a space. */
export function joinGroups(words: readonly string[]): readonly string[] {
  const joined: string[] = [];
  for (const word of words) {
    const last = joined.at(-1);
    if (last !== undefined && last.length < 20 && isGroup.test(word) && isHead.test(last))
      joined[joined.length - 1] = `${last},${word}`;
    else joined.push(word);
  }
  return joined;
}

const isGroup = /^\d{3}(?!\d)/;
const isHead = /^[−\p{Sc}]*\d{1,3}(?:,\d{3})*$/u;

/** The number in one folded word; undefined when there is none. */
export function toNumber(word: string): string | undefined {
  const numeral = numerals.get(word);
  if (numeral !== undefined) return numeral;
  const start = word.search(/\d/);
  if (start < 0) return chineseNumeral.exec(word)?.[0];
  // Not more than a sign and a currency stand before the digits: Covid19 is Covid 19, and −$3 is not 3.
  const signed = /[−\p{Sc}.]{1,3}$/u.exec(word.slice(Math.max(0, start - 3), start))?.[0] ?? '';
  return signed + toPlainDigits(word.slice(start));
}

function toPlainDigits(digits: string): string {
  if (/^\d{1,3}(?:[.,]\d{3})+(?!\d)/.test(digits)) return digits.replace(/[.,](?=\d{3}(?!\d))/g, '');
  return digits.replace(',', '.');
}

// 一 is in too many other words.
const chineseNumeral = /[〇零二三四五六七八九十百千万亿両两]+/;

// In English, German, French and Spanish, but for words that also mean something else.
const numerals: ReadonlyMap<string, string> = new Map(
  [
    ['two', 'zwei', 'deux', 'dos'],
    ['three', 'drei', 'trois', 'tres'],
    ['four', 'vier', 'quatre', 'cuatro'],
    ['five', 'fünf', 'cinq', 'cinco'],
    ['six', 'sechs', 'seis'],
    ['seven', 'sieben', 'siete'],
    ['eight', 'acht', 'huit', 'ocho'],
    ['nine', 'neun', 'nueve'],
    ['ten', 'zehn', 'dix', 'diez'],
    ['eleven', 'onze'],
    ['twelve', 'zwölf', 'douze', 'doce'],
  ].flatMap((words, index) => words.map((word): [string, string] => [word, String(index + 2)])),
);
