import type { Instant } from '../lib/instant.ts';
import type { Problem } from '../lib/problem.ts';
import { isBlank, type PlainText, toLine } from '../lib/text.ts';
import { readDate } from './dates.ts';
import { describe } from './describe.ts';

/** One key and its value, which is not empty. */
export type Field = { readonly name: string; readonly value: unknown };

/** The keys of front matter or of one row, looked up without regard to case; problems gather as they are read. */
export type Fields = {
  readonly file: string;
  readonly byName: ReadonlyMap<string, Field>;
  readonly lineOf: (path: readonly (string | number)[]) => number;
  readonly problems: Problem[];
};

/** Fields of a record. Null, blank text and empty lists are as good as absent. */
export function toFields(record: Readonly<Record<string, unknown>>, place: Omit<Fields, 'byName'>): Fields {
  const byName = new Map<string, Field>();
  for (const [name, value] of Object.entries(record)) {
    const key = name.toLowerCase();
    if (!isEmpty(value) && !byName.has(key)) byName.set(key, { name, value });
  }
  return { ...place, byName };
}

/** The first of the names that is given. */
export function find(fields: Fields, names: readonly string[]): Field | undefined {
  for (const name of names) {
    const field = fields.byName.get(name.toLowerCase());
    if (field !== undefined) return field;
  }
  return undefined;
}

/** Reports that a field is not what was expected. */
export function report(
  fields: Fields,
  field: Field,
  expected: string,
  severity: Problem['severity'] = 'warning',
): void {
  const message = `${field.name}: expected ${expected}, found ${describe(field.value)}`;
  fields.problems.push({ severity, file: fields.file, line: fields.lineOf([field.name]), message });
}

/** One line of text, numbers and truth values as written. */
export function readText(
  fields: Fields,
  names: readonly string[],
  severity?: Problem['severity'],
): PlainText | undefined {
  const field = find(fields, names);
  if (field === undefined) return undefined;
  const text = scalarText(field.value);
  if (text === undefined) report(fields, field, 'text', severity);
  return text === undefined || text === '' ? undefined : text;
}

/** One line of text as what `convert` makes of it; where that is nothing, a warning says what was `expected`. */
export function readAs<T>(
  fields: Fields,
  names: readonly string[],
  expected: string,
  convert: (text: string) => T | undefined,
): T | undefined {
  const text = readText(fields, names);
  const value = text === undefined ? undefined : convert(text);
  if (text !== undefined && value === undefined) report(fields, find(fields, names)!, expected);
  return value;
}

/** An instant. What is no date is an error: an article must not come out on another day than its editor meant. */
export function readInstant(fields: Fields, names: readonly string[], timezone: string): Instant | undefined {
  const field = find(fields, names);
  if (field === undefined) return undefined;
  // Eleventy's words for dates that files do not hold; they would move with every copy of the folder.
  if (/^(?:git )?(?:last modified|created)$/i.test(String(field.value))) {
    report(fields, field, 'a date, as times of files are never used');
    return undefined;
  }
  const reading = readDate(field.value, timezone);
  if ('at' in reading) return reading.at;
  const message = `${field.name}: ${reading.reason}`;
  fields.problems.push({ severity: 'error', file: fields.file, line: fields.lineOf([field.name]), message });
  return undefined;
}

/** A truth value; undefined when the value is none. `yes`, `no`, `on` and `off` are YAML 1.1's. */
export function toBoolean(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const word = scalarText(value)?.toLowerCase() ?? '';
  if (['true', 'yes', 'on', 'y', '1'].includes(word)) return true;
  return ['false', 'no', 'off', 'n', '0'].includes(word) ? false : undefined;
}

/** Text of a value that is neither a list nor keys and values. */
export function scalarText(value: unknown): PlainText | undefined {
  if (value instanceof Date) return toLine(value.toISOString());
  return typeof value === 'object' || value === undefined ? undefined : toLine(String(value));
}

/** The first text that a record has under one of the names. */
export function pickText(record: Readonly<Record<string, unknown>>, names: readonly string[]): PlainText | undefined {
  return names.map((name) => scalarText(record[name])).find(Boolean);
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value === 'string') return isBlank(value);
  return Array.isArray(value) && value.length === 0;
}
