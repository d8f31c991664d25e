import type { Instant } from '../lib/instant.ts';
import type { Place } from './records.ts';

/** A feed's places, the n-th at index n - 1. */
type Line = {
  readonly feed: string;
  readonly entries: (string | undefined)[];
  readonly joined: number[];
  readonly flags: number[];
  active: number;
};

const isActive = 1;
const isArchiveOnly = 2;

/** All places, by feed and by entry, packed: there are several to each entry. */
export class PlaceTable {
  readonly #lines = new Map<string, Line>();
  /** For each entry the lines that it is in and its place there, in turn. */
  readonly #ofEntry = new Map<string, (Line | number)[]>();

  get(feed: string, entry: string): Place | undefined {
    const where = this.#ofEntry.get(entry) ?? [];
    const index = where.findIndex((one) => typeof one !== 'number' && one.feed === feed);
    return index === -1 ? undefined : toPlace(where[index] as Line, where[index + 1] as number);
  }

  /** The places of an entry, in all feeds that it is or was in. */
  of(entry: string): readonly Place[] {
    const where = this.#ofEntry.get(entry) ?? [];
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
    if (line.entries[index] === undefined) this.#note(entry, line, place);
    else if ((line.flags[index]! & isActive) !== 0) line.active -= 1;
    line.entries[index] = entry;
    line.joined[index] = joined;
    line.flags[index] = (active ? isActive : 0) | (archiveOnly ? isArchiveOnly : 0);
    if (active) line.active += 1;
  }

  #line(feed: string): Line {
    const known = this.#lines.get(feed);
    if (known !== undefined) return known;
    const line = { feed, entries: [], joined: [], flags: [], active: 0 };
    this.#lines.set(feed, line);
    return line;
  }

  #note(entry: string, line: Line, place: number): void {
    const where = this.#ofEntry.get(entry);
    if (where === undefined) this.#ofEntry.set(entry, [line, place]);
    else where.push(line, place);
  }
}

function toPlace(line: Line, place: number): Place {
  const flags = line.flags[place - 1]!;
  return {
    feed: line.feed,
    place,
    entry: line.entries[place - 1]!,
    joined: line.joined[place - 1] as Instant,
    archiveOnly: (flags & isArchiveOnly) !== 0,
    active: (flags & isActive) !== 0,
  };
}
