import { figureNames } from '../store/readership.ts';
import type { Tally } from './batch.ts';
import type { FeedDocument } from './feed-documents.ts';

/** A document as it is served now, with what is counted of it, by product. */
export type Counted = { readonly of: FeedDocument; readonly tallies: Map<string, Tally> };

/** What is counted between two times that it is handed on. */
export type Period = {
  /** By the object that is served, which nothing here keeps in memory; undefined for what is no feed's. */
  readonly documents: WeakMap<object, Counted | undefined>;
  /** One document may have several, since one object after another is served for it. */
  readonly tallies: Tally[];
  /** Of what is beyond that, by product. */
  readonly rest: Map<string, Tally>;
};

/** No more is counted apart at once; the rest is counted together. */
const mostTallies = 20_000;

export function newPeriod(): Period {
  return { documents: new WeakMap(), tallies: [], rest: new Map() };
}

/** Where a product's polls of a document are counted from now on. */
export function addTally(period: Period, { of, tallies }: Counted, product: string): Tally {
  const tally = period.tallies.length < mostTallies ? newTally(of, product) : restOf(period, product);
  if (tally.format !== '') period.tallies.push(tally);
  tallies.set(product, tally);
  return tally;
}

function restOf({ rest }: Period, product: string): Tally {
  return rest.getOrInsertComputed(product, () => newTally({ feed: '', format: '' }, product));
}

function newTally({ feed, format }: Pick<Tally, 'feed' | 'format'>, product: string): Tally {
  return {
    feed,
    format,
    product,
    figures: new Float64Array(figureNames.length),
    sketch: new Map(),
    sayings: new Set(),
  };
}
