import type { Entry } from './records.ts';
import type { Store } from './store.ts';

/** So many entries that were read last, up to twice as many, are kept: one stage of a refresh asks for them after another. */
const mostRecent = 2500;

/**
 * All entries by id. Those that a refresh has put are objects until it is over; the others are read from the store
 * where that is at hand at once, and else kept as text, which takes a third of the memory.
 */
export class EntryTable {
  readonly #ids = new Map<string, string>();
  readonly #fresh = new Map<string, Entry>();
  /** Ids of the fresh ones that were not there before. */
  readonly #new = new Set<string>();
  #recent = new Map<string, Entry>();
  #lessRecent = new Map<string, Entry>();
  readonly #packed = new Map<string, string>();
  readonly #read: Store['entryNow'];

  constructor(read: Store['entryNow']) {
    this.#read = read;
  }

  get(id: string): Entry | undefined {
    return this.#fresh.get(id) ?? this.saved(id);
  }

  /** The entry as it was before this refresh. */
  saved(id: string): Entry | undefined {
    if (!this.#ids.has(id) || this.#new.has(id)) return undefined;
    const recent = this.#recent.get(id);
    if (recent !== undefined) return recent;
    const entry = this.#lessRecent.get(id) ?? (this.#read === undefined ? this.#unpack(id) : this.#read(id));
    if (entry !== undefined) this.#remember(entry);
    return entry;
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  /** An id as it is kept here: one string for all who keep it too. */
  idOf(id: string): string {
    return this.#ids.get(id) ?? id;
  }

  put(entry: Entry): void {
    if (!this.#ids.has(entry.id)) {
      this.#ids.set(entry.id, entry.id);
      this.#new.add(entry.id);
    }
    this.#fresh.set(entry.id, entry);
  }

  /** Takes what was put since the last time for saved. */
  settle(): void {
    for (const entry of this.#fresh.values()) {
      if (this.#read === undefined) this.#packed.set(entry.id, JSON.stringify(entry));
      this.#recent.delete(entry.id);
      this.#lessRecent.delete(entry.id);
    }
    this.#fresh.clear();
    this.#new.clear();
  }

  *values(): Generator<Entry, undefined> {
    for (const id of this.#ids.keys()) yield this.get(id)!;
  }

  #unpack(id: string): Entry | undefined {
    const packed = this.#packed.get(id);
    return packed === undefined ? undefined : (JSON.parse(packed) as Entry);
  }

  #remember(entry: Entry): void {
    if (this.#recent.size === mostRecent) {
      this.#lessRecent = this.#recent;
      this.#recent = new Map();
    }
    this.#recent.set(entry.id, entry);
  }
}
