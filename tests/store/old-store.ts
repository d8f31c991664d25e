import { DatabaseSync } from 'node:sqlite';
import { migrations } from '../../src/store/migrations.ts';

/** What columns that are no more were made of. */
const formerColumns: Readonly<Record<string, string>> = { 'texts.text': 'html' };

/** Writes into `file` what the store `from` holds, as a program that knew only so many migrations would have. */
export function writeOldStore(file: string, version: number, from: string): void {
  const sqlite = new DatabaseSync(file);
  sqlite.exec(`${migrations.slice(0, version).join(';')}; pragma user_version = ${version}`);
  sqlite.prepare('attach ? as grown').run(from);
  for (const { name } of sqlite.prepare(`select name from sqlite_schema where type = 'table'`).all()) {
    const columns = sqlite.prepare('select name from pragma_table_info(?)').all(name!);
    const names = columns.map((column) => column.name as string);
    const found = names.map((column) => formerColumns[`${name}.${column}`] ?? column);
    sqlite.exec(`delete from main.${name}; insert into main.${name} (${names}) select ${found} from grown.${name}`);
  }
  sqlite.close();
}
