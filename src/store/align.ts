import { toMatchKey } from '../lib/match-key.ts';
import { likeness } from './headline-verdict.ts';
import { toHeadline } from './headline-words.ts';
import { matchEqual } from './line-matches.ts';
import { pairMended } from './mend-in-place.ts';
import { type LooseLine, pairEdited } from './pair-edited.ts';

/**
 * For each line of `after` the index in `before` of the line it continues, or undefined when it is new; one-to-one.
 * First the longest common subsequence of equal match keys, then equal keys anywhere, then what is left in pairs that
 * `isSameHeadline` passes, the likest first, then the nearest; last, lines with one slip in their very place. Another copy
 * of a line that stands is none of these.
 */
export function alignLines(before: readonly string[], after: readonly string[]): readonly (number | undefined)[] {
  const oldKeys = before.map(keyOf);
  const newKeys = after.map(keyOf);
  const matches = matchEqual(oldKeys, newKeys);
  const [oldSet, newSet] = [new Set(oldKeys), new Set(newKeys)];
  const toLine = (text: string, index: number, expected: number): LooseLine => ({ index, text, expected });
  const gone = before.flatMap((text, index) => (newSet.has(oldKeys[index]!) ? [] : [toLine(text, index, index)]));
  const expected = expectedPlaces(matches);
  const fresh = after.flatMap((text, index) =>
    oldSet.has(newKeys[index]!) ? [] : [toLine(text, index, expected[index]!)],
  );
  const edited = pairEdited(gone, fresh);
  const sure = matches.map((match, index) => match ?? edited.get(index));
  const mended = pairMended(gone, fresh, { before: before.length, matches: sure });
  return sure.map((match, index) => match ?? mended.get(index));
}

/** Match keys by line: from one look to the next most lines of a list stand as they were. */
const keys = new Map<string, string>();
const mostKeys = 20_000;

function keyOf(text: string): string {
  const known = keys.get(text);
  if (known !== undefined) return known;
  if (keys.size === mostKeys) keys.clear();
  const key = toMatchKey(text);
  // A copy: what is cut out of a list's text would keep all of it.
  keys.set(structuredClone(text), key);
  return key;
}

/**
 * Whether one headline is an edit of the other (a slip mended, other punctuation, words added or dropped, one put for
 * another), judged by the text alone; headline-verdict.ts states the thresholds. A changed number, name, place or
 * outcome is other news. False when in doubt.
 */
export function isSameHeadline(before: string, after: string): boolean {
  return likeness(toHeadline(before), toHeadline(after)) !== undefined;
}

/** Where in the old list each new line would have stood, by the last line above that was there, else the first below. */
function expectedPlaces(matches: readonly (number | undefined)[]): readonly number[] {
  const first = matches.findIndex((match) => match !== undefined);
  let offset = first < 0 ? 0 : matches[first]! - first;
  return matches.map((match, index) => {
    if (match !== undefined) offset = match - index;
    return index + offset;
  });
}
