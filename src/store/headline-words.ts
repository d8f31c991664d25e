import { foldCase, splitWords, toMatchKey } from '../lib/match-key.ts';
import { joinGroups, toNumber } from './numbers.ts';
import { unspaced } from './prose-words.ts';
import { functionWords, turningWords } from './wording.ts';

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
export type Headline = { readonly key: string; readonly words: readonly HeadlineWord[] };

/** Takes a headline apart. */
export function toHeadline(text: string): Headline {
  const cased = joinGroups(splitWords(text)).flatMap((word) => (unspaced.test(word) ? Array.from(word) : [word]));
  return { key: toMatchKey(text), words: cased.map(toWord) };
}

function toWord(cased: string): HeadlineWord {
  const folded = foldCase(cased);
  const isCharacter = unspaced.test(folded);
  const text = toLoose(folded);
  const number = toNumber(folded) ?? toNumber(text);
  const isFunction = functionWords.has(text);
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
