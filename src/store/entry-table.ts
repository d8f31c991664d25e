import type { Entry } from './records.ts';

/**
 * All entries by id. They are kept as text, which takes a third of the memory; those that a refresh has put stay
 * objects until it is over.
 */
export class EntryTable {
  readonly #packed = new Map<string, string>();
  readonly #fresh = new Map<string, Entry>();

  get size(): number {
    return this.#packed.size;
  }

  get(id: string): Entry | undefined {
    return this.#fresh.get(id) ?? this.saved(id);
  }

  /** The entry as it was before this refresh. */
  saved(id: string): Entry | undefined {
    const packed = this.#packed.get(id);
    return packed === undefined || packed === '' ? undefined : (JSON.parse(packed) as Entry);
  }

  put(entry: Entry): void {
    // The place in the order is that of the first time.
    if (!this.#packed.has(entry.id)) this.#packed.set(entry.id, '');
    this.#fresh.set(entry.id, entry);
  }

  /** Packs what was put since the last time. */
  settle(): void {
    for (const [id, entry] of this.#fresh) this.#packed.set(id, JSON.stringify(entry));
    this.#fresh.clear();
  }

  *values(): Generator<Entry, undefined> {
    for (const id of this.#packed.keys()) yield this.get(id)!;
  }
}
