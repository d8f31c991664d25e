import { MultiMap } from './multi-map.ts';
import type { Entry } from './records.ts';
import { namesOf, pathOf } from './targets.ts';
import { Timeline } from './timeline.ts';

/** Finds the ids of entries by their state: what is live, what a date will change, what went, what refers to what. */
export class LiveIndex {
  readonly #lines = { article: new Timeline(), headline: new Timeline() };
  readonly #timed = new Set<string>();
  readonly #gone = new Set<string>();
  readonly #referring = new MultiMap();
  readonly #mediaUses = new Map<string, number>();
  #mediaChanges = new Set<string>();

  /** How many entries of a kind are live. */
  count(kind: Entry['kind']): number {
    return this.#lines[kind].size;
  }

  /** The live entries of its kind just before and after a live one. */
  around(entry: Entry): ReturnType<Timeline['around']> {
    return this.#lines[entry.kind].around(entry);
  }

  /** The latest live entries of a kind, latest first, at most `limit`, of those published since `from`. */
  latest(kind: Entry['kind'], from: number, limit: number): readonly string[] {
    return this.#lines[kind].latest(from, limit);
  }

  /** Entries that are scheduled, and live ones that will expire. */
  timed(): Iterable<string> {
    return this.#timed;
  }

  /** Entries that were withdrawn, or left their list or briefing. */
  gone(): Iterable<string> {
    return this.#gone;
  }

  /** Entries with a reference that ends as one to this file would. */
  referringTo(file: string): readonly string[] {
    return namesOf(file).flatMap((name) => this.#referring.get(name));
  }

  /** The media files that live entries refer to. */
  media(): Iterable<string> {
    return this.#mediaUses.keys();
  }

  isMediaUsed(path: string): boolean {
    return this.#mediaUses.has(path);
  }

  /** The media files that came into use or went out of it since the last call. */
  takeMediaChanges(): ReadonlySet<string> {
    const changes = this.#mediaChanges;
    this.#mediaChanges = new Set();
    return changes;
  }

  /** Notes that a file is spelt differently on the disk. */
  noteMedia(path: string): void {
    if (this.isMediaUsed(path)) this.#mediaChanges.add(path);
  }

  add(entry: Entry): void {
    const { id, kind, status, expires, leftAt, withdrawnAt } = entry;
    if (status === 'live') this.#lines[kind].add(entry);
    if (isTimed(status, expires)) this.#timed.add(id);
    if (leftAt !== undefined || withdrawnAt !== undefined) this.#gone.add(id);
    for (const name of referredNames(entry)) this.#referring.add(name, id);
    for (const path of usedMedia(entry)) this.#countMedia(path, 1);
  }

  remove(entry: Entry): void {
    if (entry.status === 'live') this.#lines[entry.kind].remove(entry);
    this.#timed.delete(entry.id);
    this.#gone.delete(entry.id);
    for (const name of referredNames(entry)) this.#referring.delete(name, entry.id);
    for (const path of usedMedia(entry)) this.#countMedia(path, -1);
  }

  #countMedia(path: string, by: number): void {
    const before = this.#mediaUses.get(path) ?? 0;
    if (before + by === 0) this.#mediaUses.delete(path);
    else this.#mediaUses.set(path, before + by);
    if (before === 0 || before + by === 0) this.#mediaChanges.add(path);
  }
}

function isTimed(status: Entry['status'], expires: Entry['expires']): boolean {
  return status === 'scheduled' || (status === 'live' && expires !== undefined);
}

/** The last part of each reference's path: whatever file it may mean goes by that name. */
function referredNames({ targets }: Entry): ReadonlySet<string> {
  const paths = Object.keys(targets).map(pathOf);
  return new Set(paths.flatMap((path) => (path === undefined ? [] : namesOf(path)[0]!)));
}

function usedMedia({ status, targets }: Entry): ReadonlySet<string> {
  const used = status === 'live' ? Object.values(targets) : [];
  return new Set(used.flatMap((target) => (target.kind === 'media' ? [target.path] : [])));
}
