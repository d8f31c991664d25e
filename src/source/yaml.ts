import { type Document, isAlias, isMap, isPair, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml';
import type { Located, Unreadable } from './located.ts';
import { readYamlLines } from './yaml-lines.ts';
import { explain, findCircle, findOddities, holdsMore, type Oddity } from './yaml-oddities.ts';

const options = { merge: true, prettyErrors: false, logLevel: 'error', uniqueKeys: false } as const;
// For megabytes of nesting on one line the parser takes many seconds.
const deep = /(?:[-?:][ \t]+){64}/;

/**
 * Reads YAML 1.2; JSON is a part of it, and `language` what problems call it. `firstLine` is the line of the file that
 * the text begins on.
 */
export function readYaml(text: string, firstLine = 1, language: 'YAML' | 'JSON' = 'YAML'): Located | Unreadable {
  if (deep.test(text)) return { message: `expected ${language}, found values nested too deeply`, line: firstLine };
  return readYamlLines(text, firstLine) ?? parseYaml(text, firstLine, language);
}

function parseYaml(text: string, firstLine: number, language: 'YAML' | 'JSON'): Located | Unreadable {
  const lines = new LineCounter();
  const line = (offset: number): number => firstLine + Math.max(0, lines.linePos(offset).line - 1);
  try {
    const document = parseDocument(text, { ...options, lineCounter: lines });
    const error = document.errors.find((one) => one.code !== 'MULTIPLE_DOCS' || holdsMore(text, one));
    if (error !== undefined) return { message: explain(error, text, language), line: line(error.pos[0]) };
    const circle = findCircle(document);
    if (circle !== undefined) {
      return { message: `expected ${language}, found an alias within its own anchor`, line: line(circle) };
    }
    const oddities = findOddities(document, text);
    keepAsWritten(document);
    return {
      value: document.toJS({ maxAliasCount: 100 }),
      lineOf: (path) => line(offsetOf(document, path)),
      warnings: [...findRepeatedKeys(document), ...oddities].map(({ offset, ...oddity }) => ({
        line: line(offset),
        ...oddity,
      })),
    };
  } catch (error) {
    return { message: `expected ${language}, found ${reasonOf(error)}`, line: line(offsetOfAlias(error, text)) };
  }
}

// The parser names an alias without an anchor, but not its place.
function offsetOfAlias(error: unknown, text: string): number {
  const name = /^Unresolved alias .*: (.+)$/.exec((error as Error).message)?.[1];
  return name === undefined ? 0 : Math.max(0, text.indexOf(`*${name}`));
}

function reasonOf(error: unknown): string {
  if (error instanceof ReferenceError && error.message.startsWith('Excessive')) return 'too many aliases';
  if (error instanceof ReferenceError)
    return 'an alias without its anchor (a value that begins with * needs quotation marks)';
  return error instanceof RangeError ? 'values nested too deeply' : String((error as Error).message);
}

// `title: 2026` and `title: Yes` are titles, and 1.10 is not 1.1.
function keepAsWritten(document: Document): void {
  visit(document, {
    Scalar(_, node) {
      if (node.value !== null && typeof node.value !== 'string' && node.source !== undefined) node.value = node.source;
    },
  });
}

function findRepeatedKeys(document: Document): readonly Oddity[] {
  if (!isMap(document.contents)) return [];
  const seen = new Set<string>();
  const repeated: Oddity[] = [];
  for (const { key } of document.contents.items) {
    if (!isScalar(key) || key.value === '<<') continue;
    const name = String(key.value);
    const message = `expected each key once, found “${name}” again; the last one counts`;
    if (seen.has(name)) repeated.push({ offset: key.range?.[0] ?? 0, message, isHint: false });
    seen.add(name);
  }
  return repeated;
}

function offsetOf(document: Document, path: readonly (string | number)[]): number {
  let node: unknown = document.contents;
  let offset = isScalar(node) || isMap(node) || isSeq(node) ? (node.range?.[0] ?? 0) : 0;
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document);
    const child = isSeq(node) ? node.items[Number(step)] : isMap(node) ? findPair(node.items, step) : undefined;
    if (child === undefined) return offset;
    const mark = isPair(child) ? child.key : child;
    offset = (mark as { range?: [number, number, number] | null }).range?.[0] ?? offset;
    node = isPair(child) ? child.value : child;
  }
  return offset;
}

function findPair<T extends { readonly key: unknown }>(items: readonly T[], key: string | number): T | undefined {
  return items.findLast((item) => isScalar(item.key) && String(item.key.value) === String(key));
}
