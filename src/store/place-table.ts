import type { Instant } from '../lib/instant.ts';
import type { Place } from './records.ts';

/** A feed's places, the n-th at index n - 1. Most are active, and of entries that were new when they joined. */
type Line = {
  readonly feed: string;
  readonly entries: (string | undefined)[];
  readonly joined: number[];
  readonly inactive: Set<number>;
  readonly archiveOnly: Set<number>;
  active: number;
};

/** An entry's id, then the lines that it is in, each with its place there. */
type Where = readonly [id: string, ...(Line | number)[]];

/** All places, by feed and by entry, packed: there are several to each entry. */
export class PlaceTable {
  readonly #lines = new Map<string, Line>();
  readonly #ofEntry = new Map<string, Where>();

  get(feed: string, entry: string): Place | undefined {
    return this.of(entry).find((place) => place.feed === feed);
  }

  /** The places of an entry, in all feeds that it is or was in. */
  of(entry: string): readonly Place[] {
    const [, ...where] = this.#ofEntry.get(entry) ?? [''];
    return where.flatMap((line, index) =>
      typeof line === 'number' ? [] : [toPlace(line, where[index + 1] as number)],
    );
  }

  /** A feed's places, the newest first. */
  *newestFirst(feed: string): Generator<Place, undefined> {
    const line = this.#lines.get(feed);
    for (let place = line?.entries.length ?? 0; place > 0; place -= 1) {
      if (line!.entries[place - 1] !== undefined) yield toPlace(line!, place);
    }
  }

  /** How many entries are in the feed now. */
  countActive(feed: string): number {
    return this.#lines.get(feed)?.active ?? 0;
  }

  put({ feed, place, entry, joined, archiveOnly, active }: Place): void {
    const line = this.#line(feed);
    const index = place - 1;
    if (line.entries[index] === undefined) line.entries[index] = this.#note(entry, line, place);
    else if (!line.inactive.has(place)) line.active -= 1;
    line.joined[index] = joined;
    if (archiveOnly) line.archiveOnly.add(place);
    if (active) {
      line.inactive.delete(place);
      line.active += 1;
    } else line.inactive.add(place);
  }

  #line(feed: string): Line {
    const known = this.#lines.get(feed);
    if (known !== undefined) return known;
    const line = {
      feed,
      entries: [],
      joined: [],
      inactive: new Set<number>(),
      archiveOnly: new Set<number>(),
      active: 0,
    };
    this.#lines.set(feed, line);
    return line;
  }

  /** The id as it is kept here, once. An array that is made anew has room for nothing more. */
  #note(entry: string, line: Line, place: number): string {
    const [id, ...where] = this.#ofEntry.get(entry) ?? [entry];
    this.#ofEntry.set(id, [id, ...where, line, place]);
    return id;
  }
}

function toPlace(line: Line, place: number): Place {
  return {
    feed: line.feed,
    place,
    entry: line.entries[place - 1]!,
    joined: line.joined[place - 1] as Instant,
    archiveOnly: line.archiveOnly.has(place),
    active: !line.inactive.has(place),
  };
}
