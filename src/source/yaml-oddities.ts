import { type Document, isAlias, isNode, type Scalar, visit, type YAMLError } from 'yaml';
import { describe } from './describe.ts';

/** Something that YAML reads in another way than its writer may have meant. `isHint`: or in just that way. */
export type Oddity = { readonly offset: number; readonly message: string; readonly isHint: boolean };

/** Where marks that mean something to YAML take words from a value. */
export function findOddities(document: Document, text: string): readonly Oddity[] {
  const oddities: Oddity[] = document.warnings.flatMap(({ code, pos }) =>
    code === 'TAG_RESOLVE_FAILED' ? [{ offset: pos[0], isHint: false, message: withoutFirst('!') }] : [],
  );
  const used = new Set<string>();
  visit(document, { Alias: (_, { source }) => void used.add(source) });
  visit(document, {
    Scalar(key, node) {
      // What is named to be repeated below, and is not, was no name.
      if (node.anchor !== undefined && !used.has(node.anchor)) {
        oddities.push({ offset: node.range![0], isHint: true, message: withoutFirst('&') });
      }
      const cut = key === 'key' ? undefined : cutOff(node, text);
      if (cut === undefined) return;
      const message = `expected quotation marks around a value with ${describe(cut)} in it, found none: it is left out`;
      oddities.push({ offset: node.range![0], message, isHint: true });
    },
  });
  return oddities;
}

const withoutFirst = (mark: string): string =>
  `expected quotation marks around a value that begins with ${mark}, found none: its first word is left out`;

// A comment is set off by a blank, as a rule, and a number or truth value says all by itself.
const wordAfter = /^[ \t]*(#[^\s#!].{0,200})/;
const sayingAll = /^(?:true|false|yes|no|on|off|[-+\d.:TZ ]+)$/i;

/** What follows a value as if it were a comment: in `Team #1 wins`, and in `#news` alone. */
function cutOff({ source = '', range, type }: Scalar, text: string): string | undefined {
  if (range === undefined || range === null || type !== 'PLAIN' || sayingAll.test(source)) return undefined;
  return wordAfter.exec(text.slice(range[1], range[1] + 400))?.[1]?.trimEnd();
}

/** An alias that is part of what it stands for, which has no end. */
export function findCircle(document: Document): number | undefined {
  let offset: number | undefined;
  visit(document, {
    Alias(_, { source, range }, path) {
      const isWithin = path.some((node) => isNode(node) && !isAlias(node) && node.anchor === source);
      if (isWithin) offset ??= range?.[0] ?? 0;
    },
  });
  return offset;
}

/** What the parser says, in an editor's words. */
export function explain({ code, message, pos }: YAMLError, text: string, language: string): string {
  if (code === 'BLOCK_AS_IMPLICIT_KEY') {
    return 'expected quotation marks around a value with a colon and a blank in it, found none';
  }
  if (code === 'RESOURCE_EXHAUSTION') return `expected ${language}, found values nested too deeply`;
  if (code === 'MULTIPLE_DOCS') return `expected one document, found another below ${describe('---')}`;
  const start = text.lastIndexOf('\n', pos[0] - 1) + 1;
  const first = language === 'JSON' ? undefined : markedValue.exec(text.slice(start, pos[0] + 1))?.[1];
  if (first === undefined || !misread.includes(code)) return `expected ${language}, found: ${message}`;
  const found = `"'`.includes(first) ? 'found them around less' : 'found none';
  return `expected quotation marks around the whole of a value that begins with ${first}, ${found}`;
}

const markedValue = /^[ \t]{0,40}(?:-[ \t]+)?(?:[\w-]{1,60}:[ \t]+)?([["'{*&!|>%@`?-])/;
const misread: readonly string[] = ['UNEXPECTED_TOKEN', 'BAD_SCALAR_START'];

/** Whether a file has more than one document in it; the mark below the only one may be its end. */
export function holdsMore(text: string, { pos }: YAMLError): boolean {
  return !text
    .slice(pos[0])
    .split('\n')
    .every((line) => /^(?:---|\.\.\.)?\s*(?:#.*)?$/.test(line));
}
