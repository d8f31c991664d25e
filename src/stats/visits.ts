import type { Freshness } from '../http/freshness.ts';
import { figureAt, type Tally } from './batch.ts';
import { type Hash, stir } from './hash.ts';
import { note } from './sketch.ts';

/** When each client last asked for each document, for as many as there is room for. */
export type Visits = {
  /** Notes a client's visit to the document of this mark: how long after its last one, or that it is new. */
  readonly note: (tally: Tally, client: Hash, mark: number, now: Freshness) => void;
  readonly clear: () => void;
};

/** 2.5 MB for a quarter of a million clients. */
const usualPlaces = 2 ** 18;
const ways = 4;

/**
 * A table of fixed size. When more clients come than it holds, only a half of them is followed, then a quarter: were
 * those forgotten that were seen longest ago, those that come often would be left.
 */
export function openVisits(places: number = usualPlaces): Visits {
  const tags = new Int32Array(places);
  const seen = new Uint32Array(places);
  const ages = new Uint16Array(places);
  let left = 0;
  let displaced = 0;
  const empty = (): void => {
    tags.fill(0);
    seen.fill(0);
    displaced = 0;
  };
  /** The client's place, else the one that was seen longest ago of those that it may have. */
  const placeOf = (first: number, tag: number): number => {
    const base = (first & (places / ways - 1)) * ways;
    let oldest = base;
    for (let place = base; place < base + ways; place += 1) {
      if (tags[place] === tag) return place;
      if (seen[place]! < seen[oldest]!) oldest = place;
    }
    return oldest;
  };
  const displace = (): void => {
    displaced += 1;
    if (displaced <= places / ways) return;
    left = (left << 1) | 1;
    empty();
  };
  return {
    note: (tally, client, mark, { second, age }) => {
      const hash = stir(client.second ^ mark);
      if ((hash & left) !== 0) return note(tally.sketch, client.first, client.second);
      // Zero is a place that is free.
      const tag = hash === 0 ? 1 : hash;
      const place = placeOf(stir(client.first ^ mark), tag);
      if (tags[place] === tag) measure(tally, Math.max(0, second - seen[place]!), ages[place]!);
      else {
        note(tally.sketch, client.first, client.second);
        if (tags[place] !== 0) displace();
      }
      tags[place] = tag;
      seen[place] = second;
      ages[place] = age;
    },
    clear: () => {
      left = 0;
      empty();
    },
  };
}

function measure({ figures }: Tally, gap: number, age: number): void {
  figures[figureAt.gaps]! += 1;
  figures[figureAt.waited]! += gap;
  if (gap < age) figures[figureAt.early]! += 1;
}
