import { likeness } from './headline-verdict.ts';
import { type Headline, toHeadline } from './headline-words.ts';

/** A line that found no equal, with its place in its list. */
export type LooseLine = { readonly index: number; readonly text: string; readonly expected: number };

type Pair = { readonly before: number; readonly after: number; readonly likeness: number; readonly distance: number };

/** A word in more lines than this tells nothing about which line another one continues. */
const commonLines = 64;

/** How many lines that share rare words are compared with each line, and how far from its place others are. */
const closest = 8;
const reach = 2;

/** Pairs lines with the lines they are edits of, the likest first, then the nearest: index after -> index before. */
export function pairEdited(before: readonly LooseLine[], after: readonly LooseLine[]): ReadonlyMap<number, number> {
  const pairs = toPairs(before, after).toSorted(
    (a, b) => b.likeness - a.likeness || a.distance - b.distance || a.after - b.after || a.before - b.before,
  );
  const chosen = new Map<number, number>();
  const taken = new Set<number>();
  for (const pair of pairs) {
    if (chosen.has(pair.after) || taken.has(pair.before)) continue;
    chosen.set(pair.after, pair.before);
    taken.add(pair.before);
  }
  return chosen;
}

function toPairs(before: readonly LooseLine[], after: readonly LooseLine[]): readonly Pair[] {
  if (before.length === 0) return [];
  const headlines = new Map(before.map(({ index, text }) => [index, toHeadline(text)] as const));
  const find = toFinder(headlines);
  return after.flatMap((line) => {
    const headline = toHeadline(line.text);
    return find(headline, line.expected).flatMap((index) => {
      const found = likeness(headlines.get(index)!, headline);
      if (found === undefined) return [];
      return [{ before: index, after: line.index, likeness: found, distance: Math.abs(index - line.expected) }];
    });
  });
}

/** Finds lines worth comparing: those that share the rarest words, and those about the expected place. */
function toFinder(
  headlines: ReadonlyMap<number, Headline>,
): (headline: Headline, expected: number) => readonly number[] {
  const lines = new Map<string, number[]>();
  for (const [index, { words }] of headlines) {
    for (const text of tellingTexts(words)) lines.getOrInsertComputed(text, () => []).push(index);
  }
  return ({ words }, expected) => {
    const rarity = new Map<number, number>();
    for (const text of tellingTexts(words)) {
      const found = lines.get(text) ?? [];
      if (found.length > commonLines) continue;
      for (const index of found) rarity.set(index, (rarity.get(index) ?? 0) + 1 / found.length);
    }
    const likely = [...rarity].toSorted((a, b) => b[1] - a[1]).slice(0, closest);
    const near = Array.from({ length: 2 * reach + 1 }, (_, offset) => expected - reach + offset);
    return [...new Set([...likely.map(([index]) => index), ...near.filter((index) => headlines.has(index))])];
  };
}

function tellingTexts(words: Headline['words']): ReadonlySet<string> {
  return new Set(words.filter(({ weight }) => weight > 0).map(({ text }) => text));
}
