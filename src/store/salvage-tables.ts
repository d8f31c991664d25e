import type { DatabaseSync } from 'node:sqlite';
import type { Row, Value } from './database.ts';
import type { RawRow } from './raw-pages.ts';

/** What is known of a table's rows: enough to tell one from any other row, and a sound one from a damaged one. */
export type TableShape = {
  readonly name: string;
  /**
   * Their order in the file, those of earlier versions too; a letter each: text, integer, real, none (the row's own
   * number), lower case may be absent.
   */
  readonly columns: Readonly<Record<string, 'T' | 't' | 'I' | 'R' | 'r' | '-'>>;
  readonly key: readonly string[];
  readonly kind: RawRow['kind'];
  /** Of two rows with one key, what the later one has more of. */
  readonly age?: (row: Row) => number;
  readonly isSound?: (row: Row) => boolean;
};

/** All tables; entries before what refers to them. */
export const shapes: readonly TableShape[] = [
  {
    name: 'settings',
    kind: 'keyed',
    columns: { name: 'T', value: 'T' },
    key: ['name'],
    isSound: ({ name, value }) => isSetting(name as string, value as string),
  },
  {
    name: 'entries',
    kind: 'numbered',
    columns: {
      number: '-',
      id: 'T',
      atom_id: 'T',
      path: 'T',
      updated: 'I',
      kind: 'T',
      status: 'T',
      published: 'I',
      fields: 'T',
    },
    key: ['id'],
    age: ({ fields }) => (JSON.parse(fields as string) as { revision: number }).revision,
    isSound: isEntry,
  },
  { name: 'texts', kind: 'numbered', columns: { entry: 'T', html: 'T', text: 't' }, key: ['entry'] },
  {
    name: 'files',
    kind: 'numbered',
    columns: {
      path: 'T',
      role: 'T',
      size: 'I',
      mtime_ms: 'R',
      ctime_ms: 'R',
      ino: 'R',
      seen_at: 'R',
      hash: 'T',
      how: 'T',
      problems: 'T',
      disk_path: 't',
      missing_since: 'r',
    },
    key: ['path'],
    age: ({ seen_at }) => seen_at as number,
    isSound: ({ problems }) => Array.isArray(parse(problems)),
  },
  {
    name: 'lists',
    kind: 'keyed',
    columns: { file: 'T', line: 'I', entry: 'T', text: 'T', tags: 'T', struck: 'I' },
    key: ['file', 'line'],
    isSound: ({ tags }) => Array.isArray(parse(tags)),
  },
  {
    name: 'aliases',
    kind: 'keyed',
    columns: { path: 'T', entry: 'T' },
    key: ['path'],
    isSound: ({ path, entry }) => (path as string).startsWith('/') && !(entry as string).startsWith('{'),
  },
  {
    name: 'terms',
    kind: 'keyed',
    columns: { kind: 'T', key: 'T', label: 'T', slug: 'T' },
    key: ['kind', 'key'],
    isSound: ({ kind }) => kind === 'tags' || kind === 'authors',
  },
  {
    name: 'feeds',
    kind: 'keyed',
    columns: { name: 'T', fields: 'T' },
    key: ['name'],
    age: ({ fields }) => (JSON.parse(fields as string) as { version: number }).version,
    isSound: ({ name, fields }) => (parse(fields) as { name?: unknown } | undefined)?.name === name,
  },
  {
    name: 'places',
    kind: 'keyed',
    columns: { feed: 'T', place: 'I', entry: 'T', joined: 'I', archive_only: 'I', active: 'I' },
    key: ['feed', 'place'],
    isSound: ({ place, active }) =>
      (place as number) > 0 && (place as number) < 2 ** 31 && (active === 0 || active === 1),
  },
  {
    name: 'documents',
    kind: 'keyed',
    columns: { path: 'T', version: 'I', hash: 'T' },
    key: ['path'],
    age: ({ version }) => version as number,
    isSound: ({ path }) => (path as string).startsWith('/'),
  },
  {
    name: 'outbox',
    kind: 'numbered',
    columns: {
      id: '-',
      kind: 'T',
      target: 'T',
      topic: 'T',
      body: 'T',
      created: 'I',
      due: 'I',
      held_until: 'I',
      tries: 'I',
      state: 'T',
      last_error: 't',
      last_due: 'I',
    },
    key: ['target', 'topic'],
    isSound: ({ kind }) => kind === 'websub' || kind === 'hook',
  },
];

/** The other tables of a store: sums that are read in order or not at all. */
export function plainShapes(sqlite: DatabaseSync): readonly TableShape[] {
  const known = new Set(['generation', ...shapes.map(({ name }) => name)]);
  const tables = sqlite.prepare(`select name from sqlite_schema where type = 'table' order by name`).all();
  const names = tables
    .map(({ name }) => name as string)
    .filter((name) => !known.has(name) && !name.startsWith('sqlite_'));
  return names.map((name) => {
    const columns = sqlite.prepare('select name, pk from pragma_table_info(?) order by cid').all(name);
    const key = columns.filter(({ pk }) => pk !== 0).map((column) => column.name as string);
    return {
      name,
      kind: 'keyed',
      key,
      columns: Object.fromEntries(columns.map((column) => [column.name, 't' as const])),
    };
  });
}

/** Whether values have the table's types; what is absent at the end was added to the table later. */
export function fits({ columns }: TableShape, values: readonly Value[]): boolean {
  const types = Object.values(columns);
  return values.length <= types.length && values.length > 1 && values.every((value, n) => isOf(types[n]!, value));
}

/** A raw row by names of columns, where it has them. */
export function toRow({ columns }: TableShape, { values, number }: RawRow): Row {
  const named = Object.entries(columns).slice(0, values.length);
  return Object.fromEntries(named.map(([name, type], n) => [name, type === '-' ? number : values[n]!]));
}

function isOf(type: string, value: Value): boolean {
  if (value === null) return type === '-' || type === type.toLowerCase();
  if (type === '-') return typeof value === 'number';
  return typeof value === (type.toUpperCase() === 'T' ? 'string' : 'number');
}

/** Undefined when it is no JSON. */
function parse(text: Value | undefined): unknown {
  try {
    return JSON.parse(text as string);
  } catch {
    return undefined;
  }
}

function isEntry({ id, path, updated, published, fields }: Row): boolean {
  const entry = parse(fields) as Readonly<Record<string, unknown>> | undefined;
  return (
    typeof entry?.path === 'string' &&
    entry.id === id &&
    entry.path.toLowerCase() === path &&
    entry.updated === updated &&
    entry.published === published &&
    typeof entry.revision === 'number'
  );
}

function isSetting(name: string, value: string): boolean {
  if (['publication', 'images', 'settings-changed'].includes(name)) return parse(value) !== undefined;
  // What is an alias, or a feed, of two texts too.
  return /^[a-z]/.test(name) && !value.startsWith('{"name"');
}
