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
  for (;;) {
    const next = takeLine(head) ?? (isGiven ? undefined : takeTitle(head));
    if (next === undefined) break;
    head = next;
  }
  const { odd, rest, ...found } = head;
  return { ...found, rest: [...odd, ...rest], problems: odd.map((line) => oddDate(line, file)) };
}

/** `odd` are the lines of odd dates, which go back into the text. */
type Taking = Omit<TextHead, 'problems'> & { readonly odd: readonly TextLine[] };

function takeLine(head: Taking): Taking | undefined {
  return takeRule(head) ?? takeByline(head) ?? takeDate(head) ?? takeOddDate(head);
}

function takeOddDate(head: Taking): Taking | undefined {
  const line = head.rest[0];
  if (line === undefined || head.odd.length > 0 || !isOddDate(line.text)) return undefined;
  return { ...head, odd: [line], rest: head.rest.slice(1) };
}

function oddDate({ text, line }: TextLine, file: string): Problem {
  const message = `expected a date such as 2026-02-08 or 8 February 2026, found ${describe(text)}, which stays in the text`;
  return { severity: 'warning', file, line, message };
}

function takeRule(head: Taking): Taking | undefined {
  const line = head.rest[0];
  const isRule =
    line !== undefined && !hasWords(line.text) && /^\s*([-*_=~#+])(?:\s?\1){2,}$/.test(line.text.slice(0, 300));
  return isRule && head.rest.length > 1 ? { ...head, rest: head.rest.slice(1) } : undefined;
}

function takeByline(head: Taking): Taking | undefined {
  const line = head.rest[0];
  if (line === undefined || head.authors !== undefined) return undefined;
  const authors = readByline(line.text);
  return authors === undefined ? undefined : { ...head, authors, rest: head.rest.slice(1) };
}

function takeDate(head: Taking): Taking | undefined {
  const line = head.rest[0];
  if (line === undefined || head.dateText !== undefined || !isDate(line.text)) return undefined;
  return { ...head, dateText: toLine(line.text), rest: head.rest.slice(1) };
}

function takeTitle(head: Taking): Taking | undefined {
  const [line] = head.rest;
  if (line === undefined || head.title !== undefined || head.rest.length < 2 || !canBeTitle(line)) return undefined;
  const block = toBlocks(head.rest.slice(0, 1000))[0]!;
  if (!isWrapped(block) || !firstLineGoesOn(block)) {
    return { ...head, title: toLine(line.text), rest: head.rest.slice(1) };
  }
  // A title may itself be wrapped.
  const title = joinLines(block);
  const rest = head.rest.slice(block.length);
  return kindOf(title) === 'short' && rest.length > 0 ? { ...head, title: toLine(title), rest } : undefined;
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
