import type { ReadershipKey } from '../store/readership.ts';
import type { Saying } from './agent.ts';
import type { Tally } from './batch.ts';
import { mergeSketches } from './sketch.ts';

/** What was counted, by `keyText`. */
export type Tallies = Map<string, Tally>;

export function keyText({ feed, format, product }: ReadershipKey): string {
  return JSON.stringify([feed, format, product]);
}

/** Adds what was counted to what is there. */
export function addTallies(all: Tallies, more: Iterable<Tally>): void {
  for (const tally of more) {
    const key = keyText(tally);
    const known = all.get(key);
    all.set(key, known === undefined ? tally : both(known, tally));
  }
}

function both(one: Tally, other: Tally): Tally {
  return {
    ...one,
    figures: one.figures.map((figure, index) => figure + other.figures[index]!),
    sketch: mergeSketches(one.sketch, other.sketch),
    sayings: each([...one.sayings, ...other.sayings]),
  };
}

function each(sayings: readonly Saying[]): Set<Saying> {
  return new Set(new Map(sayings.map((one) => [JSON.stringify([one.fetcher, one.subscribers]), one])).values());
}
