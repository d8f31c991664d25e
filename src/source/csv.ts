import { type CsvError, parse } from 'csv-parse/sync';
import type { Row } from './headline-rows.ts';

export type CsvReading = {
  readonly rows: readonly Row[];
  readonly faults: readonly { readonly line: number; readonly message: string }[];
};

type Fault = CsvReading['faults'][number];
type Numbered = { readonly cells: readonly string[]; readonly line: number };

// A quotation mark that is not closed on its line may be closed this many lines further down.
const longestRecord = 50;

/**
 * Reads CSV (RFC 4180) whose first record names the columns, which may be parted by commas, semicolons or tabs.
 * A line that cannot be read is a fault of its own.
 */
export function readCsv(text: string): CsvReading {
  const lines = text.split('\n');
  const delimiter = delimiterOf(lines.find((line) => line.trim() !== '') ?? '');
  const { records, faults } = splitRecords(lines, delimiter);
  const [header, ...rest] = records;
  if (header === undefined) return { rows: [], faults };
  const names = header.cells.map((name) => name.trim().toLowerCase());
  if (names.includes('title') || names.includes('headline')) return toRows(rest, names, faults);
  const message = `expected a header with a column title, found ${names.map((name) => `“${name}”`).join(', ')}`;
  return { rows: [], faults: [{ line: header.line, message }] };
}

function toRows(records: readonly Numbered[], names: readonly string[], faults: readonly Fault[]): CsvReading {
  const isLong = ({ cells }: Numbered): boolean => cells.length > names.length;
  const long = records.filter(isLong).map(({ cells, line }) => ({
    line,
    message: `expected ${names.length} columns, found ${cells.length}`,
  }));
  const rows = records
    .filter((record) => !isLong(record))
    .map(({ cells, line }) => ({
      value: Object.fromEntries(cells.map((cell, index) => [names[index]!, cell])),
      line,
      lineOf: () => line,
    }));
  return { rows, faults: [...faults, ...long] };
}

/** A record goes on over its line while a quotation mark is open; where that makes no record, only its first line is lost. */
function splitRecords(lines: readonly string[], delimiter: string): { records: Numbered[]; faults: Fault[] } {
  const odd = lines.map((line) => line.split('"').length % 2 === 0);
  const records: Numbered[] = [];
  const faults: Fault[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    if (lines[at]!.trim() === '') continue;
    const end = odd[at] ? odd.slice(at + 1, at + 1 + longestRecord).indexOf(true) + at + 1 : at;
    const cells = readRecord(lines.slice(at, end + 1).join('\n'), delimiter);
    if (typeof cells === 'string') faults.push({ line: at + 1, message: cells });
    else {
      records.push({ cells, line: at + 1 });
      at = end;
    }
  }
  return { records, faults };
}

/** The cells of one record, or a sentence that says why there are none. */
function readRecord(text: string, delimiter: string): readonly string[] | string {
  try {
    return parse(text, { delimiter, relax_column_count: true })[0] ?? [];
  } catch (error) {
    const { code } = error as CsvError;
    if (code === 'CSV_QUOTE_NOT_CLOSED') return 'expected a closing quotation mark, found none';
    return 'expected quotation marks around the whole cell and doubled inside it, found others';
  }
}

function delimiterOf(header: string): string {
  const counts = [',', ';', '\t'].map((mark) => [mark, header.split(mark).length] as const);
  return counts.reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}
