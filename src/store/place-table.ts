import type { Instant } from '../lib/instant.ts';
import type { Place } from './records.ts';

/** Numbers in a row. */
const width = 3;

/** A feed's places, the n-th at index n - 1. Most are active, and of entries that were new when they joined. */
type Line = {
  readonly number: number;
  readonly feed: string;
  readonly entries: (string | undefined)[];
  readonly joined: number[];
  readonly inactive: Set<number>;
  readonly archiveOnly: Set<number>;
  active: number;
};

/** All places, by feed and by entry, packed: there are several to each entry. */
export class PlaceTable {
  readonly #lines: Line[] = [];
  readonly #byFeed = new Map<string, Line>();
  /** The row of an entry's last place; a row is a line's number, a place in it, and the row of the place before. */
  readonly #lastRows = new Map<string, number>();
  #rows = new Int32Array(1024 * width);
  #count = 0;

  get(feed: string, entry: string): Place | undefined {
    return this.of(entry).find((place) => place.feed === feed);
  }

  /** The places of an entry, in all feeds that it is or was in. */
  of(entry: string): readonly Place[] {
    const places: Place[] = [];
    for (let row = this.#lastRows.get(entry) ?? -1; row !== -1; row = this.#rows[row * width + 2]!) {
      places.unshift(toPlace(this.#lines[this.#rows[row * width]!]!, this.#rows[row * width + 1]!));
    }
    return places;
  }

  /** A feed's places, the newest first. */
  *newestFirst(feed: string): Generator<Place, undefined> {
    const line = this.#byFeed.get(feed);
    for (let place = line?.entries.length ?? 0; place > 0; place -= 1) {
      if (line!.entries[place - 1] !== undefined) yield toPlace(line!, place);
    }
  }

  /** The highest place that was given; 0 before there is any. */
  highest(feed: string): number {
    return this.#byFeed.get(feed)?.entries.length ?? 0;
  }

  /** How many entries are in the feed now. */
  countActive(feed: string): number {
    return this.#byFeed.get(feed)?.active ?? 0;
  }

  put({ feed, place, entry, joined, archiveOnly, active }: Place): void {
    const line = this.#byFeed.get(feed) ?? this.#addLine(feed);
    const index = place - 1;
    if (line.entries[index] === undefined) this.#addRow(entry, line, place);
    else if (!line.inactive.has(place)) line.active -= 1;
    line.entries[index] = entry;
    line.joined[index] = joined;
    if (archiveOnly) line.archiveOnly.add(place);
    if (active) {
      line.inactive.delete(place);
      line.active += 1;
    } else line.inactive.add(place);
  }

  #addLine(feed: string): Line {
    const sets = { inactive: new Set<number>(), archiveOnly: new Set<number>() };
    const line = { number: this.#lines.length, feed, entries: [], joined: [], ...sets, active: 0 };
    this.#lines.push(line);
    this.#byFeed.set(feed, line);
    return line;
  }

  #addRow(entry: string, line: Line, place: number): void {
    const at = this.#count * width;
    if (at + width > this.#rows.length) {
      const larger = new Int32Array(this.#rows.length * 2);
      larger.set(this.#rows);
      this.#rows = larger;
    }
    this.#rows[at] = line.number;
    this.#rows[at + 1] = place;
    this.#rows[at + 2] = this.#lastRows.get(entry) ?? -1;
    this.#lastRows.set(entry, this.#count);
    this.#count += 1;
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
