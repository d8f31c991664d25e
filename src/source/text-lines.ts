import { endsSentence, splitSentences } from '../lib/sentences.ts';
import { fits, isBlank, trimBlankEnd } from '../lib/text.ts';
import { readHeadlineLine } from './headline-line.ts';

/** A line by its looks: over 200 graphemes or two sentences; else ended by a full stop; else neither. */
export type LineKind = 'long' | 'closed' | 'short';

/** A line of a text file that is not blank. */
export type TextLine = {
  /** As typed, blank at the end trimmed. */
  readonly text: string;
  /** 1-based. */
  readonly line: number;
  /** The number of blank lines right above it. */
  readonly gap: number;
  readonly kind: LineKind;
};

/** The lines of a text that are not blank; the first line of the text has the number `firstLine`. */
export function toTextLines(text: string, firstLine: number): readonly TextLine[] {
  const lines: TextLine[] = [];
  let gap = 0;
  for (const [index, typed] of text.split('\n').entries()) {
    if (isBlank(typed)) gap += 1;
    else {
      lines.push({ text: trimBlankEnd(typed), line: firstLine + index, gap, kind: kindOf(typed) });
      gap = 0;
    }
  }
  return lines;
}

/** The most graphemes that a line may have and not be long. */
const longestLine = 200;
// Whatever is longer in UTF-16 units is long without a closer look.
const furthest = 4000;

/** What kind of line a text is; a bullet, a leading day and links, as a list has them, are looked through. */
export function kindOf(text: string): LineKind {
  if (text.length > furthest) return 'long';
  if (text.length <= longestLine && !/\p{Sentence_Terminal}/u.test(text)) return 'short';
  const words = readHeadlineLine(text)?.title ?? text;
  if (isTooLong(words) || hasTwoSentences(words)) return 'long';
  return endsSentence(words) || endsInUrlAndStop(text) ? 'closed' : 'short';
}

/** Whether a line holds a bullet and words. */
export function isBulleted(text: string): boolean {
  return /^\s{0,40}(?:[-*+–—•‣◦▪·]\s|•|\d{1,3}[.)]\s)/.test(text);
}

/** Whether a line has a letter, a digit or a picture; a line of dashes or asterisks has none. */
export function hasWords(text: string): boolean {
  return /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(text);
}

/** Whether a text has more graphemes than a line that is not long. */
export function isTooLong(text: string): boolean {
  return !fits(text, longestLine);
}

/** `More at https://a.example/.` is a sentence, whatever the reader of lists takes off it. */
function endsInUrlAndStop(text: string): boolean {
  const line = text.trimEnd();
  return line.endsWith('.') && /^https?:/i.test(line.slice(line.lastIndexOf(' ') + 1));
}

/** `Is it over? Nobody knows` is a headline, not two sentences: the last has no end, and no full stop is before it. */
function hasTwoSentences(text: string): boolean {
  // Spares most lines the slow look.
  if (!/\p{Sentence_Terminal}["'”’»›)\]」』】）]{0,3}(?:\s|[^\0-\x7f])/u.test(text)) return false;
  const sentences = splitSentences(text);
  const last = sentences.at(-1) ?? '';
  if (sentences.length < 2) return false;
  return isEnded(last) || sentences.slice(0, -1).some(endsSentence);
}

/** Whether a sentence has its end: a full stop, a question or an exclamation mark, closing quotation marks looked through. */
export function isEnded(text: string): boolean {
  return (
    endsSentence(text) || /[\p{Sentence_Terminal}…](?<!\.)["'”’»›)\]}」』】）]{0,3}\s{0,3}$/u.test(text.slice(-20))
  );
}
