import type { Problem } from '../lib/problem.ts';
import { type PlainText, toLine } from '../lib/text.ts';
import { readDate } from './dates.ts';
import { describe } from './describe.ts';
import { hasWords, kindOf, type TextLine } from './text-lines.ts';
import { firstLineGoesOn, isWrapped, joinLines, toBlocks } from './text-wrap.ts';
import { readByline } from './titles.ts';

/** What stands above the text of an article. */
export type TextHead = {
  readonly title?: PlainText;
  readonly authors?: readonly PlainText[];
  /** As written: ISO, or with an English month. */
  readonly dateText?: string;
  /** The lines that are left: the text. */
  readonly rest: readonly TextLine[];
  readonly problems: readonly Problem[];
};

/**
 * Takes a short first line as title, a byline, a date, and the rules drawn around them, off the top of an article.
 * No title is looked for when one `isGiven`.
 */
export function readHead(lines: readonly TextLine[], file: string, isGiven: boolean): TextHead {
  let head: Taking = { rest: lines, odd: [] };
  for (let [line] = head.rest; line !== undefined; [line] = head.rest) {
    const found = takeLine(head, line) ?? (isGiven ? undefined : takeTitle(head, line));
    if (found === undefined) break;
    head = { ...head, rest: head.rest.slice(1), ...found };
  }
  const { odd, rest, ...found } = head;
  return { ...found, rest: [...odd, ...rest], problems: odd.map((line) => oddDate(line, file)) };
}

/** `odd` are the lines of odd dates, which go back into the text. */
type Taking = Omit<TextHead, 'problems'> & { readonly odd: readonly TextLine[] };

/** What the first line that is left says; undefined when it belongs to the text. */
function takeLine({ rest, authors, dateText, odd }: Taking, line: TextLine): Partial<Taking> | undefined {
  const { text } = line;
  if (rest.length > 1 && isRule(text)) return {};
  const names = authors === undefined ? readByline(text) : undefined;
  if (names !== undefined) return { authors: names };
  if (dateText === undefined && isDate(text)) return { dateText: toLine(text) };
  return odd.length === 0 && isOddDate(text) ? { odd: [line] } : undefined;
}

function oddDate({ text, line }: TextLine, file: string): Problem {
  const message = `expected a date such as 2026-02-08 or 8 February 2026, found ${describe(text)}, which stays in the text`;
  return { severity: 'warning', file, line, message };
}

function takeTitle({ rest, title }: Taking, line: TextLine): Partial<Taking> | undefined {
  if (title !== undefined || rest.length < 2 || !canBeTitle(line)) return undefined;
  const block = toBlocks(rest.slice(0, 1000))[0]!;
  if (!isWrapped(block) || !firstLineGoesOn(block)) return { title: toLine(line.text) };
  // A title may itself be wrapped.
  const wrapped = joinLines(block);
  const below = rest.slice(block.length);
  return kindOf(wrapped) === 'short' && below.length > 0 ? { title: toLine(wrapped), rest: below } : undefined;
}

function isRule(text: string): boolean {
  return !hasWords(text) && /^\s*([-*_=~#+])(?:\s?\1){2,}$/.test(text.slice(0, 300));
}

function canBeTitle({ text, kind }: TextLine): boolean {
  return kind === 'short' && hasWords(text) && !/^\s*(?:https?:\/\/|www\.)\S+$/i.test(text);
}

function isDate(text: string): boolean {
  if (text.length > 100 || !/\d{4}/.test(text)) return false;
  // A day that is not on the calendar is meant as a date, and its reader will say so.
  return [text, text.replace(/(?<![\d:+])\d{1,2}(?![\d:])/g, '1')].some((one) => 'at' in readDate(one, 'UTC'));
}

function isOddDate(text: string): boolean {
  return /^\s*\d{1,2}([./-])\s?\d{1,2}\1\s?\d{2,4}\.?$/.test(text.slice(0, 100)) && !isDate(text);
}
