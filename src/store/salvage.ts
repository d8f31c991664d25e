import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Row } from './database.ts';
import { graftFirstPage } from './first-page.ts';
import { type RawRow, readRawRows } from './raw-pages.ts';
import { fits, plainShapes, shapes, type TableShape, toRow } from './salvage-tables.ts';
import { transaction } from './sqlite-file.ts';

/** What was taken over of a table. */
export type Salvaged = {
  readonly table: string;
  readonly rows: number;
  /** Whether all of it could be read; of what is not there nobody knows how much it was. */
  readonly isWhole: boolean;
};

/**
 * Takes over into the empty store `fresh` what can be read of a damaged one: by its tables from both ends, then, where a
 * table is broken, from each page by itself. `damaged` is a copy, which is written to; `scratch` a path for a new file.
 */
export function salvage(damaged: string, fresh: DatabaseSync, scratch: string): readonly Salvaged[] {
  const salvaged: Salvaged[] = [];
  const all = [...shapes, ...plainShapes(fresh)];
  transaction(fresh, () => {
    const broken = readTables(damaged, fresh, scratch, all);
    if (broken.length > 0)
      readPages(
        damaged,
        fresh,
        broken.filter((shape) => shapes.includes(shape)),
      );
    for (const shape of all) {
      const rows = fresh.prepare(`select count(*) as n from ${shape.name}`).get()!.n as number;
      salvaged.push({ table: shape.name, rows, isWhole: !broken.includes(shape) });
    }
  });
  return salvaged;
}

/** Gives the tables that could not be read to their end. */
function readTables(
  damaged: string,
  fresh: DatabaseSync,
  scratch: string,
  all: readonly TableShape[],
): readonly TableShape[] {
  const sqlite = openDamaged(damaged, scratch);
  if (sqlite === undefined) return all;
  try {
    keepGeneration(sqlite, fresh);
    return all.filter((shape) => !readTable(sqlite, fresh, shape));
  } finally {
    sqlite.close();
  }
}

/** Closing it writes what its journal holds into the file. */
function openDamaged(damaged: string, scratch: string): DatabaseSync | undefined {
  for (const isSecond of [false, true]) {
    const sqlite = new DatabaseSync(damaged);
    try {
      sqlite.exec('pragma journal_mode = wal; select name from sqlite_schema');
      for (const { name } of shapes) sqlite.prepare(`select * from ${name} limit 0`);
      return sqlite;
    } catch {
      sqlite.close();
      if (!isSecond) graftFirstPage(damaged, scratch);
    }
  }
  return undefined;
}

function keepGeneration(sqlite: DatabaseSync, fresh: DatabaseSync): void {
  try {
    const number = sqlite.prepare('select number from generation').get()?.number;
    if (typeof number === 'number') fresh.prepare('update generation set number = ?').run(number);
  } catch {
    // It only counts within an epoch, and a new one begins.
  }
}

/** Whether all of it was read, and all of that was sound. */
function readTable(sqlite: DatabaseSync, fresh: DatabaseSync, shape: TableShape): boolean {
  const put = inserter(fresh, shape);
  const order = shape.kind === 'numbered' ? ['rowid'] : shape.key;
  const read = (way: string): boolean => {
    let isWhole = true;
    try {
      const sql = `select * from ${shape.name} order by ${order.map((column) => `${column} ${way}`).join(', ')}`;
      for (const row of sqlite.prepare(sql).iterate()) isWhole = put(row as Row) && isWhole;
      return isWhole;
    } catch {
      return false;
    }
  };
  if (read('asc')) return true;
  read('desc');
  return false;
}

function readPages(damaged: string, fresh: DatabaseSync, broken: readonly TableShape[]): void {
  const puts = new Map(broken.map((shape) => [shape, inserter(fresh, shape)]));
  const aged = new Map(broken.map((shape) => [shape, [] as Row[]]));
  for (const raw of readRawRows(damaged)) {
    const shape = broken.find((one) => isOf(one, raw));
    if (shape === undefined) continue;
    const row = toRow(shape, raw);
    if (shape.age === undefined) puts.get(shape)!(row);
    else aged.get(shape)!.push(row);
  }
  // Pages may hold what a row was before: the latest is put first, and the others find it there.
  for (const [shape, rows] of aged) {
    const dated = rows.map((row) => ({ row, age: shape.age!(row) })).sort((a, b) => b.age - a.age);
    for (const { row } of dated) puts.get(shape)!(row);
  }
}

function isOf(shape: TableShape, raw: RawRow): boolean {
  if (shape.kind !== raw.kind || !fits(shape, raw.values)) return false;
  return shape.isSound?.(toRow(shape, raw)) ?? true;
}

/** Puts a row unless one with a key of it is there, less what the table has no column for now; gives whether it is sound. */
function inserter(fresh: DatabaseSync, shape: TableShape): (row: Row) => boolean {
  const statements = new Map<number, StatementSync>();
  const names = fresh
    .prepare('select name from pragma_table_info(?)')
    .all(shape.name)
    .map(({ name }) => name as string);
  return (row) => {
    if (shape.isSound?.(row) === false) return false;
    const present = names.filter((name) => row[name] !== undefined);
    const statement = statements.getOrInsertComputed(present.length, () => {
      const places = present.map(() => '?').join(', ');
      return fresh.prepare(`insert or ignore into ${shape.name} (${present.join(', ')}) values (${places})`);
    });
    statement.run(...present.map((name) => row[name]!));
    return true;
  };
}
