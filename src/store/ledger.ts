import { termKey } from '../lib/term-key.ts';
import { noChanges } from './changes.ts';
import { corruption } from './corruption.ts';
import { EntryIndex } from './entry-index.ts';
import { EntryTable } from './entry-table.ts';
import { FileTable } from './file-table.ts';
import { LiveIndex } from './live-index.ts';
import type { Notice } from './notice.ts';
import { PlaceTable } from './place-table.ts';
import type { DocumentState, Entry, EntryText, FeedRecord, FileRecord, ListLine, Place, Term } from './records.ts';
import type { Snapshot, Store } from './store.ts';

/**
 * The store's contents in memory during and between refreshes, indexed, and a note of what a refresh has changed.
 * A refresh changes the ledger, then saves it; if either fails, the ledger is thrown away and loaded anew, so that it
 * never says what the store does not.
 */
export class Ledger {
  readonly settings: Map<string, string>;
  readonly files: FileTable;
  readonly lists: Map<string, readonly ListLine[]>;
  readonly entries: EntryTable;
  readonly places: PlaceTable = new PlaceTable();
  /** What is known of entries by their state. */
  readonly live: LiveIndex = new LiveIndex();
  readonly feeds: Map<string, FeedRecord>;
  readonly documents: Map<string, DocumentState>;
  readonly aliases: Map<string, string>;

  readonly #index = new EntryIndex();
  readonly #terms = new Map<string, Term>();
  readonly #termSlugs = new Map<string, Term>();
  #changes = noChanges();

  /** Of the store, when this was loaded or last saved. */
  generation: number;
  /** The name of the write that led there; undefined where it has none. */
  write: string | undefined;

  /** `read` is the store's way to an entry without waiting, if it has one. */
  constructor(snapshot: Snapshot, read?: Store['entryNow']) {
    this.entries = new EntryTable(read);
    this.generation = snapshot.generation;
    this.write = snapshot.write;
    this.settings = new Map(snapshot.settings);
    this.files = new FileTable(snapshot.files);
    this.lists = new Map(snapshot.lists);
    this.feeds = new Map(snapshot.feeds.map((feed) => [feed.name, feed]));
    this.documents = new Map(snapshot.documents.map((document) => [document.path, document]));
    this.aliases = new Map(snapshot.aliases);
    for (const entry of snapshot.entries) this.#addEntry(entry);
    this.entries.settle();
    this.live.takeMediaChanges();
    for (const term of snapshot.terms) this.#indexTerm(term);
    for (const line of [...this.lists.values()].flat()) this.#expectEntry(line.entry);
    for (const place of snapshot.places) {
      if (place.active) this.#expectEntry(place.entry);
      this.places.put({ ...place, entry: this.entries.idOf(place.entry) });
    }
  }

  /** Whether something has changed since it was loaded or last saved. */
  isChanged(): boolean {
    const { targets: _, ...parts } = this.#changes;
    return Object.values(parts).some((part) => ('size' in part ? part.size : part.length) > 0);
  }

  /** Writes what changed to the store, if anything did. */
  async save(store: Store): Promise<void> {
    if (!this.isChanged()) return;
    const write = await store.save(this.#changes, this.generation);
    this.settle(this.generation + 1, write);
  }

  /** Takes what was put so far for what the store says, as of this generation, to which this write led. */
  settle(generation: number, write: string | undefined): void {
    this.#changes = noChanges();
    this.entries.settle();
    this.generation = generation;
    this.write = write;
  }

  /** The text of an entry that this refresh changed. */
  changedText(id: string): EntryText | undefined {
    return this.#changes.texts.get(id);
  }

  /** The entries that this refresh has changed so far. */
  changedEntries(): Iterable<Entry> {
    return this.#changes.entries.values();
  }

  entriesOf(file: string): readonly Entry[] {
    return this.#all(this.#index.ofFile(file));
  }

  byAtomId(atomId: string): Entry | undefined {
    const entry = this.entries.get(this.#index.byAtomId(atomId) ?? atomId);
    return entry?.atomId === atomId ? entry : undefined;
  }

  /** The entry whose page is, or was, at this path. Case does not count. */
  byPath(path: string): Entry | undefined {
    const id = this.#index.byPath(path) ?? this.aliases.get(path.toLowerCase());
    return id === undefined ? undefined : this.entries.get(id);
  }

  /** The entries that are or began as a headline and have, or once had, this match key. */
  headlinesByText(key: string): readonly Entry[] {
    return this.#all(this.#index.headlinesByText(key));
  }

  /** Whether there ever was a headline. */
  hasHeadlines(): boolean {
    return this.#index.hasHeadlines();
  }

  /** Whether a shown date falls into this second (since 1970). */
  isPublishedSecond(second: number): boolean {
    return this.#index.isPublishedSecond(second);
  }

  /** Whether an entry other than `except` has this `updated`. */
  isUpdatedTaken(milliseconds: number, except?: Entry): boolean {
    return this.#index.isUpdated(milliseconds) && except?.updated !== milliseconds;
  }

  /** Entries that a date alone will change: scheduled ones, and live ones that expire. */
  timedEntries(): readonly Entry[] {
    return this.#all(this.live.timed());
  }

  /** The live articles since `from`, latest first, at most `limit`. */
  latestArticles(from: number, limit: number): readonly Entry[] {
    return this.#all(this.live.latest('article', from, limit));
  }

  /** Entries that were withdrawn, or left their list or briefing. */
  goneEntries(): readonly Entry[] {
    return this.#all(this.live.gone());
  }

  /** Entries with a reference that may lead to one of these files. */
  entriesReferringTo(files: Iterable<string>): readonly Entry[] {
    return this.#all(new Set([...files].flatMap((file) => this.live.referringTo(file))));
  }

  putEntry(entry: Entry, text?: EntryText): void {
    const before = this.entries.get(entry.id);
    if (before !== undefined) {
      this.#index.remove(before);
      this.live.remove(before);
    }
    this.#addEntry(entry);
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

  dropSetting(name: string): void {
    if (this.settings.delete(name)) this.#changes.settings.set(name, undefined);
  }

  putFile(file: FileRecord): void {
    if (this.files.get(file.path)?.diskPath !== file.diskPath) this.live.noteMedia(file.path);
    this.files.set(file);
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

  putPlace(place: Place): void {
    this.places.put({ ...place, entry: this.entries.idOf(place.entry) });
    this.#changes.places.push(place);
  }

  putNotices(notices: readonly Notice[]): void {
    this.#changes.notices.push(...notices);
  }

  /** Who may be told of anything; no change by itself. */
  putTargets(targets: readonly string[]): void {
    this.#changes.targets = targets;
  }

  putDocument(state: DocumentState): void {
    this.documents.set(state.path, state);
    this.#changes.documents.set(state.path, state);
  }

  /** What the store says of an entry that it does not have was not written like that. */
  #expectEntry(id: string): void {
    if (!this.entries.has(id)) throw corruption(`store: cannot read: expected an entry ${id}, found none`);
  }

  #all(ids: Iterable<string>): readonly Entry[] {
    return Array.from(ids, (id) => this.entries.get(id)!);
  }

  #addEntry(entry: Entry): void {
    this.entries.put(entry);
    const kept = { ...entry, id: this.entries.idOf(entry.id), file: this.files.pathOf(entry.file) };
    this.#index.add(kept);
    this.live.add(kept);
  }

  #indexTerm(term: Term): void {
    this.#terms.set(`${term.kind}/${term.key}`, term);
    this.#termSlugs.set(`${term.kind}/${term.slug}`, term);
  }
}
