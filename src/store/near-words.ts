import { sameStart } from './changed-part.ts';
import type { HeadlineWord } from './headline-words.ts';
import { isConfusable } from './like-words.ts';

/**
 * Whether one word is the other with a slip of the hand or another ending. A slip is a letter added, left out or put in
 * another's place, or two neighbours swapped (in words of four letters only that), never the first letter: one in words
 * of five letters, two in eight; in what may be a name one in six letters, two in ten, and another letter in one's place
 * in eight only.
 */
export function isNear(before: HeadlineWord, after: HeadlineWord): boolean {
  const [a, b] = [before.text, after.text];
  if (before.number !== undefined || after.number !== undefined) return false;
  if (before.isCharacter || after.isCharacter) return isVariant(a, b);
  if (a[0] !== b[0] || isConfusable(a, b)) return false;
  const isCommon = before.isCommon && after.isCommon;
  return isInflection(a, b, isCommon) || (!(before.isTurning && after.isTurning) && isSlip(a, b, isCommon));
}

/**
 * Whether one word, of five letters or more, is the other with one letter added or left out, or two neighbours swapped,
 * never the first. Names of so few letters may differ in no more than that and be two: the place has to tell.
 */
export function isMissedLetter(before: HeadlineWord, after: HeadlineWord): boolean {
  const [a, b] = [before.text, after.text];
  const isLetters = /^\p{L}+$/u.test(a + b) && !before.isCharacter && !after.isCharacter;
  if (!isLetters || a[0] !== b[0] || isConfusable(a, b) || before.isTurning || after.isTurning) return false;
  const longest = Math.max(a.length, b.length);
  if (longest < 5 || longest > longestWord || longest - Math.min(a.length, b.length) > 1) return false;
  const { distance, isReplaced } = slips(a, b);
  return distance === 1 && !isReplaced;
}

const variants = ['的地得', '在再', '做作', '像象', '已己', '即既', '和与及', '后後', '于於', 'はが'];

function isVariant(before: string, after: string): boolean {
  return variants.some((group) => group.includes(before) && group.includes(after));
}

const verbEndings = new Set(['', 's', 'es', 'ed', 'd', 'ing', 'led', 'ling']);

// Visitera is not visite yet, nor visitará visita.
const isFuture = /ra$|ran$|ront$/;

function isInflection(a: string, b: string, isCommon: boolean): boolean {
  const stem = sameStart(a, b);
  if (stem < 4) return false;
  const [endA, endB] = [a.slice(stem), b.slice(stem)];
  if (isFuture.test(endA) !== isFuture.test(endB)) return false;
  if (verbEndings.has(endA) && verbEndings.has(endB)) return true;
  return isCommon && stem >= 5 && endA.length <= 3 && endB.length <= 3;
}

// Comparing letter by letter takes the square of the length.
const longestWord = 60;

function isSlip(a: string, b: string, isCommon: boolean): boolean {
  const length = Math.min(a.length, b.length);
  if (Math.abs(a.length - b.length) > 2 || length < (isCommon ? 4 : 5)) return false;
  if (length > longestWord) return false;
  const { distance, isReplaced } = slips(a, b);
  if (distance > (length >= 10 || (isCommon && length >= 8) ? 2 : 1)) return false;
  const longest = Math.max(a.length, b.length);
  return isCommon ? longest >= 5 || isAnagram(a, b) : longest >= (isReplaced ? 8 : 6);
}

/** Damerau's distance (neighbours swapped count once), and whether letters were put for others. */
function slips(a: string, b: string): { readonly distance: number; readonly isReplaced: boolean } {
  let before: number[] = [];
  let row: number[] = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? before[j - 2]! + 1 : Infinity;
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1, swapped));
    }
    [before, row] = [row, next];
  }
  return {
    distance: row[b.length]!,
    isReplaced: a.length === b.length && !isAnagram(a, b),
  };
}

function isAnagram(a: string, b: string): boolean {
  return Array.from(a).toSorted().join('') === Array.from(b).toSorted().join('');
}
