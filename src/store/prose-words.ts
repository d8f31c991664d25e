import { toMatchWords } from '../lib/match-key.ts';

/** The folded words of a text; where a script sets no spaces between them, those that a dictionary finds. */
export function toProseWords(text: string): readonly string[] {
  const words: string[] = [];
  const known = new Map<string, readonly string[]>();
  let room = segmentedLimit;
  for (const word of toMatchWords(text)) {
    if (!unspaced.test(word)) {
      words.push(word);
      continue;
    }
    let parts = known.get(word);
    if (parts === undefined) {
      parts = room < word.length ? Array.from(word) : segment(word);
      room -= word.length;
      known.set(word, parts);
    }
    for (const part of parts) words.push(part);
  }
  return words;
}

// Looking words up is slow: what comes after so many characters is taken character by character.
const segmentedLimit = 200_000;

/** Scripts without spaces between words. */
export const unspaced: RegExp =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

const segmenter = new Intl.Segmenter('en', { granularity: 'word' });

function segment(word: string): readonly string[] {
  return Array.from(segmenter.segment(word), (part) => part.segment);
}
