import { utcDay } from '../lib/instant.ts';
import type { FigureName, ReadershipKey } from '../store/readership.ts';
import { figureNames } from '../store/readership.ts';
import type { Saying } from './agent.ts';
import type { Sketch } from './sketch.ts';

/** What was counted of one feed, format and product; plain data, so that it crosses threads. */
export type Tally = ReadershipKey & {
  /** In the order of `figureNames`. */
  readonly figures: Float64Array;
  /** Clients that were seen for the first time. */
  readonly sketch: Sketch;
  /** What fetchers said, each once: the most of them need not be true. */
  readonly sayings: Set<Saying>;
};

/** What was counted within one hour (since 1970). */
export type Batch = { readonly hour: number; readonly tallies: readonly Tally[] };

/** Where each figure stands. */
export const figureAt: Readonly<Record<FigureName, number>> = Object.fromEntries(
  figureNames.map((name, index) => [name, index]),
) as Record<FigureName, number>;

/** The UTC day of an hour since 1970. */
export function dayOf(hour: number): string {
  return utcDay(hour * 3_600_000);
}
