import { parse, TomlDate, TomlError } from 'smol-toml';
import { describe } from './describe.ts';
import type { Located, Unreadable } from './located.ts';

/** Reads TOML 1.0. `firstLine` is the line of the file that the text begins on. */
export function readToml(text: string, firstLine: number): Located | Unreadable {
  try {
    const value = parse(text, { integersAsBigInt: 'asNeeded' });
    const lineOf = (path: readonly (string | number)[]): number => findKey(text, path) + firstLine;
    const shifted = Object.entries(value).find(([, member]) => isShifted(member, text));
    if (shifted === undefined) return { value, lineOf, warnings: [] };
    const written = text.split('\n')[findKey(text, [shifted[0]])]!.split('=').at(-1)!;
    const message = `${shifted[0]}: expected a day that exists, found ${describe(written)}`;
    return { message, line: lineOf([shifted[0]]) };
  } catch (error) {
    const line = error instanceof TomlError ? error.line - 1 + firstLine : firstLine;
    return { message: `expected TOML, found: ${reasonOf(error)}`, line };
  }
}

// The parser reads 30 February as 2 March: a date that the text does not hold was not written.
function isShifted(value: unknown, text: string): boolean {
  return value instanceof TomlDate && !value.isTime() && !text.includes(value.toISOString().slice(0, 10));
}

function reasonOf(error: unknown): string {
  if (error instanceof RangeError) return 'values nested too deeply';
  const first = (error as Error).message.split('\n', 1)[0]!;
  return first.replace(/^Invalid TOML document: /, '');
}

/** The 0-based line on which the last key of the path is set; 0 when it is not found. */
function findKey(text: string, path: readonly (string | number)[]): number {
  const key = path.findLast((step) => typeof step === 'string');
  if (key === undefined) return 0;
  const starts = [`${key}`, `"${key}"`, `'${key}'`, `[${key}]`, `[[${key}]]`];
  const lines = text.split('\n').map((line) => line.trim());
  const at = lines.findIndex((line) =>
    starts.some(
      (start) => line.startsWith(start) && /^\s*(?:[=.]|$)/.test(line.slice(start.length, start.length + 40)),
    ),
  );
  return Math.max(0, at);
}
