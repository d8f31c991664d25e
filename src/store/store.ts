import type { Instant } from '../lib/instant.ts';
import type { Notice, Outbox } from './notice.ts';
import type { Readership } from './readership.ts';
import type { DocumentState, Entry, EntryText, FeedRecord, FileRecord, ListLine, Place, Term } from './records.ts';

/** All of the store but the entries' texts. What there is much of may be read only as one goes through it. */
export type Snapshot = {
  /** How often the store had been written. */
  readonly generation: number;
  /** The name of the write that made it so; undefined where writes have none. */
  readonly write: string | undefined;
  readonly settings: ReadonlyMap<string, string>;
  readonly files: Iterable<FileRecord>;
  readonly lists: ReadonlyMap<string, readonly ListLine[]>;
  readonly entries: Iterable<Entry>;
  readonly terms: readonly Term[];
  readonly feeds: readonly FeedRecord[];
  readonly places: Iterable<Place>;
  readonly documents: readonly DocumentState[];
  /** Earlier paths of entries. */
  readonly aliases: ReadonlyMap<string, string>;
};

/** By table, which rows were written: the values of each one's key. */
export type WrittenKeys = Readonly<
  Record<Exclude<keyof Snapshot, 'generation' | 'write'>, readonly (readonly (string | number)[])[]>
>;

/** Rows as some writes left them, up to a generation; one with a key and no record was taken away. */
export type Writes = Snapshot & { readonly keys: WrittenKeys };

/** What one refresh changes; written in one transaction. Undefined takes a key away. */
export type Changes = {
  readonly settings: ReadonlyMap<string, string | undefined>;
  readonly files: ReadonlyMap<string, FileRecord | undefined>;
  readonly lists: ReadonlyMap<string, readonly ListLine[] | undefined>;
  readonly entries: ReadonlyMap<string, Entry>;
  readonly texts: ReadonlyMap<string, EntryText>;
  readonly terms: readonly Term[];
  readonly feeds: ReadonlyMap<string, FeedRecord>;
  readonly places: readonly Place[];
  readonly documents: ReadonlyMap<string, DocumentState>;
  readonly aliases: ReadonlyMap<string, string>;
  /** What is to be said to other servers once this stands. */
  readonly notices: readonly Notice[];
  /** Who may be told of anything: what was to be said to others is forgotten. Absent, nothing is. */
  readonly targets?: readonly string[];
};

/** Places in order from one number to another; or, newest first, what is not in the live document above `floor`. */
export type PlaceRange =
  | { readonly from: number; readonly to: number }
  | { readonly floor: number; readonly offset: number; readonly limit: number };

/** A place and the entry that has it. */
export type PlacedEntry = Place & { readonly of: Entry };

/** Which source files, in path order. */
export type FileRange = {
  /** Those that hold an article marked as a draft; all when absent. */
  readonly only?: 'drafts';
  /** Only what comes after this path. */
  readonly after?: string;
  readonly limit: number;
};

/** Which live entries, by date of publication, then by id. Absent bounds are open. */
export type LiveRange = {
  readonly kind?: Entry['kind'];
  /** From this instant on. */
  readonly from?: number;
  /** Before this instant. */
  readonly to?: number;
  /** Only what comes before, or after, this one. */
  readonly before?: Pick<Entry, 'published' | 'id'>;
  readonly after?: Pick<Entry, 'published' | 'id'>;
  readonly order: 'newest first' | 'oldest first';
  readonly offset?: number;
  readonly limit?: number;
};

/** Entries as last published, and all that must outlive a restart. Every method rejects with an Error that begins `store:`. */
export interface Store {
  /** Everything but the texts. */
  load(): Promise<Snapshot>;
  /** How often it has been written; a ledger of another generation is out of date. */
  generation(): Promise<number>;
  /**
   * The name of the write that led to this generation, where other processes may write; undefined when it is forgotten.
   * Where an older state took the store's place, by a dump or a standby that was behind, another write leads to it.
   */
  writeOf?(generation: number): Promise<string | undefined>;
  /** Of one store made, restored or recovered, as of no other: generations of two epochs have nothing to do with each other. */
  epoch(): Promise<string>;
  /**
   * What was written after one generation and up to another, where other processes may write; undefined where that is
   * too much, or too long ago.
   */
  writes?(since: number, generation: number): Promise<Writes | undefined>;
  /**
   * All or nothing, and durable when it resolves; the store is then of the next generation. Rejects when it is not of
   * the given one: another process has written in the meantime. Gives the name of this write, where it has one.
   */
  save(changes: Changes, generation: number): Promise<string | undefined>;
  /** The texts of these entries, by id; headlines have none. */
  texts(ids: readonly string[]): Promise<ReadonlyMap<string, EntryText>>;
  /** The entry as it was last saved, at once, where the database is in this process. */
  readonly entryNow?: (id: string) => Entry | undefined;
  /** The entry whose page is, or was, at this decoded path; case does not count. */
  entryAt(path: string): Promise<Entry | undefined>;
  feed(name: string): Promise<FeedRecord | undefined>;
  feeds(): Promise<readonly FeedRecord[]>;
  /** A part of a feed's history, with its entries whatever their status. */
  places(feed: string, range: PlaceRange): Promise<readonly PlacedEntry[]>;
  /** What is to be said to other servers. */
  readonly outbox: Outbox;
  /** Who polls, and what it costs. */
  readonly readership: Readership;
  /** Live entries in order. */
  live(range: LiveRange): Promise<readonly Entry[]>;
  /** When each live entry was published, newest first. */
  liveDates(): Promise<readonly Instant[]>;
  /** Settings by name. */
  settings(): Promise<ReadonlyMap<string, string>>;
  /** How source files were read; media and settings are left out. */
  files(range: FileRange): Promise<readonly FileRecord[]>;
  /** What comes first of all that is to be published at its date. */
  scheduled(limit: number): Promise<readonly Entry[]>;
  /** How many source files are known, and how many bytes the store takes. */
  size(): Promise<{ readonly files: number; readonly bytes: number }>;
  /** All tags and authors. */
  terms(): Promise<readonly Term[]>;
  /** Whether this process is the one that refreshes; where several may, all always do. */
  lead(): Promise<boolean>;
  /** Leaves the lead to another process that serves, if there is one, and does not ask for it as long as a lease lasts. */
  yieldLead(): Promise<void>;
  /** Calls back when another process has written, where the database can tell. */
  onWrite(listener: () => void): Promise<void>;
  /** Has other processes called back as if there was something new: the one that leads then looks at the data folder. */
  wakeOthers(): Promise<void>;
  /** Notes that this process serves what the store held at this generation. */
  show(generation: number): Promise<void>;
  /** Looks through all of it, where the database does not do so itself. Rejects when it is damaged. */
  check(): Promise<void>;
  close(): Promise<void>;
}
