import type { Instant } from '../lib/instant.ts';
import type { PlainText } from '../lib/text.ts';
import { corruption } from './corruption.ts';
import type { Row, Value } from './database.ts';
import type { Entry, FeedRecord, FileRecord, ListLine, Place, Term } from './records.ts';
import type { Snapshot, WrittenKeys } from './store.ts';

type Tables = Readonly<Record<keyof WrittenKeys, Iterable<Row>>>;

/** All of the store's tables but the texts, in the order in which their rows are to be read. */
export const tableQueries: Readonly<Record<keyof Tables, string>> = {
  settings: 'select * from settings',
  files: 'select * from files',
  lists: 'select * from lists order by file, line',
  entries: 'select id, published, updated, fields from entries',
  terms: 'select * from terms',
  feeds: 'select fields from feeds',
  places: 'select * from places order by feed, place',
  documents: 'select * from documents',
  aliases: 'select * from aliases',
};

/** Rows as records. */
export function toSnapshot(tables: Tables): Omit<Snapshot, 'generation' | 'write'> {
  return {
    settings: toSettings(tables.settings),
    files: each(tables.files, toFile),
    lists: toLists(tables.lists),
    entries: each(tables.entries, toEntry),
    terms: Array.from(tables.terms) as unknown as readonly Term[],
    feeds: Array.from(tables.feeds, toFeed),
    places: each(tables.places, toPlace),
    documents: Array.from(tables.documents) as unknown as Snapshot['documents'],
    aliases: new Map(Array.from(tables.aliases, ({ path, entry }) => [path as string, entry as string])),
  };
}

export function toSettings(rows: Iterable<Row>): ReadonlyMap<string, string> {
  return new Map(Array.from(rows, ({ name, value }) => [name as string, value as string]));
}

function toEntry(row: Row): Entry {
  const entry = toFields<Entry>(row);
  const isAsWritten = entry.id === row.id && entry.published === row.published && entry.updated === row.updated;
  if (!isAsWritten) throw corruption(`expected the entry ${row.id}, found ${entry.id}`);
  return entry;
}

/** Each row as a record when it is its turn. */
function each<T>(rows: Iterable<Row>, toRecord: (row: Row) => T): Iterable<T> {
  return {
    *[Symbol.iterator]() {
      for (const row of rows) yield toRecord(row);
    },
  };
}

export function toFields<T>(row: Row): T {
  return readJson(row.fields) as T;
}

/** One that was written before documents were made on demand has still to be noted. */
export function toFeed(row: Row): FeedRecord {
  const { active = 0, version = 0, stamp = '', ...feed } = toFields<Partial<FeedRecord>>(row);
  return { ...(feed as FeedRecord), active, version, stamp };
}

function readJson(text: Value | undefined): unknown {
  try {
    return JSON.parse(text as string);
  } catch (error) {
    throw corruption(`expected a row as it was written, found: ${(error as Error).message}`);
  }
}

export function toPlace(row: Row): Place {
  if (!((row.place as number) > 0 && (row.place as number) < 2 ** 31)) throw corruption(`found a place ${row.place}`);
  return {
    feed: row.feed as string,
    place: row.place as number,
    entry: row.entry as string,
    joined: row.joined as Instant,
    archiveOnly: row.archive_only === 1,
    active: row.active === 1,
  };
}

export function toFile(row: Row): FileRecord {
  return {
    path: row.path as string,
    role: row.role as FileRecord['role'],
    size: row.size as number,
    mtimeMs: row.mtime_ms as number,
    ctimeMs: row.ctime_ms as number,
    ino: row.ino as number,
    seenAt: row.seen_at as number,
    hash: row.hash as string,
    how: row.how as string,
    problems: readJson(row.problems) as FileRecord['problems'],
    ...(row.disk_path === null ? {} : { diskPath: row.disk_path as string }),
    ...(row.missing_since === null ? {} : { missingSince: row.missing_since as number }),
  };
}

function toLists(rows: Iterable<Row>): Snapshot['lists'] {
  const byFile = Map.groupBy(rows, ({ file }) => file as string);
  return new Map(Array.from(byFile, ([file, lines]) => [file, lines.map(toLine)]));
}

function toLine(row: Row): ListLine {
  const line = {
    entry: row.entry as string,
    text: row.text as PlainText,
    tags: readJson(row.tags) as ListLine['tags'],
  };
  return row.struck === 1 ? { ...line, struck: true } : line;
}
