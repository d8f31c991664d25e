import type { Problem } from '../lib/problem.ts';
import type { PlainText } from '../lib/text.ts';
import { type CsvReading, readCsv } from './csv.ts';
import { describe } from './describe.ts';
import { type ListDefaults, type ListLine, type ListReading, readHeadlineLines } from './headline-list.ts';
import { type Row, readRows } from './headline-rows.ts';
import { isRecord, type Located } from './located.ts';
import { readPlainText } from './plain-text.ts';
import { readYaml } from './yaml.ts';

/** Headlines of a list kept as text or Markdown; `firstLine` is the line of the file that the text begins on. */
export function readTextList(text: PlainText, type: string, firstLine: number, defaults: ListDefaults): ListReading {
  if (type !== '.txt') return readMarkdownList(text, firstLine, defaults);
  const reading = readPlainText(text, { file: defaults.file, place: 'headlines', firstLine });
  const list = readHeadlineLines(reading.listLines, defaults);
  const problems = [...reading.problems, ...list.problems];
  return orEmpty({ drafts: list.drafts, problems }, list.drafts.length, defaults);
}

/** The rows of a list kept as YAML, JSON or CSV, and the data that they stand in, which may say more of all of them. */
export type DataList = CsvReading & { readonly located?: Located };

/** Takes such a list apart. */
export function splitDataList(text: PlainText, type: string): DataList {
  if (type === '.csv') return readCsv(text);
  const located = readYaml(text, 1, type === '.json' ? 'JSON' : 'YAML');
  if ('message' in located) return { rows: [], faults: [located] };
  const rows = findRows(located);
  if (rows !== undefined) return { rows, faults: [], located };
  const message = `expected a list, or one under headlines or items, found ${describe(located.value)}`;
  return { rows: [], faults: [{ line: 1, message }] };
}

/** Its headlines. */
export function readDataList({ rows, faults }: DataList, defaults: ListDefaults): ListReading {
  const list = readRows(rows, defaults);
  const problems = [...faults.map(({ line, message }) => problem(defaults, line, message)), ...list.problems];
  return orEmpty({ drafts: list.drafts, problems }, rows.length, defaults);
}

function readMarkdownList(text: PlainText, firstLine: number, defaults: ListDefaults): ListReading {
  const lines = withoutComments(text)
    .split('\n')
    .map((line, index) => ({ text: line, line: firstLine + index }))
    .filter((line) => line.text.trim() !== '');
  const reading = readHeadlineLines(lines, defaults);
  const list = orEmpty(reading, reading.drafts.length, defaults);
  return {
    drafts: list.drafts,
    problems: [...list.problems, ...lines.filter(isTitle).map((line) => warnTitle(line, defaults))],
  };
}

function isTitle({ text }: ListLine): boolean {
  return /^#\s+\S/.test(text);
}

function warnTitle({ text, line }: ListLine, { file }: ListDefaults): Problem {
  const message = `${describe(text)} is read as a headline; expected ## for a tag of the lines below`;
  return { severity: 'warning', file, line, message };
}

/** HTML comments blanked out, line ends kept. One that is not closed stays as typed. */
function withoutComments(text: string): string {
  const parts: string[] = [];
  let at = 0;
  for (let open = text.indexOf('<!--'); open !== -1; open = text.indexOf('<!--', at)) {
    const close = text.indexOf('-->', open + 4);
    if (close === -1) break;
    parts.push(text.slice(at, open), text.slice(open, close).replace(/[^\n]/g, ''));
    at = close + 3;
  }
  return parts.join('') + text.slice(at);
}

function findRows({ value, lineOf }: Located): readonly Row[] | undefined {
  if (Array.isArray(value)) return toRows(value, [], lineOf);
  if (!isRecord(value)) return undefined;
  const key = ['headlines', 'items'].find((name) => Array.isArray(value[name]));
  return key === undefined ? undefined : toRows(value[key] as readonly unknown[], [key], lineOf);
}

function toRows(values: readonly unknown[], path: readonly string[], lineOf: Located['lineOf']): readonly Row[] {
  return values.map((value, index) => ({
    value,
    line: lineOf([...path, index]),
    lineOf: (key) => lineOf([...path, index, key]),
  }));
}

/** A list that holds nothing was saved by halves, unless what is wrong with it was said already. */
function orEmpty(reading: ListReading, rows: number, defaults: ListDefaults): ListReading {
  if (rows > 0 || reading.problems.length > 0) return reading;
  return { drafts: [], problems: [problem(defaults, 1, 'expected at least one headline, found an empty list')] };
}

function problem({ file }: ListDefaults, line: number, message: string): Problem {
  return { severity: 'error', file, line, message };
}
