import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import postgres from 'postgres';

const query = "select fields from entries where status = 'live'";

/** The titles of all that is published, also of what is too old for a feed. */
export async function publishedTitles(home: string, url: string | undefined): Promise<readonly string[]> {
  const rows = url === undefined ? ofSqlite(join(home, 'store.db')) : await ofPostgres(url);
  return rows.map(({ fields }) => (JSON.parse(String(fields)) as { title: string }).title);
}

type Rows = readonly { readonly fields: unknown }[];

function ofSqlite(file: string): Rows {
  const sqlite = new DatabaseSync(file, { readOnly: true, timeout: 5000 });
  try {
    return sqlite.prepare(query).all() as unknown as Rows;
  } finally {
    sqlite.close();
  }
}

async function ofPostgres(url: string): Promise<Rows> {
  const sql = postgres(url, { max: 1 });
  const rows = await sql.unsafe(query);
  await sql.end();
  return rows as unknown as Rows;
}
