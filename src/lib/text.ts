declare const plain: unique symbol;

/** Well-formed Unicode without the characters that XML 1.0 §2.2 forbids. Text, never markup. */
export type PlainText = string & { readonly [plain]: true };

// Where none of these stands, a text is kept as it is.
const unkept = /[\u0000-\u0008\u000b-\u001f\ud800-\udfff\ufffe\uffff]/;
// Everything outside XML 1.0's Char production but surrogates, which toWellFormed deals with.
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** Text as it is kept: forbidden characters dropped, a lone surrogate replaced by U+FFFD, line ends as LF. */
export function toPlainText(text: string): PlainText {
  if (!unkept.test(text)) return text as PlainText;
  return text.toWellFormed().replace(/\r\n?/g, '\n').replace(forbidden, '') as PlainText;
}

// White space other than a single blank between words.
const otherSpace = /[\t\n\v\f\r\u0085\u2028\u2029]| {2}/;

/**
 * A one-line field (title, name, tag): white space collapsed to single spaces, trimmed at both ends.
 * No-break spaces inside stay as typed; at the ends they are trimmed with the rest.
 */
export function toLine(text: string): PlainText {
  const kept = toPlainText(text);
  return trimBlank(otherSpace.test(kept) ? kept.replace(/[\t\n\v\f\r \u0085\u2028\u2029]+/g, ' ') : kept) as PlainText;
}

// White space, no-break and zero-width spaces, soft hyphens and byte order marks: nothing that a person sees.
const blank = /[\s\u00ad\u200b\u2060\ufeff]/;

/** Whether a text shows nothing. */
export function isBlank(text: string): boolean {
  return !/[^\s\u00ad\u200b\u2060\ufeff]/.test(text);
}

/** Trims at both ends all that shows as nothing: white space of any kind, soft hyphens, zero-width spaces. */
export function trimBlank(text: string): string {
  let start = 0;
  while (start < text.length && blank.test(text[start]!)) start += 1;
  return trimBlankEnd(text.slice(start));
}

/** The same at the end only. */
export function trimBlankEnd(text: string): string {
  return withoutEnd(text, blank);
}

/** The text without those of `signs`, an expression for one, that it ends in. */
export function withoutEnd(text: string, signs: RegExp): string {
  // An expression anchored at the end would try every start of a long run of them inside.
  let end = text.length;
  while (end > 0 && signs.test(text[end - 1]!)) end -= 1;
  return text.slice(0, end);
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

// Letters and signs of Latin, Greek and Cyrillic that never join what is before them: each is one character.
const isPlain = /^[\n -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u20a0-\u20bf]*$/;

/** The number of user-perceived characters. */
export function graphemeCount(text: string): number {
  if (isPlain.test(text)) return text.length;
  let count = 0;
  for (const _ of graphemes.segment(text)) count += 1;
  return count;
}

/** Whether a text has at most `limit` user-perceived characters. */
export function fits(text: string, limit: number): boolean {
  return text.length <= limit || takeGraphemes(text, limit).length === text.length;
}

/** The first `limit` user-perceived characters. */
export function takeGraphemes(text: string, limit: number): string {
  if (isPlain.test(text.slice(0, limit + 1))) return text.slice(0, limit);
  let count = 0;
  for (const { index } of graphemes.segment(text)) {
    if (count === limit) return text.slice(0, index);
    count += 1;
  }
  return text;
}
