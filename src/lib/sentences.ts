import { isAbbreviation, leavesOpen } from './abbreviations.ts';
import { sentenceEnds } from './sentence-ends.ts';
import { withoutEnd } from './text.ts';

/** The sentences of a text. */
export function splitSentences(text: string): string[] {
  return Array.from(sentencesOf(text));
}

/** The first sentence of a text, however long the text; empty when it is blank. */
export function firstSentence(text: string): string {
  for (const sentence of sentencesOf(text)) return sentence;
  return '';
}

/**
 * Whether the text ends in a full stop that ends a sentence, closing quotation marks and brackets looked through.
 * `Dr.`, `U.S.`, `Inc.`, `6 p.m.` and dots of an ellipsis do not; `。`, `।` and `؟` do.
 */
export function endsSentence(text: string): boolean {
  const end = withoutClosers(text.slice(-endLength));
  if (/[。．｡।॥۔؟።։។။]$/.test(end)) return true;
  return end.endsWith('.') && !/[.…]\s?\.$/.test(end) && !isAbbreviation(lastWord(end));
}

/** The text without the full stop that ends its sentence; closing quotation marks and brackets stay. */
export function withoutFullStop(text: string): string {
  if (!endsSentence(text) || text.endsWith('؟')) return text;
  const open = withoutClosers(text.slice(-endLength));
  const at = Math.max(0, text.length - endLength) + open.length;
  return open.endsWith('؟') ? text : text.slice(0, at - 1) + text.slice(at);
}

// As much of a text's end as is looked at.
const endLength = 80;

/** The sentences of a text, trimmed, none empty, each found when it is asked for. */
function* sentencesOf(text: string): Generator<string, undefined> {
  let start = 0;
  for (const end of sentenceOffsets(text)) {
    yield text.slice(start, end).trim();
    start = end;
  }
}

/**
 * Where the sentences of a text that are not empty end, each found when it is asked for; what a sentence is followed by
 * belongs to the next one. Unicode's boundaries (UAX #29 §5), with those taken out that follow abbreviations, initials
 * and ordinals. A line break ends a sentence.
 */
export function* sentenceOffsets(text: string): Generator<number, undefined> {
  let start = 0;
  for (const boundary of sentenceEnds(text)) {
    const end = endOf(text, boundary);
    if (!isBoundary(text, start, end)) continue;
    const length = text.slice(start, end).trimEnd().length;
    if (length > 0) yield start + length;
    start = end;
  }
}

/** Unicode takes a quotation mark that opens the next sentence for one that closes this. */
function endOf(text: string, end: number): number {
  return end < text.length && /.[“‘«「『（(]$/.test(text.slice(end - 2, end)) ? end - 1 : end;
}

function isBoundary(text: string, start: number, end: number): boolean {
  const next = text.slice(end, end + endLength);
  if (next === '' || /[\n\r\u0085\u2028\u2029]$/.test(text.slice(end - 1, end))) return true;
  // `“Will it?” he asked` goes on, and so does `Yahoo! shares fall`.
  if (/^(?:[-–—]\s?)?\p{Ll}|^[,;:]/u.test(next)) return false;
  const sentence = text.slice(Math.max(start, end - endLength), end).trim();
  return !isNumbering(sentence) && !leavesOpen(lastWord(withoutClosers(sentence)), next);
}

/** `1.`, `IV.` or `A.` alone: it belongs to what it numbers. */
function isNumbering(sentence: string): boolean {
  return /^(?:\d{1,4}|[IVXLC]{1,6}|\p{L}|(?:\p{L}\.)+\p{L})\.$/u.test(sentence);
}

function withoutClosers(text: string): string {
  return withoutEnd(text, /[\s\u00ad\u200b\u2060\ufeff"'“”‘’«»‹›)\]}」』】）〉》]/);
}

function lastWord(text: string): string {
  let start = text.length;
  while (start > 0 && !/[\s("“‘[«„]/.test(text[start - 1]!)) start -= 1;
  return text.slice(start);
}
