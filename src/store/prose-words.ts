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
    const parts = known.getOrInsertComputed(word, () => {
      room -= word.length;
      return room < 0 ? Array.from(word) : segment(word);
    });
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

/** Words that running text in English, German, French or Spanish is never without. */
export const everydayWords: ReadonlySet<string> = new Set(
  `the of and to in that it is was for on are as with his her he she they them we you at be this have from or had by not
  but what all were when your can said there an which their if do will each about how up out then so some would into has
  more its who than been now after also could over did down only may such very no our my me him us these those
  der die das und den dem des ein eine einen einem einer eines zu von mit sich auf für ist nicht auch es an als im am aus
  er sie wir ihr hat dass daß nach wird bei noch wie um einem über war werden haben sind aber vor zur zum durch man oder
  le la les un une des du et est que qui dans pour par sur pas plus au aux ne se ce cette son sa ses il elle ils nous vous
  en sont avec mais été ont leur comme où
  el los las una unos unas que y del al lo se por para con no su sus más como pero le ha han fue este esta es son ya
  的 了 在 是 和 与 也 有 を は が の に で と て も`.split(/\s+/),
);
