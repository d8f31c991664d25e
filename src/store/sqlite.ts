import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import type { Html } from '../lib/html.ts';
import type { Instant } from '../lib/instant.ts';
import type { PlainText } from '../lib/text.ts';
import { migrations } from './migrations.ts';
import type { Entry, EntryText, FeedRecord, FileRecord, ListLine, Place, Term } from './records.ts';
import { readLive, readLiveDates } from './sqlite-live.ts';
import { putNotice, sqliteOutbox } from './sqlite-outbox.ts';
import type { Changes, PlacedEntry, PlaceRange, Snapshot, Store } from './store.ts';

type Row = Record<string, SQLInputValue>;

/**
 * The store in one SQLite file (or `:memory:`), made if it is not there. Commits are durable (WAL, synchronous=FULL).
 * Throws an Error that begins `store:` when the file cannot be opened or is newer than this program.
 */
export function openSqlite(file: string, options: { readonly readOnly?: boolean } = {}): Store {
  const database = open(file, options.readOnly ?? false);
  return {
    load: async () => named('cannot read', () => readSnapshot(database)),
    save: async (changes) => named('cannot write', () => transaction(database, () => writeChanges(database, changes))),
    texts: async (ids) => named('cannot read', () => readTexts(database, ids)),
    entryAt: async (path) => named('cannot read', () => readEntryAt(database, path)),
    outbox: sqliteOutbox(database),
    feed: async (name) => named('cannot read', () => readFeed(database, name)),
    places: async (feed, range) => named('cannot read', () => readPlaces(database, feed, range)),
    live: async (range) => named('cannot read', () => readLive(database, range)),
    liveDates: async () => named('cannot read', () => readLiveDates(database)),
    settings: async () => named('cannot read', () => readSettings(database)),
    terms: async () => named('cannot read', () => readTerms(database)),
    close: async () => database.close(),
  };
}

function open(file: string, readOnly: boolean): DatabaseSync {
  return named(`cannot open ${file}`, () => {
    if (file !== ':memory:' && !readOnly) mkdirSync(dirname(file), { recursive: true });
    const database = new DatabaseSync(file, { readOnly, timeout: 10_000 });
    try {
      if (!readOnly) {
        database.exec('pragma journal_mode = wal; pragma synchronous = full;');
        migrate(database);
      }
    } catch (error) {
      database.close();
      throw error;
    }
    return database;
  });
}

function migrate(database: DatabaseSync): void {
  const version = database.prepare('pragma user_version').get()!.user_version as number;
  if (version > migrations.length) {
    throw new Error(`written by a newer Linecaster: expected schema ${migrations.length} or older, found ${version}`);
  }
  for (const [index, sql] of migrations.entries()) {
    if (index < version) continue;
    transaction(database, () => database.exec(`${sql}; pragma user_version = ${index + 1};`));
  }
}

function transaction(database: DatabaseSync, work: () => void): void {
  database.exec('begin immediate');
  try {
    work();
    database.exec('commit');
  } catch (error) {
    if (database.isTransaction) database.exec('rollback');
    throw error;
  }
}

function named<T>(what: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new Error(`store: ${what}: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}

function readSnapshot(database: DatabaseSync): Snapshot {
  const rows = (sql: string): Row[] => database.prepare(sql).all() as Row[];
  const lists = new Map<string, ListLine[]>();
  for (const row of rows('select file, entry, text, tags, struck from lists order by file, line')) {
    const struck = row.struck === 1 ? { struck: true } : {};
    const line = { entry: row.entry, text: row.text, tags: JSON.parse(row.tags as string), ...struck } as ListLine;
    const lines = lists.get(row.file as string);
    if (lines === undefined) lists.set(row.file as string, [line]);
    else lines.push(line);
  }
  return {
    settings: readSettings(database),
    files: rows('select * from files').map(toFile),
    lists,
    entries: rows('select fields from entries').map((row) => JSON.parse(row.fields as string) as Entry),
    terms: readTerms(database),
    feeds: rows('select fields from feeds').map((row) => JSON.parse(row.fields as string) as FeedRecord),
    places: rows('select * from places order by feed, place').map(toPlace),
    documents: rows('select path, version, hash from documents') as unknown as Snapshot['documents'],
    aliases: new Map(rows('select path, entry from aliases').map((row) => [row.path as string, row.entry as string])),
  };
}

function readSettings(database: DatabaseSync): ReadonlyMap<string, string> {
  const rows = database.prepare('select name, value from settings').all();
  return new Map(rows.map((row) => [row.name as string, row.value as string]));
}

function readTerms(database: DatabaseSync): readonly Term[] {
  return database.prepare('select kind, key, label, slug from terms').all() as unknown as Term[];
}

function readEntryAt(database: DatabaseSync, path: string): Entry | undefined {
  const sql = `select fields from entries where path = ?1
               union all
               select fields from entries join aliases on aliases.entry = entries.id where aliases.path = ?1`;
  const row = database.prepare(sql).get(path.toLowerCase());
  return row === undefined ? undefined : (JSON.parse(row.fields as string) as Entry);
}

function toPlace(row: Row): Place {
  return {
    feed: row.feed as string,
    place: row.place as number,
    entry: row.entry as string,
    joined: row.joined as Instant,
    archiveOnly: row.archive_only === 1,
    active: row.active === 1,
  };
}

function readFeed(database: DatabaseSync, name: string): FeedRecord | undefined {
  const row = database.prepare('select fields from feeds where name = ?').get(name);
  return row === undefined ? undefined : (JSON.parse(row.fields as string) as FeedRecord);
}

function readPlaces(database: DatabaseSync, feed: string, range: PlaceRange): readonly PlacedEntry[] {
  const rows =
    'from' in range
      ? database.prepare(`${placed} and place between ? and ? order by place`).all(feed, range.from, range.to)
      : database
          .prepare(`${placed} and active = 1 and (place <= ? or archive_only = 1) order by place desc limit ? offset ?`)
          .all(feed, range.floor, range.limit, range.offset);
  return rows.map((row) => ({ ...toPlace(row), of: JSON.parse(row.fields as string) as Entry }));
}

const placed = 'select places.*, entries.fields from places join entries on entries.id = places.entry where feed = ?';

function toFile(row: Row): FileRecord {
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
    problems: JSON.parse(row.problems as string),
    ...(row.disk_path === null ? {} : { diskPath: row.disk_path as string }),
    ...(row.missing_since === null ? {} : { missingSince: row.missing_since as number }),
  };
}

function readTexts(database: DatabaseSync, ids: readonly string[]): ReadonlyMap<string, EntryText> {
  const get = database.prepare('select html, text from entries where id = ? and html is not null');
  const texts = new Map<string, EntryText>();
  for (const id of ids) {
    const row = get.get(id);
    if (row !== undefined) texts.set(id, { html: row.html as Html, text: row.text as PlainText });
  }
  return texts;
}

function writeChanges(database: DatabaseSync, changes: Changes): void {
  const run = (sql: string): ((...values: SQLInputValue[]) => void) => {
    const statement = database.prepare(sql);
    return (...values) => statement.run(...values);
  };
  const putSetting = run('insert or replace into settings values (?, ?)');
  const dropSetting = run('delete from settings where name = ?');
  for (const [name, value] of changes.settings) {
    if (value === undefined) dropSetting(name);
    else putSetting(name, value);
  }

  const putFile = run('insert or replace into files values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const dropFile = run('delete from files where path = ?');
  for (const [path, file] of changes.files) {
    if (file === undefined) dropFile(path);
    else putFile(...fromFile(file));
  }

  const dropList = run('delete from lists where file = ?');
  const putLine = run('insert into lists values (?, ?, ?, ?, ?, ?)');
  for (const [file, lines] of changes.lists) {
    dropList(file);
    for (const [line, { entry, text, tags, struck }] of (lines ?? []).entries()) {
      putLine(file, line, entry, text, JSON.stringify(tags), Number(struck ?? false));
    }
  }

  writeEntries(changes, run);

  const putTerm = run('insert or replace into terms values (?, ?, ?, ?)');
  for (const { kind, key, label, slug } of changes.terms) putTerm(kind, key, label, slug);
  const putFeed = run('insert or replace into feeds values (?, ?)');
  for (const feed of changes.feeds.values()) putFeed(feed.name, JSON.stringify(feed));
  const putPlace = run('insert or replace into places values (?, ?, ?, ?, ?, ?)');
  for (const { feed, place, entry, joined, archiveOnly, active } of changes.places) {
    putPlace(feed, place, entry, joined, Number(archiveOnly), Number(active));
  }
  const putDocument = run('insert or replace into documents values (?, ?, ?)');
  for (const { path, version, hash } of changes.documents.values()) putDocument(path, version, hash);
  const putAlias = run('insert or replace into aliases values (?, ?)');
  for (const [path, entry] of changes.aliases) putAlias(path, entry);
  for (const notice of changes.notices) putNotice(database, notice);
}

function writeEntries(changes: Changes, run: (sql: string) => (...values: SQLInputValue[]) => void): void {
  // Two entries may swap a unique value within one change, so that what changes steps aside first.
  const stepAside = run('update entries set path = id, updated = -1000000000000000 - rowid where id = ?');
  for (const id of changes.entries.keys()) stepAside(id);
  const put = run(
    `insert into entries (id, atom_id, path, updated, fields) values (?, ?, ?, ?, ?)
     on conflict (id) do update set path = excluded.path, updated = excluded.updated, fields = excluded.fields`,
  );
  for (const entry of changes.entries.values()) {
    put(entry.id, entry.atomId, entry.path.toLowerCase(), entry.updated, JSON.stringify(entry));
  }
  const putText = run('update entries set html = ?, text = ? where id = ?');
  for (const [id, { html, text }] of changes.texts) putText(html, text, id);
}

function fromFile(file: FileRecord): SQLInputValue[] {
  return [
    file.path,
    file.role,
    file.size,
    file.mtimeMs,
    file.ctimeMs,
    file.ino,
    file.seenAt,
    file.hash,
    file.how,
    JSON.stringify(file.problems),
    file.diskPath ?? null,
    file.missingSince ?? null,
  ];
}
