import { toMatchKey } from '../lib/match-key.ts';
import { MultiMap } from './multi-map.ts';
import type { Entry } from './records.ts';

/** Finds the ids of entries by what is their own: file, names, path, dates, a headline's words. */
export class EntryIndex {
  readonly #byFile = new MultiMap();
  readonly #byAtomId = new Map<string, string>();
  readonly #byPath = new Map<string, string>();
  readonly #byText = new MultiMap();
  readonly #publishedSeconds = new Map<number, number>();
  readonly #updated = new Map<number, string>();

  ofFile(file: string): readonly string[] {
    return this.#byFile.get(file);
  }

  /** The entry whose Atom id is this, where it is not the entry's id as well. */
  byAtomId(atomId: string): string | undefined {
    return this.#byAtomId.get(atomId);
  }

  /** Case does not count. */
  byPath(path: string): string | undefined {
    return this.#byPath.get(path.toLowerCase());
  }

  headlinesByText(key: string): readonly string[] {
    return this.#byText.get(key);
  }

  /** Whether there ever was a headline. */
  hasHeadlines(): boolean {
    return this.#byText.size > 0;
  }

  isPublishedSecond(second: number): boolean {
    return this.#publishedSeconds.has(second);
  }

  isUpdated(milliseconds: number): boolean {
    return this.#updated.has(milliseconds);
  }

  add(entry: Entry): void {
    this.#byFile.add(entry.file, entry.id);
    if (entry.atomId !== entry.id) this.#byAtomId.set(entry.atomId, entry.id);
    this.#byPath.set(entry.path.toLowerCase(), entry.id);
    this.#updated.set(entry.updated, entry.id);
    if (entry.kind === 'headline' || entry.key.startsWith('headline:')) {
      for (const key of headlineKeys(entry)) this.#byText.add(key, entry.id);
    }
    const second = Math.floor(entry.published / 1000);
    this.#publishedSeconds.set(second, (this.#publishedSeconds.get(second) ?? 0) + 1);
  }

  /** What an entry once said as a headline is not forgotten. */
  remove(entry: Entry): void {
    this.#byFile.delete(entry.file, entry.id);
    if (this.byPath(entry.path) === entry.id) this.#byPath.delete(entry.path.toLowerCase());
    // Another may have taken it meanwhile.
    if (this.#updated.get(entry.updated) === entry.id) this.#updated.delete(entry.updated);
    const second = Math.floor(entry.published / 1000);
    const count = this.#publishedSeconds.get(second)!;
    if (count === 1) this.#publishedSeconds.delete(second);
    else this.#publishedSeconds.set(second, count - 1);
  }
}

function headlineKeys({ key, title }: Entry): readonly string[] {
  return [key.replace(/^headline:|#\d+$/g, ''), toMatchKey(title)];
}
