import { toMatchKey } from '../lib/match-key.ts';
import { noChanges } from './changes.ts';
import type { Notice } from './notice.ts';
import type { DocumentState, Entry, EntryText, FeedRecord, FileRecord, ListLine, Place, Term } from './records.ts';
import type { Changes, Snapshot, Store } from './store.ts';

/**
 * The store's contents in memory during and between refreshes, indexed, and a note of what a refresh has changed.
 * A refresh changes the ledger, then saves what `takeChanges` gives; if either fails, the ledger is thrown away and
 * loaded anew, so that it never says what the store does not.
 */
export class Ledger {
  readonly settings: Map<string, string>;
  readonly files: Map<string, FileRecord>;
  readonly lists: Map<string, readonly ListLine[]>;
  readonly entries: Map<string, Entry> = new Map();
  readonly feeds: Map<string, FeedRecord>;
  readonly documents: Map<string, DocumentState>;
  readonly aliases: Map<string, string>;

  readonly #byFile = new Map<string, Set<string>>();
  readonly #byAtomId = new Map<string, string>();
  readonly #byPath = new Map<string, string>();
  readonly #byText = new Map<string, Set<string>>();
  readonly #publishedSeconds = new Map<number, number>();
  readonly #updated = new Set<number>();
  readonly #terms = new Map<string, Term>();
  readonly #termSlugs = new Map<string, Term>();
  readonly #places = new Map<string, Map<string, Place>>();
  readonly #feedsOf = new Map<string, Set<string>>();
  #changes = noChanges();

  /** Of the store, when this was loaded or last saved. */
  generation: number;

  constructor(snapshot: Snapshot) {
    this.generation = snapshot.generation;
    this.settings = new Map(snapshot.settings);
    this.files = new Map(snapshot.files.map((file) => [file.path, file]));
    this.lists = new Map(snapshot.lists);
    this.feeds = new Map(snapshot.feeds.map((feed) => [feed.name, feed]));
    this.documents = new Map(snapshot.documents.map((document) => [document.path, document]));
    this.aliases = new Map(snapshot.aliases);
    for (const entry of snapshot.entries) this.#index(entry);
    for (const term of snapshot.terms) this.#indexTerm(term);
    for (const place of snapshot.places) this.#indexPlace(place);
  }

  /** Writes what changed to the store, if anything did. */
  async save(store: Store): Promise<void> {
    const changes = this.takeChanges();
    const isNothing = Object.values(changes).every((part) => ('size' in part ? part.size : part.length) === 0);
    if (isNothing) return;
    await store.save(changes, this.generation);
    this.generation += 1;
  }

  /** What changed since the last call. */
  takeChanges(): Changes {
    const changes = this.#changes;
    this.#changes = noChanges();
    return changes;
  }

  /** The text of an entry that this refresh changed. */
  changedText(id: string): EntryText | undefined {
    return this.#changes.texts.get(id);
  }

  /** Whether this refresh changed the entry. */
  isChanged(id: string): boolean {
    return this.#changes.entries.has(id);
  }

  /** The entries that this refresh has changed so far. */
  changedEntries(): Iterable<Entry> {
    return this.#changes.entries.values();
  }

  entriesOf(file: string): readonly Entry[] {
    return Array.from(this.#byFile.get(file) ?? [], (id) => this.entries.get(id)!);
  }

  byAtomId(atomId: string): Entry | undefined {
    return this.#get(this.#byAtomId.get(atomId));
  }

  /** The entry whose page is, or was, at this path. Case does not count. */
  byPath(path: string): Entry | undefined {
    const key = path.toLowerCase();
    return this.#get(this.#byPath.get(key) ?? this.aliases.get(key));
  }

  /** The entries that are or began as a headline and have, or once had, this match key. */
  headlinesByText(key: string): readonly Entry[] {
    return Array.from(this.#byText.get(key) ?? [], (id) => this.entries.get(id)!);
  }

  /** Whether a shown date falls into this second (since 1970). */
  isPublishedSecond(second: number): boolean {
    return this.#publishedSeconds.has(second);
  }

  /** Whether an entry other than `except` has this `updated`. */
  isUpdatedTaken(milliseconds: number, except?: Entry): boolean {
    return this.#updated.has(milliseconds) && except?.updated !== milliseconds;
  }

  putEntry(entry: Entry, text?: EntryText): void {
    const before = this.entries.get(entry.id);
    if (before !== undefined) this.#unindex(before);
    this.#index(entry);
    this.#changes.entries.set(entry.id, entry);
    if (text !== undefined) this.#changes.texts.set(entry.id, text);
  }

  putAlias(path: string, id: string): void {
    this.aliases.set(path.toLowerCase(), id);
    this.#changes.aliases.set(path.toLowerCase(), id);
  }

  putSetting(name: string, value: string): void {
    if (this.settings.get(name) === value) return;
    this.settings.set(name, value);
    this.#changes.settings.set(name, value);
  }

  putFile(file: FileRecord): void {
    this.files.set(file.path, file);
    this.#changes.files.set(file.path, file);
  }

  dropFile(path: string): void {
    this.files.delete(path);
    this.#changes.files.set(path, undefined);
    if (this.lists.has(path)) this.putList(path, []);
  }

  putList(file: string, lines: readonly ListLine[]): void {
    if (lines.length === 0) this.lists.delete(file);
    else this.lists.set(file, lines);
    this.#changes.lists.set(file, lines);
  }

  term(kind: Term['kind'], label: string): Term | undefined {
    return this.#terms.get(`${kind}/${termKey(label)}`);
  }

  termBySlug(kind: Term['kind'], slug: string): Term | undefined {
    return this.#termSlugs.get(`${kind}/${slug}`);
  }

  putTerm(term: Term): void {
    this.#indexTerm(term);
    this.#changes.terms.push(term);
  }

  putFeed(feed: FeedRecord): void {
    this.feeds.set(feed.name, feed);
    this.#changes.feeds.set(feed.name, feed);
  }

  /** The places of a feed, by entry. */
  places(feed: string): ReadonlyMap<string, Place> {
    return this.#places.get(feed) ?? new Map();
  }

  /** The places of an entry, in all feeds that it is or was in. */
  placesOf(id: string): readonly Place[] {
    return Array.from(this.#feedsOf.get(id) ?? [], (feed) => this.#places.get(feed)!.get(id)!);
  }

  putPlace(place: Place): void {
    this.#indexPlace(place);
    this.#changes.places.push(place);
  }

  putNotices(notices: readonly Notice[]): void {
    this.#changes.notices.push(...notices);
  }

  putDocument(state: DocumentState): void {
    this.documents.set(state.path, state);
    this.#changes.documents.set(state.path, state);
  }

  #get(id: string | undefined): Entry | undefined {
    return id === undefined ? undefined : this.entries.get(id);
  }

  #index(entry: Entry): void {
    this.entries.set(entry.id, entry);
    this.#byAtomId.set(entry.atomId, entry.id);
    this.#byPath.set(entry.path.toLowerCase(), entry.id);
    this.#updated.add(entry.updated);
    const ids = this.#byFile.get(entry.file);
    if (ids === undefined) this.#byFile.set(entry.file, new Set([entry.id]));
    else ids.add(entry.id);
    if (entry.kind === 'headline' || entry.key.startsWith('headline:')) this.#indexText(entry);
    const second = Math.floor(entry.published / 1000);
    this.#publishedSeconds.set(second, (this.#publishedSeconds.get(second) ?? 0) + 1);
  }

  #unindex(entry: Entry): void {
    if (this.#byPath.get(entry.path.toLowerCase()) === entry.id) this.#byPath.delete(entry.path.toLowerCase());
    this.#updated.delete(entry.updated);
    this.#byFile.get(entry.file)?.delete(entry.id);
    const second = Math.floor(entry.published / 1000);
    const count = this.#publishedSeconds.get(second)!;
    if (count === 1) this.#publishedSeconds.delete(second);
    else this.#publishedSeconds.set(second, count - 1);
  }

  #indexText(entry: Entry): void {
    const first = entry.key.replace(/^headline:|#\d+$/g, '');
    for (const key of [first, toMatchKey(entry.title)]) {
      const ids = this.#byText.get(key);
      if (ids === undefined) this.#byText.set(key, new Set([entry.id]));
      else ids.add(entry.id);
    }
  }

  #indexTerm(term: Term): void {
    this.#terms.set(`${term.kind}/${term.key}`, term);
    this.#termSlugs.set(`${term.kind}/${term.slug}`, term);
  }

  #indexPlace(place: Place): void {
    const places = this.#places.get(place.feed);
    if (places === undefined) this.#places.set(place.feed, new Map([[place.entry, place]]));
    else places.set(place.entry, place);
    const feeds = this.#feedsOf.get(place.entry);
    if (feeds === undefined) this.#feedsOf.set(place.entry, new Set([place.feed]));
    else feeds.add(place.feed);
  }
}

/** What two spellings of one tag or author share. */
export function termKey(label: string): string {
  return label.normalize('NFC').toLowerCase();
}
