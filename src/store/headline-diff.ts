import type { HeadlineWord } from './headline-words.ts';
import { isSynonym } from './like-words.ts';
import { isNear } from './near-words.ts';

type Words = readonly HeadlineWord[];

/** Two words of which one stands in the place of the other. */
export type WordPair = { readonly before: HeadlineWord; readonly after: HeadlineWord };

/** Words left of both headlines between two that stayed. */
export type Hunk = {
  /** How many words stayed before it. */
  readonly at: number;
  readonly removed: Words;
  readonly added: Words;
  /** The word before it in each headline. */
  readonly previous: readonly (HeadlineWord | undefined)[];
};

/** What stayed and what changed between two headlines. */
export type HeadlineDiff = {
  readonly kept: Words;
  readonly near: readonly WordPair[];
  readonly synonyms: readonly WordPair[];
  readonly hunks: readonly Hunk[];
};

/** Compares word by word: first what is the same in the same order, then what stands for each other in between. */
export function diffHeadlines(before: Words, after: Words): HeadlineDiff {
  const kept: HeadlineWord[] = [];
  const near: WordPair[] = [];
  const synonyms: WordPair[] = [];
  const hunks: Hunk[] = [];
  let [i, j] = [0, 0];
  for (const [nextI, nextJ] of [...commonWords(before, after), [before.length, after.length] as const]) {
    const between = { removed: before.slice(i, nextI), added: after.slice(j, nextJ) };
    const rest = takePairs(takeCompound(between, near), near, synonyms);
    if (rest.removed.length + rest.added.length > 0) {
      hunks.push({ ...rest, at: kept.length, previous: [before[i - 1], after[j - 1]] });
    }
    if (nextI < before.length) kept.push(before[nextI]!);
    [i, j] = [nextI + 1, nextJ + 1];
  }
  return { kept, near, synonyms, hunks };
}

type Between = { readonly removed: Words; readonly added: Words };

/** `cease-fire` and `ceasefire`. */
function takeCompound(between: Between, near: WordPair[]): Between {
  const { removed, added } = between;
  if (removed.length === 0 || added.length === 0 || toText(removed) !== toText(added)) return between;
  near.push({ before: longest(removed), after: longest(added) });
  return { removed: [], added: [] };
}

function toText(words: Words): string {
  return words.map(({ text }) => text).join('');
}

function longest(words: Words): HeadlineWord {
  return words.reduce((one, other) => (other.text.length > one.text.length ? other : one));
}

function takePairs({ removed, added }: Between, near: WordPair[], synonyms: WordPair[]): Between {
  const left: HeadlineWord[] = [];
  const open = [...added];
  for (const before of removed) {
    const index = open.findIndex((after) => isNear(before, after) || isSynonym(before.text, after.text));
    if (index < 0) {
      left.push(before);
      continue;
    }
    const [after] = open.splice(index, 1);
    (isNear(before, after!) ? near : synonyms).push({ before, after: after! });
  }
  return { removed: left, added: open };
}

/** The places of a heaviest common subsequence. */
function commonWords(before: Words, after: Words): readonly (readonly [number, number])[] {
  const best = toTable(before, after);
  const pairs: [number, number][] = [];
  let [i, j] = [0, 0];
  while (i < before.length && j < after.length) {
    const here = best[i]![j]!;
    if (here === best[i + 1]![j]!) i += 1;
    else if (here === best[i]![j + 1]!) j += 1;
    else pairs.push([i++, j++]);
  }
  return pairs;
}

function toTable(before: Words, after: Words): readonly (readonly number[])[] {
  const table = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0));
  for (let i = before.length - 1; i >= 0; i -= 1) {
    const [row, below] = [table[i]!, table[i + 1]!];
    const word = before[i]!;
    for (let j = after.length - 1; j >= 0; j -= 1) {
      const same = word.text === after[j]!.text ? below[j + 1]! + 1 + 4 * word.weight : 0;
      row[j] = Math.max(same, below[j]!, row[j + 1]!);
    }
  }
  return table;
}
