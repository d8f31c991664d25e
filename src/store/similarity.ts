import { toMatchKey } from '../lib/match-key.ts';
import { isSameHeadline } from './align.ts';
import { changedPart } from './changed-part.ts';
import { numbersIn } from './numbers.ts';
import { everydayWords, toProseWords } from './prose-words.ts';
import { isWithinWords } from './word-distance.ts';

/** So many words may change in an edit that is not significant. */
const smallEditWords = 3;

/** Texts of fewer words are too short for shares to tell anything. */
const shortWords = 50;

/** Shares of the three-word sequences that a renamed text keeps, by whether it kept its title. */
const renamedShare = { sameTitle: 0.6, otherTitle: 0.9 } as const;

/**
 * Share (0 to 1) of the words of `before`, each as often as it stands there, that `after` keeps; 1 when it has none.
 * Words that stand in every text of their language (`the`, `und`) are left out: any two articles share those.
 */
export function keptShare(before: string, after: string): number {
  return before === after ? 1 : sharedPart(tellingWords(before), toProseWords(after));
}

function tellingWords(text: string): readonly string[] {
  const words = toProseWords(text);
  const telling = words.filter((word) => !everydayWords.has(word));
  return telling.length === 0 ? words : telling;
}

/**
 * Whether an edit is significant: more than three words were added, removed or replaced, or any number changed. Case,
 * punctuation and white space do not count.
 */
export function isSignificantEdit(before: string, after: string): boolean {
  if (before === after) return false;
  const part = changedPart(before, after);
  const [old, fresh] = [toProseWords(part.before), toProseWords(part.after)];
  const isSmall = isWithinWords(old, fresh, smallEditWords) && isEqual(numbersIn(old), numbersIn(fresh));
  return !isSmall && toMatchKey(part.before) !== toMatchKey(part.after);
}

/**
 * Whether a vanished article and a new one are one that was renamed, with light edits at most: at least 60 % of the
 * three-word sequences of each are in the other under the same or an edited title, 90 % and all numbers under another.
 * Texts of fewer than fifty words must keep their title and change by three words and no number at most.
 */
export function isRenamed(
  before: { readonly title: string; readonly text: string },
  after: { readonly title: string; readonly text: string },
): boolean {
  const hasTitle = isSameHeadline(before.title, after.title);
  if (before.text === after.text && hasTitle) return true;
  if (!isAlikeInLength(before.text, after.text) || !hasSamplesOf(before.text, after.text)) return false;
  const [old, fresh] = [toProseWords(before.text), toProseWords(after.text)];
  if (Math.min(old.length, fresh.length) < shortWords) return hasTitle && !isSignificantEdit(before.text, after.text);
  if (!hasTitle && !isEqual(numbersIn(old), numbersIn(fresh))) return false;
  const least = hasTitle ? renamedShare.sameTitle : renamedShare.otherTitle;
  return isMutual(toTriples(old), toTriples(fresh), least);
}

function isAlikeInLength(before: string, after: string): boolean {
  // Below the smallest share no text can hold the other's sequences.
  return Math.min(before.length, after.length) >= Math.max(before.length, after.length) * 0.4;
}

/** A quick look at short pieces of a long text, since a new file is held against every lost one. */
function hasSamplesOf(before: string, after: string): boolean {
  if (Math.min(before.length, after.length) < sampledLength) return true;
  const [old, fresh] = [before.normalize('NFC'), after.normalize('NFC')];
  const pieces = Array.from({ length: samples }, (_, n) => {
    const start = Math.floor(((n + 0.5) * old.length) / samples);
    return old.slice(start, start + 12);
  });
  return pieces.filter((piece) => fresh.includes(piece)).length >= samples / 8;
}

// Of a text that keeps 60 % of its sequences far more pieces than that are found again.
const samples = 16;
const sampledLength = 500;

function isMutual<T>(before: readonly T[], after: readonly T[], least: number): boolean {
  return sharedPart(before, after) >= least && sharedPart(after, before) >= least;
}

function sharedPart<T>(before: readonly T[], after: readonly T[]): number {
  if (before.length === 0) return 1;
  const left = new Map<T, number>();
  for (const one of after) left.set(one, (left.get(one) ?? 0) + 1);
  let kept = 0;
  for (const one of before) {
    const count = left.get(one) ?? 0;
    if (count === 0) continue;
    left.set(one, count - 1);
    kept += 1;
  }
  return kept / before.length;
}

/** Sequences of three words, as numbers that differ when the words do, but for one chance in thousands of millions. */
function toTriples(words: readonly string[]): readonly number[] {
  const numbers = new Map<string, number>();
  const ids = words.map((word) => numbers.getOrInsertComputed(word, hashOf));
  return ids.slice(2).map((id, index) => (Math.imul(ids[index]!, 31) ^ ids[index + 1]!) * 2 ** 20 + (id >>> 12));
}

function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at += 1) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  return hash;
}

function isEqual(before: readonly string[], after: readonly string[]): boolean {
  return before.length === after.length && before.every((one, index) => one === after[index]);
}
