import type { Instant } from '../lib/instant.ts';
import type { Database, Value } from './database.ts';
import type { Entry } from './records.ts';
import { toFields } from './sql-records.ts';
import type { LiveRange } from './store.ts';

/** Live entries in order. */
export async function readLive(all: Database['all'], range: LiveRange): Promise<readonly Entry[]> {
  const { where, values } = toCondition(range);
  const way = range.order === 'newest first' ? 'desc' : 'asc';
  const sql = `select fields from entries where ${where} order by published ${way}, id ${way} limit ? offset ?`;
  const rows = await all(sql, [...values, range.limit ?? Number.MAX_SAFE_INTEGER, range.offset ?? 0]);
  return rows.map((row) => toFields<Entry>(row));
}

/** When each live entry was published, newest first. */
export async function readLiveDates(all: Database['all']): Promise<readonly Instant[]> {
  const rows = await all(`select published from entries where status = 'live' order by published desc`);
  return rows.map(({ published }) => published as Instant);
}

function toCondition({ kind, from, to, before, after }: LiveRange): { where: string; values: Value[] } {
  const conditions: [sql: string, ...values: Value[]][] = [[`status = 'live'`]];
  if (kind !== undefined) conditions.push(['kind = ?', kind]);
  if (from !== undefined) conditions.push(['published >= ?', from]);
  if (to !== undefined) conditions.push(['published < ?', to]);
  if (before !== undefined) conditions.push(['(published, id) < (?, ?)', before.published, before.id]);
  if (after !== undefined) conditions.push(['(published, id) > (?, ?)', after.published, after.id]);
  return {
    where: conditions.map(([sql]) => sql).join(' and '),
    values: conditions.flatMap(([, ...values]) => values),
  };
}
