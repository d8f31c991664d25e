import { diffHeadlines, type HeadlineDiff, type Hunk, type WordPair } from './headline-diff.ts';
import type { Headline, HeadlineWord } from './headline-words.ts';
import { awayWords, tellsOutcome } from './wording.ts';

/** Headlines of more words are compared as prose. */
const longWords = 100;

/**
 * How surely `after` is an edit of `before`, up to 1; undefined when it is not, or may not be. Each threshold stands
 * beside its rule below; the weight of a headline is the number of its words that are no function words.
 */
export function likeness(before: Headline, after: Headline): number | undefined {
  if (before.key === after.key) return 1;
  if (Math.max(before.words.length, after.words.length) > longWords) return proseLikeness(before, after);
  const pairs = before.pairs.filter((pair) => after.pairs.includes(pair));
  const diff = settleMoves(diffHeadlines(before.words, after.words), pairs);
  if (diff === undefined || isTurned(diff) || !isSlipsOnly(diff)) return undefined;
  const whole = Math.max(weigh(before.words), weigh(after.words));
  const stayed = weigh(diff.kept) + weigh([...diff.near, ...diff.synonyms].map((pair) => pair.before));
  return isEdit(diff, stayed, whole) ? stayed / Math.max(whole, 1) : undefined;
}

function weigh(words: readonly HeadlineWord[]): number {
  return words.reduce((sum, { weight }) => sum + weight, 0);
}

/** A word that may turn the news was added, dropped or changed; or `to visit` became `visits`. */
function isTurned({ hunks, near }: HeadlineDiff): boolean {
  const changed = hunks.flatMap(({ removed, added }) => [...removed, ...added]);
  if (changed.some(({ isTurning }) => isTurning)) return true;
  if (hunks.some(({ at, added, removed }) => at === 0 && isNew(added) !== isNew(removed))) return true;
  if (hunks.some(({ removed, added }) => isAway(removed, added) || isAway(added, removed))) return true;
  return near.length > 0 && changed.some(({ text }) => text === 'to');
}

/** `from` put for `to`. */
function isAway(words: readonly HeadlineWord[], others: readonly HeadlineWord[]): boolean {
  return others.length > 0 && words.some(({ text }) => awayWords.has(text));
}

/** `New fire in …` is not the fire of before. */
function isNew([first]: readonly HeadlineWord[]): boolean {
  return first !== undefined && /^(?:new|neue[rs]?|nouvel(?:le)?)$/.test(first.text);
}

/** Slips in at most half of the words; in what may be a name, beside two words or in one of eight letters. */
function isSlipsOnly({ kept, near }: HeadlineDiff): boolean {
  const exact = weigh(kept);
  if (exact === 0) return near.length === 0 || (near.length === 1 && isLong(near[0]!));
  return near.length <= Math.max(1, exact) && near.every((pair) => exact >= 2 || pair.before.isCommon || isLong(pair));
}

function isLong({ before, after }: WordPair): boolean {
  return Math.min(before.text.length, after.text.length) >= 8;
}

/**
 * Words may only have been added, or only dropped: at most two in five when four stayed, half when five did. Or one
 * word was put for another that surely is no name, stands for no outcome and follows no function word, when nine
 * stayed. Function words change freely when three others stayed; words of like meaning when two did.
 */
function isEdit({ hunks, synonyms }: HeadlineDiff, stayed: number, whole: number): boolean {
  const removed = hunks.flatMap((hunk) => hunk.removed);
  const added = hunks.flatMap((hunk) => hunk.added);
  if (synonyms.length > 2 || stayed < 2 * synonyms.length + (synonyms.length > 0 ? 1 : 0)) return false;
  if (weigh(removed) > 0 && weigh(added) > 0) return stayed >= 9 && isReworded(hunks);
  if (weigh(removed) + weigh(added) === 0) return stayed >= (removed.length > 0 && added.length > 0 ? 3 : 1);
  return (stayed >= 5 && stayed >= whole / 2) || (stayed >= 4 && stayed >= 0.6 * whole);
}

function isReworded(hunks: readonly Hunk[]): boolean {
  const telling = hunks.filter(({ removed, added }) => weigh(removed) + weigh(added) > 0);
  if (telling.length !== 1) return false;
  const { removed, added, previous } = telling[0]!;
  const words = [...removed, ...added];
  if (removed.length !== 1 || added.length !== 1) return false;
  return (
    words.every((word) => isNoName(word) && !tellsOutcome(word.text)) &&
    previous.every((word) => word !== undefined && word.weight > 0)
  );
}

// In a headline of capitals only its ending tells a word from a name; Beijing and Boeing are why it is not sure.
const wordEnding = /^.{3,}(?:(?<![jm])ing|ed|ly|[st]ion|ment|ness|ous|ive|ful|less)$/;

function isNoName({ text, isCommon }: HeadlineWord): boolean {
  return isCommon || (text.length >= 7 && wordEnding.test(text));
}

/** Takes one moved part for kept; undefined when more moved, or what may be a name. */
function settleMoves(diff: HeadlineDiff, pairs: readonly string[]): HeadlineDiff | undefined {
  for (const from of diff.hunks) {
    const to = diff.hunks.find((hunk) => hunk !== from && isSameText(from.removed, hunk.added));
    if (to === undefined || weigh(from.removed) === 0) continue;
    const across = Math.abs(from.at - to.at);
    if (!isHarmlessMove(from.removed, across) && !isPartner(from.removed, across, pairs)) return undefined;
    const hunks = diff.hunks.map((hunk) => ({
      ...hunk,
      removed: hunk === from ? [] : hunk.removed,
      added: hunk === to ? [] : hunk.added,
    }));
    const settled = { ...diff, kept: [...diff.kept, ...from.removed], hunks };
    return hasSameWord(settled) ? undefined : settled;
  }
  return hasSameWord(diff) ? undefined : diff;
}

function isSameText(before: readonly HeadlineWord[], after: readonly HeadlineWord[]): boolean {
  return before.length === after.length && before.every(({ text }, index) => text === after[index]!.text);
}

/** A phrase of two words, or one word that is no name, across two others; of characters four each. */
function isHarmlessMove(words: readonly HeadlineWord[], across: number): boolean {
  const least = words[0]!.isCharacter ? 4 : 2;
  if (across < least || !words.some(({ weight, isCommon }) => weight === 0 || isCommon)) return false;
  return words.length >= least || (words.length === 1 && words[0]!.isCommon);
}

/** One of two names with a hyphen between them, in both headlines. */
function isPartner([word, ...more]: readonly HeadlineWord[], across: number, pairs: readonly string[]): boolean {
  return across === 1 && more.length === 0 && pairs.some((pair) => pair.split(' ').includes(word!.text));
}

/** A word that tells something went from one place to another: who does it to whom may have changed. */
function hasSameWord({ hunks }: HeadlineDiff): boolean {
  const removed = new Set(hunks.flatMap((hunk) => hunk.removed.filter(({ weight }) => weight > 0)).map((w) => w.text));
  return hunks.some(({ added }) => added.some(({ text }) => removed.has(text)));
}

/** Nine in ten words of each in the other, and all numbers in order. */
function proseLikeness(before: Headline, after: Headline): number | undefined {
  const numbers = ({ words }: Headline): string => words.flatMap(({ number }) => number ?? []).join(' ');
  if (numbers(before) !== numbers(after)) return undefined;
  const share = Math.min(sharedWith(before, after), sharedWith(after, before));
  return share >= 0.9 ? share : undefined;
}

function sharedWith({ words }: Headline, other: Headline): number {
  const texts = new Set(other.words.map(({ text }) => text));
  return words.filter(({ text }) => texts.has(text)).length / words.length;
}
