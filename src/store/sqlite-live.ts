import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { Instant } from '../lib/instant.ts';
import type { Entry } from './records.ts';
import type { LiveRange } from './store.ts';

// As the index live_entries has it.
const published = `fields ->> '$.published'`;
const isLive = `fields ->> '$.status' = 'live'`;

/** Live entries in order. */
export function readLive(database: DatabaseSync, range: LiveRange): readonly Entry[] {
  const { where, values } = toCondition(range);
  const way = range.order === 'newest first' ? 'desc' : 'asc';
  const sql = `select fields from entries where ${where} order by ${published} ${way}, id ${way} limit ? offset ?`;
  const rows = database.prepare(sql).all(...values, range.limit ?? -1, range.offset ?? 0);
  return rows.map((row) => JSON.parse(row.fields as string) as Entry);
}

/** When each live entry was published, newest first. */
export function readLiveDates(database: DatabaseSync): readonly Instant[] {
  const sql = `select ${published} as at from entries where ${isLive} order by ${published} desc`;
  return database
    .prepare(sql)
    .all()
    .map(({ at }) => at as Instant);
}

function toCondition({ kind, from, to, before, after }: LiveRange): { where: string; values: SQLInputValue[] } {
  const conditions: [sql: string, ...values: SQLInputValue[]][] = [[isLive]];
  if (kind !== undefined) conditions.push([`fields ->> '$.kind' = ?`, kind]);
  if (from !== undefined) conditions.push([`${published} >= ?`, from]);
  if (to !== undefined) conditions.push([`${published} < ?`, to]);
  if (before !== undefined) conditions.push([`(${published}, id) < (?, ?)`, before.published, before.id]);
  if (after !== undefined) conditions.push([`(${published}, id) > (?, ?)`, after.published, after.id]);
  return {
    where: conditions.map(([sql]) => sql).join(' and '),
    values: conditions.flatMap(([, ...values]) => values),
  };
}
