import { takeGraphemes, toLine } from '../lib/text.ts';

const shown = 60;

/** A value as a problem shows what was found: text in quotation marks and cut to 60 characters, the rest by its kind. */
export function describe(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (value instanceof Date) return quote(value.toISOString());
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return 'keys and values';
  return typeof value === 'string' ? quote(value) : String(value);
}

function quote(text: string): string {
  const line = toLine(text.slice(0, 1000));
  const cut = takeGraphemes(line, shown);
  return `“${cut}${cut.length < line.length ? '…' : ''}”`;
}
