import type { Rows, Statement, Value } from './database.ts';
import type { Changes } from './store.ts';

/** The statements that make a change. */
export function toStatements(changes: Changes): readonly Statement[] {
  const { settings, files, lists, entries, texts } = changes;
  return [
    ...replace('settings', 'name', 'value', settings, (name, value) => [name, value]),
    ...replace(
      'files',
      'path',
      'role, size, mtime_ms, ctime_ms, ino, seen_at, hash, how, problems, disk_path, missing_since',
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
    put('lists', 'file, line', 'entry, text, tags, struck', fromLists(lists)),
    // Two entries may swap a unique value within one change, so that what changes steps aside first.
    {
      sql: `update entries set path = id, updated = -1000000000000000 - number where id = ?`,
      rows: rowsOf(entries, ([id]) => [id]),
    },
    put(
      'entries',
      'id',
      'atom_id, path, updated, kind, status, published, fields',
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
      'entry',
      'html',
      rowsOf(texts, ([id, { html }]) => [id, html]),
    ),
    put(
      'terms',
      'kind, key',
      'label, slug',
      changes.terms.map(({ kind, key, label, slug }) => [kind, key, label, slug]),
    ),
    put(
      'feeds',
      'name',
      'fields',
      Array.from(changes.feeds, ([name, feed]) => [name, JSON.stringify(feed)]),
    ),
    put(
      'places',
      'feed, place',
      'entry, joined, archive_only, active',
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
      'path',
      'version, hash',
      Array.from(changes.documents.values(), ({ path, version, hash }) => [path, version, hash]),
    ),
    put('aliases', 'path', 'entry', [...changes.aliases]),
  ];
}

/** Inserts rows, or sets the columns of those that are there by their key; names of columns with commas between them. */
function put(table: string, key: string, columns: string, rows: Statement['rows']): Statement {
  const names = `${key}, ${columns}`;
  const sets = columns.replace(/\w+/g, '$& = excluded.$&');
  const sql = `insert into ${table} (${names}) values (${names.replace(/\w+/g, '?')})
               on conflict (${key}) do update set ${sets}`;
  return { sql, rows, keys: key.split(', ').length };
}

/** As `put`, and takes away the rows of keys without a record. */
function replace<T>(
  table: string,
  key: string,
  columns: string,
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
  return [{ sql: `delete from ${table} where ${key} = ?`, rows: gone }, put(table, key, columns, rows)];
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
