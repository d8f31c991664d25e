import { type Headline, type HeadlineWord, toHeadline } from './headline-words.ts';
import { isMissedLetter } from './near-words.ts';
import type { LooseLine } from './pair-edited.ts';

/** What a list was, and what of it is known to go on. */
export type Aligned = {
  /** How many lines there were. */
  readonly before: number;
  /** For each line now the index of the line it continues. */
  readonly matches: readonly (number | undefined)[];
};

/**
 * Pairs lines that differ in one slip with the one that stood in their very place, between lines that go on: index after
 * -> index before. Where nothing around it changed, what may be a name of few letters is mended and not exchanged.
 */
export function pairMended(
  gone: readonly LooseLine[],
  fresh: readonly LooseLine[],
  { before, matches }: Aligned,
): ReadonlyMap<number, number> {
  const open = new Map(gone.map((line) => [line.index, line]));
  for (const match of matches) if (match !== undefined) open.delete(match);
  const pairs = fresh.flatMap(({ index, text, expected }): [number, number][] => {
    const old = matches[index] === undefined ? open.get(expected) : undefined;
    if (old === undefined || !isInPlace(index, expected, { before, matches })) return [];
    return isOneSlip(toHeadline(old.text), toHeadline(text)) ? [[index, expected]] : [];
  });
  return new Map(pairs);
}

function isInPlace(index: number, expected: number, { before, matches }: Aligned): boolean {
  const isAbove = expected === 0 || matches[index - 1] === expected - 1;
  const isBelow = expected === before - 1 || matches[index + 1] === expected + 1;
  return isAbove && isBelow;
}

function isOneSlip({ words }: Headline, after: Headline): boolean {
  if (words.length !== after.words.length) return false;
  const isKept = ({ text }: HeadlineWord, at: number): boolean => text === after.words[at]!.text;
  const [at, ...more] = words.keys().filter((place) => !isKept(words[place]!, place));
  if (at === undefined || more.length > 0 || !isMissedLetter(words[at]!, after.words[at]!)) return false;
  return words.some(({ weight }, place) => place !== at && weight > 0);
}
