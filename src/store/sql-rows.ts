import type { Instant } from '../lib/instant.ts';
import type { PlainText } from '../lib/text.ts';
import { corruption } from './corruption.ts';
import type { Row, Rows, Statement, Value } from './database.ts';
import type { Entry, FeedRecord, FileRecord, ListLine, Place, Term } from './records.ts';
import type { Changes, Snapshot } from './store.ts';

type Tables = Readonly<
  Record<
    'settings' | 'files' | 'lists' | 'entries' | 'terms' | 'feeds' | 'places' | 'documents' | 'aliases',
    Iterable<Row>
  >
>;

/** All of the store's tables but the texts, in the order in which their rows are to be read. */
export const tableQueries: Readonly<Record<keyof Tables, string>> = {
  settings: 'select * from settings',
  files: 'select * from files',
  lists: 'select * from lists order by file, line',
  entries: 'select fields from entries',
  terms: 'select * from terms',
  feeds: 'select fields from feeds',
  places: 'select * from places order by feed, place',
  documents: 'select * from documents',
  aliases: 'select * from aliases',
};

/** Rows as records. */
export function toSnapshot(tables: Tables): Omit<Snapshot, 'generation'> {
  return {
    settings: new Map(Array.from(tables.settings, ({ name, value }) => [name as string, value as string])),
    files: each(tables.files, toFile),
    lists: toLists(tables.lists),
    entries: each(tables.entries, (row) => toFields<Entry>(row)),
    terms: Array.from(tables.terms) as unknown as readonly Term[],
    feeds: Array.from(tables.feeds, (row) => toFields<FeedRecord>(row)),
    places: each(tables.places, toPlace),
    documents: Array.from(tables.documents) as unknown as Snapshot['documents'],
    aliases: new Map(Array.from(tables.aliases, ({ path, entry }) => [path as string, entry as string])),
  };
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

/** The statements that make a change. */
export function toStatements(changes: Changes): readonly Statement[] {
  const { settings, files, lists, entries, texts } = changes;
  return [
    ...replace('settings', ['name'], ['value'], settings, (name, value) => [name, value]),
    ...replace(
      'files',
      ['path'],
      [
        'role',
        'size',
        'mtime_ms',
        'ctime_ms',
        'ino',
        'seen_at',
        'hash',
        'how',
        'problems',
        'disk_path',
        'missing_since',
      ],
      files,
      (path, one) => [
        path,
        one.role,
        one.size,
        one.mtimeMs,
        one.ctimeMs,
        one.ino,
        one.seenAt,
        one.hash,
        one.how,
        JSON.stringify(one.problems),
        one.diskPath ?? null,
        one.missingSince ?? null,
      ],
    ),
    { sql: 'delete from lists where file = ?', rows: [...lists.keys()].map((file) => [file]) },
    put('lists', ['file', 'line'], ['entry', 'text', 'tags', 'struck'], fromLists(lists)),
    // Two entries may swap a unique value within one change, so that what changes steps aside first.
    {
      sql: `update entries set path = id, updated = -1000000000000000 - number where id = ?`,
      rows: rowsOf(entries, ([id]) => [id]),
    },
    put(
      'entries',
      ['id'],
      ['atom_id', 'path', 'updated', 'kind', 'status', 'published', 'fields'],
      rowsOf(entries, ([, one]) => [
        one.id,
        one.atomId,
        one.path.toLowerCase(),
        one.updated,
        one.kind,
        one.status,
        one.published,
        JSON.stringify(one),
      ]),
    ),
    put(
      'texts',
      ['entry'],
      ['html', 'text'],
      rowsOf(texts, ([id, { html, text }]) => [id, html, text]),
    ),
    put(
      'terms',
      ['kind', 'key'],
      ['label', 'slug'],
      changes.terms.map(({ kind, key, label, slug }) => [kind, key, label, slug]),
    ),
    put(
      'feeds',
      ['name'],
      ['fields'],
      Array.from(changes.feeds, ([name, feed]) => [name, JSON.stringify(feed)]),
    ),
    put(
      'places',
      ['feed', 'place'],
      ['entry', 'joined', 'archive_only', 'active'],
      rowsOf(new Set(changes.places), (one) => [
        one.feed,
        one.place,
        one.entry,
        one.joined,
        Number(one.archiveOnly),
        Number(one.active),
      ]),
    ),
    put(
      'documents',
      ['path'],
      ['version', 'hash'],
      Array.from(changes.documents.values(), ({ path, version, hash }) => [path, version, hash]),
    ),
    put('aliases', ['path'], ['entry'], [...changes.aliases]),
  ];
}

/** Inserts rows, or sets the columns of those that are there by their key. */
function put(table: string, key: readonly string[], columns: readonly string[], rows: Statement['rows']): Statement {
  const names = [...key, ...columns];
  const sets = columns.map((column) => `${column} = excluded.${column}`);
  const places = names.map(() => '?');
  const sql = `insert into ${table} (${names.join(', ')}) values (${places.join(', ')})
               on conflict (${key.join(', ')}) do update set ${sets.join(', ')}`;
  return { sql, rows };
}

/** As `put`, and takes away the rows of keys without a record. */
function replace<T>(
  table: string,
  key: readonly [string],
  columns: readonly string[],
  records: ReadonlyMap<string, T | undefined>,
  toRow: (name: string, record: T) => readonly Value[],
): readonly Statement[] {
  const standing = new Map<string, T>();
  const gone: (readonly Value[])[] = [];
  for (const [name, record] of records) {
    if (record === undefined) gone.push([name]);
    else standing.set(name, record);
  }
  const rows = rowsOf(standing, ([name, record]) => toRow(name, record));
  return [{ sql: `delete from ${table} where ${key[0]} = ?`, rows: gone }, put(table, key, columns, rows)];
}

/** A row for each of the items, made when it is its turn: all of an import's at once would take too much memory. */
function rowsOf<T>(items: Iterable<T> & { readonly size: number }, toRow: (item: T) => readonly Value[]): Rows {
  return {
    length: items.size,
    *[Symbol.iterator]() {
      for (const item of items) yield toRow(item);
    },
  };
}

function fromLists(lists: Changes['lists']): Statement['rows'] {
  return Array.from(lists, ([file, lines]) =>
    (lines ?? []).map(({ entry, text, tags, struck }, line) => [
      file,
      line,
      entry,
      text,
      JSON.stringify(tags),
      Number(struck ?? false),
    ]),
  ).flat();
}
