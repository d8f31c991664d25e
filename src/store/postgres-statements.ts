import type { TransactionSql } from 'postgres';
import type { Rows, Statement, Value } from './database.ts';

// A statement of which each row's only value is the key of what it changes.
const oneKey = /(?<=^[^?]*) = \?$/;

/** Runs a statement for each of its rows, many at a time. */
export async function run(transaction: TransactionSql, { sql, rows, keys, orFail }: Statement): Promise<void> {
  const text = numbered(sql);
  for (const part of partsOf(rows)) {
    if (keys !== undefined) await putAll(transaction, sql, part, keys);
    else if (oneKey.test(sql) && orFail === undefined) {
      const places = part.map(() => '?').join(', ');
      await transaction.unsafe(numbered(sql.replace(oneKey, ` in (${places})`)), part.flat() as Value[]);
    } else {
      // Sent one behind the other without waiting: a thousand rows cost few round trips.
      const results = await Promise.all(part.map((values) => transaction.unsafe(text, values as Value[])));
      if (orFail !== undefined && results.some(({ count }) => count === 0)) throw new Error(orFail);
    }
  }
}

/** One statement for all rows, which it may put only once each. */
async function putAll(
  transaction: TransactionSql,
  sql: string,
  part: readonly (readonly Value[])[],
  keys: number,
): Promise<void> {
  const rows = [...new Map(part.map((row) => [JSON.stringify(row.slice(0, keys)), row])).values()];
  const text = sql.replace(/(?<=values )\([?, ]+\)/, (one) => rows.map(() => one).join(', '));
  await transaction.unsafe(numbered(text), rows.flat() as Value[]);
}

/** How much one statement may put: the client keeps room for the longest that it ever sent. */
const mostRows = 1000;
const mostCharacters = 2 ** 20;

function* partsOf(rows: Rows): Iterable<readonly (readonly Value[])[]> {
  let part: (readonly Value[])[] = [];
  let characters = 0;
  for (const row of rows) {
    part.push(row);
    for (const value of row) if (typeof value === 'string') characters += value.length;
    if (part.length < mostRows && characters < mostCharacters) continue;
    yield part;
    part = [];
    characters = 0;
  }
  if (part.length > 0) yield part;
}

/** The statement with `$1`, `$2` for `?`; there is no question mark in our SQL that is not a value's place. */
export function numbered(sql: string): string {
  let n = 0;
  return sql.replace(/\?/g, () => {
    n += 1;
    return `$${n}`;
  });
}
