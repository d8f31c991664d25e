import { draftMark } from '../source/draft-mark.ts';
import type { Database, Value } from './database.ts';
import type { Entry, FileRecord } from './records.ts';
import { toFields, toFile } from './sql-records.ts';
import type { FileRange, Store } from './store.ts';

const isSource = `role not in ('media', 'publication', 'authors')`;

/** What the store says of source files, and of what is still to come of them. */
export function sqlFiles({
  all,
  sizeQuery,
}: Pick<Database, 'all' | 'sizeQuery'>): Pick<Store, 'files' | 'scheduled' | 'size'> {
  return {
    files: (range) => readFiles(all, range),
    scheduled: async (limit) => {
      const sql = `select fields from entries where status = 'scheduled' order by published, id limit ?`;
      return (await all(sql, [limit])).map((row) => toFields<Entry>(row));
    },
    size: async () => {
      const [counted] = await all(`select count(*) as files from files where ${isSource}`);
      const [taken] = await all(sizeQuery);
      return { files: Number(counted!.files), bytes: Number(taken!.bytes) };
    },
  };
}

async function readFiles(all: Database['all'], { only, after, limit }: FileRange): Promise<readonly FileRecord[]> {
  const conditions: [sql: string, ...values: Value[]][] = [[isSource]];
  if (only === 'drafts') conditions.push(['how like ?', `%${draftMark}%`]);
  if (after !== undefined) conditions.push(['path > ?', after]);
  const where = conditions.map(([sql]) => sql).join(' and ');
  const values = conditions.flatMap(([, ...own]) => own);
  const rows = await all(`select * from files where ${where} order by path limit ?`, [...values, limit]);
  return rows.map(toFile);
}
