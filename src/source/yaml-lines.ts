import type { Located } from './located.ts';

type Value = string | null | readonly string[];
/** A value with the 0-based lines of its items, where it is a list. */
type Entry = { readonly value: Value; readonly line: number; readonly items: readonly number[] };

// Neither control characters nor white space that one reader may take for a line's end and another not.
const ordinary = /^[\n -~\u00a1-\u1fff\u2010-\u2027\u2030-\u2fff\u3001-\ufefe\uff00-\ufffd]*$/;
const entryLine = /^([A-Za-z][\w-]{0,60}):(?: {1,20}([^ ].*))?$/;
const itemLine = /^( {0,20})- {1,20}([^ ].*)$/;
const quoted = /^(?:"([^"\\]*)"|'([^']*)')$/;
const startsPlain = /^[^-\s?:,[\]{}#&*!|>'"%@`<=~.+]/;
const flowItem = / *("[^"\\]*"|'[^']*'|[^\s"',[\]{}][^"',[\]{}]*)(,|$)/y;
const isNull = /^null$/i;

/**
 * Reads YAML of the plainest kind: keys with text, and with lists of text, all on one line or an item to a line. Whatever
 * could mean more to YAML than it says, or could be nothing, is left to a parser, and gives undefined.
 */
export function readYamlLines(text: string, firstLine: number): Located | undefined {
  if (!ordinary.test(text)) return undefined;
  const entries = readEntries(text.split('\n'));
  if (entries === undefined || entries.size === 0) return undefined;
  const [first] = entries.values();
  const lineOf: Located['lineOf'] = ([key, index]) => {
    const entry = entries.get(`${key ?? ''}`);
    return firstLine + (entry?.items[Number(index)] ?? entry?.line ?? first!.line);
  };
  const members = Array.from(entries, ([key, { value }]) => [key, value] as const);
  return { value: Object.fromEntries(members), lineOf, warnings: [] };
}

function readEntries(lines: readonly string[]): ReadonlyMap<string, Entry> | undefined {
  const entries = new Map<string, Entry>();
  for (let line = 0; line < lines.length; line += 1) {
    if (lines[line] === '') continue;
    const match = entryLine.exec(lines[line]!);
    if (match === null || entries.has(match[1]!) || isNull.test(match[1]!)) return undefined;
    const entry = match[2] === undefined ? readBelow(lines, line) : readBeside(match[2], line);
    if (entry === undefined) return undefined;
    entries.set(match[1]!, entry);
    line += match[2] === undefined ? entry.items.length : 0;
  }
  return entries;
}

/** The value on the line of its key. */
function readBeside(text: string, line: number): Entry | undefined {
  const value = text.startsWith('[') ? readFlow(text) : readScalar(text);
  return value === undefined ? undefined : { value, line, items: Array.isArray(value) ? value.map(() => line) : [] };
}

/** The list in the lines below its key; null when there is none. */
function readBelow(lines: readonly string[], line: number): Entry | undefined {
  const found: RegExpExecArray[] = [];
  const next = (): RegExpExecArray | null => itemLine.exec(lines[line + 1 + found.length] ?? '');
  for (let item = next(); item !== null; item = next()) found.push(item);
  const texts = found.map(([, indent, text]) => (indent === found[0]![1] ? readScalar(text!) : undefined));
  if (!texts.every((text) => text !== undefined)) return undefined;
  return { value: texts.length === 0 ? null : texts, line, items: texts.map((_, index) => line + 1 + index) };
}

function readFlow(text: string): readonly string[] | undefined {
  const inner = text.slice(1, -1);
  if (!text.endsWith(']') || inner === '') return text === '[]' ? [] : undefined;
  const items: string[] = [];
  flowItem.lastIndex = 0;
  while (flowItem.lastIndex < inner.length) {
    const found = flowItem.exec(inner);
    const item = found === null ? undefined : readScalar(found[1]!);
    if (item === undefined) return undefined;
    items.push(item);
  }
  return inner.endsWith(',') ? undefined : items;
}

function readScalar(text: string): string | undefined {
  const match = quoted.exec(text);
  if (match !== null) return match[1] ?? match[2];
  const isPlain = startsPlain.test(text) && !/: |:$| #| $/.test(text) && !isNull.test(text);
  return isPlain ? text : undefined;
}
