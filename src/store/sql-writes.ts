import type { Database, Row, Statement, Value } from './database.ts';
import { tableQueries, toSnapshot } from './sql-records.ts';
import type { Changes, Writes, WrittenKeys } from './store.ts';

type All = Database['all'];

/** How many writes are remembered; who has missed more reads everything. */
const mostWrites = 200;

/** Who has missed the change of more rows than this reads everything too. */
const mostKeys = 5000;

/** Of all notes of what was missed. */
const mostCharacters = 2 ** 20;

/** How many rows one query asks for. */
const batch = 500;

/** By table, the columns that name a row. */
const keyColumns: Readonly<Record<keyof WrittenKeys, readonly string[]>> = {
  settings: ['name'],
  files: ['path'],
  lists: ['file'],
  entries: ['id'],
  terms: ['kind', 'key'],
  feeds: ['name'],
  places: ['feed', 'place'],
  documents: ['path'],
  aliases: ['path'],
};

const tables = Object.keys(keyColumns) as (keyof WrittenKeys)[];

/** The statements that remember which rows the write of this generation and name changes. */
export function noteWrite(changes: Changes, generation: number, write: string): readonly Statement[] {
  const keys = keysOf(changes);
  return [
    { sql: 'delete from writes where generation <= ?', rows: [[generation - mostWrites]] },
    {
      sql: 'insert into writes (generation, keys, id) values (?, ?, ?)',
      rows: [[generation, isTooMuch(keys) ? null : JSON.stringify(keys), write]],
    },
  ];
}

/** The name of the write that led to this generation; undefined when it is forgotten. */
export async function readWriteOf(all: All, generation: number): Promise<string | undefined> {
  const [row] = await all('select id from writes where generation = ?', [generation]);
  return row?.id as string | undefined;
}

/** The rows that were written after one generation and up to another; undefined where that is not known. */
export async function readWrites(all: All, since: number, generation: number): Promise<Writes | undefined> {
  const missed = 'from writes where generation > ? and generation <= ?';
  const [sums] = await all(`select count(keys) as notes, sum(length(keys)) as characters ${missed}`, [
    since,
    generation,
  ]);
  // Some were too much, were forgotten, or made by a program that did not remember them.
  if (sums!.notes !== generation - since || (sums!.characters as number) > mostCharacters) return undefined;
  const notes = await all(`select keys ${missed}`, [since, generation]);
  const known = notes.map(({ keys }) => JSON.parse(keys as string) as WrittenKeys);
  const keys = Object.fromEntries(tables.map((table) => [table, distinct(known.flatMap((one) => one[table]))]));
  if (isTooMuch(keys as WrittenKeys)) return undefined;
  const rows: Partial<Record<keyof WrittenKeys, readonly Row[]>> = {};
  for (const table of tables) rows[table] = await readRows(all, table, keys[table]!);
  const write = await readWriteOf(all, generation);
  return { ...toSnapshot(rows as Required<typeof rows>), generation, write, keys: keys as WrittenKeys };
}

function keysOf(changes: Changes): WrittenKeys {
  const single = (names: Iterable<string>): string[][] => Array.from(names, (name) => [name]);
  return {
    settings: single(changes.settings.keys()),
    files: single(changes.files.keys()),
    lists: single(changes.lists.keys()),
    entries: single(changes.entries.keys()),
    terms: changes.terms.map(({ kind, key }) => [kind, key]),
    feeds: single(changes.feeds.keys()),
    places: changes.places.map(({ feed, place }) => [feed, place]),
    documents: single(changes.documents.keys()),
    aliases: single(changes.aliases.keys()),
  };
}

function isTooMuch(keys: WrittenKeys): boolean {
  return Object.values(keys).reduce((sum, { length }) => sum + length, 0) > mostKeys;
}

function distinct<K extends readonly Value[]>(keys: readonly K[]): readonly K[] {
  return [...new Map(keys.map((key) => [JSON.stringify(key), key])).values()];
}

async function readRows(
  all: All,
  table: keyof WrittenKeys,
  keys: readonly (readonly Value[])[],
): Promise<readonly Row[]> {
  const [query, order] = tableQueries[table].split(' order by ');
  const columns = keyColumns[table];
  const rows: Row[] = [];
  for (let from = 0; from < keys.length; from += batch) {
    const some = keys.slice(from, from + batch);
    const places = some.map((key) => `(${key.map(() => '?').join(', ')})`).join(', ');
    const ordered = order === undefined ? '' : ` order by ${order}`;
    rows.push(...(await all(`${query} where (${columns.join(', ')}) in (${places})${ordered}`, some.flat())));
  }
  return rows;
}
