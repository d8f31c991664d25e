import { foldCase, splitWords, toMatchKey } from '../lib/match-key.ts';
import { joinGroups, toNumber } from './numbers.ts';
import { unspaced } from './prose-words.ts';
import { functionWords, shortenPhrases, turningWords } from './wording.ts';

/** One word of a headline, or one character where a script sets no spaces. */
export type HeadlineWord = {
  /** Without case and accents: what is compared. */
  readonly text: string;
  /** How much it tells: 1, half of that for a character, 0 for a function word. */
  readonly weight: number;
  readonly number?: string;
  /** Surely no name: typed in small letters, where capitals would mean something. */
  readonly isCommon: boolean;
  /** Adding, dropping or changing it may make other news. */
  readonly isTurning: boolean;
  readonly isCharacter: boolean;
};

/** A headline, taken apart for comparing. */
export type Headline = {
  readonly key: string;
  readonly words: readonly HeadlineWord[];
  /** Capitalised words joined by a hyphen, in alphabetical order: `Russia-Ukraine` is `Ukraine-Russia`. */
  readonly pairs: readonly string[];
};

/** No headline is as long: of what is, the beginning tells. */
const longestText = 4000;

/** Takes a headline apart. */
export function toHeadline(text: string): Headline {
  const start = text.slice(0, longestText);
  const cased = joinGroups(splitWords(shortenPhrases(start))).flatMap((word) =>
    unspaced.test(word) ? Array.from(word) : [word],
  );
  return { key: toMatchKey(text), words: cased.map(toWord), pairs: toPairs(start) };
}

// Not before a number: it may be the score.
const namePair = /(?<![\p{L}\p{N}–-])(\p{Lu}\p{L}+)[-–](\p{Lu}\p{L}+)(?![\p{L}\p{N}–-]|:? ?\d)/gu;

function toPairs(text: string): readonly string[] {
  return Array.from(text.matchAll(namePair), ([, one, other]) =>
    [one!, other!]
      .map((name) => toLoose(foldCase(name)))
      .toSorted()
      .join(' '),
  );
}

function toWord(cased: string, index: number): HeadlineWord {
  const folded = foldCase(cased);
  const isCharacter = unspaced.test(folded);
  const text = toLoose(folded);
  const number = toNumber(folded) ?? toNumber(text);
  // Team A is not a team.
  const isLabel = index > 0 && /^\p{Lu}$/u.test(cased);
  const isFunction = functionWords.has(text) && !isLabel;
  return {
    text: number ?? text,
    weight: isFunction ? 0 : isCharacter ? 0.5 : 1,
    ...(number === undefined ? {} : { number }),
    isCommon: number === undefined && isSmall.test(cased),
    isTurning: turningWords.has(text),
    isCharacter,
  };
}

const isSmall = /^[\p{Ll}\p{M}]+$/u;
const accents = /(?<=[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}])\p{M}+/gu;

/** Accents are dropped, and letters that are typed for each other count as one. */
function toLoose(word: string): string {
  if (/^[a-z]*$/.test(word)) return word;
  return word
    .normalize('NFD')
    .replace(accents, '')
    .normalize('NFC')
    .replaceAll('ı', 'i')
    .replace(/[أإآٱ]/g, 'ا')
    .replaceAll('ى', 'ي')
    .replaceAll('ة', 'ه')
    .replace(/(?<=.)#|^#(?=.)/g, '');
}
