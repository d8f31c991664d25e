import { type PlainText, toLine, trimBlank } from '../lib/text.ts';
import { type AbsoluteUrl, toAbsoluteUrl } from '../lib/url.ts';
import { compact } from './compact.ts';

/** One line of a list taken apart. */
export type HeadlineLine = {
  readonly title: PlainText;
  /** As written: an ISO day, with or without a time. */
  readonly date?: string;
  readonly link?: AbsoluteUrl;
  /** A link that is no http(s) URL, as written. */
  readonly badLink?: string;
  readonly struck: boolean;
};

type Taken = { title: string; date?: string; url?: string; struck: boolean };

const isoDay = '\\d{4}-\\d{2}-\\d{2}(?:[T ]\\d{2}:\\d{2}(?::\\d{2}(?:[.,]\\d{1,9})?)?(?:Z|[+-]\\d{2}:?\\d{2})?)?';
const leadingDate = new RegExp(`^(${isoDay})\\s+(?:[-–—|]\\s+)?(?=\\S)`);
const onlyDate = new RegExp(`^${isoDay}$`);
// In a line, white space is one space by now.
const markdownLink = /\[([^[\]]*)\]\( ?<?([^()\s<>]*(?:\([^()\s<>]*\)[^()\s<>]*)*)>?(?: "[^"]*")? ?\)/g;
const bullet = /^(?:[-*+–—‣◦▪·]\s+|•\s*)/;
const urlStart = /^(?:https?:\/\/|www\.)/i;

/**
 * Takes a bullet, strike-through, a leading ISO day, `[text](url)` and a trailing URL off a line. Undefined when nothing
 * but a URL or a day, or nothing at all, is left for a headline.
 */
export function readHeadlineLine(text: string): HeadlineLine | undefined {
  const taken: Taken = { title: trimBlank(toLine(text).replace(bullet, '')), struck: false };
  takeStrike(taken);
  if (onlyDate.test(taken.title)) return undefined;
  takeDate(taken);
  takeStrike(taken);
  takeMarkdownLink(taken);
  takeTrailingUrl(taken);
  const title = toLine(taken.title);
  if (!/[\p{L}\p{N}\p{S}]/u.test(title) || isUrl(title)) return undefined;
  const link = taken.url === undefined ? undefined : toAbsoluteUrl(taken.url);
  const { struck, date, url } = taken;
  return compact<HeadlineLine>({ title, struck, date, link, badLink: link === undefined ? url : undefined });
}

function takeStrike(taken: Taken): void {
  const { title } = taken;
  if (title.length < 5 || !title.startsWith('~~') || !title.endsWith('~~')) return;
  taken.title = trimBlank(title.slice(2, -2));
  taken.struck = true;
}

function takeDate(taken: Taken): void {
  const match = leadingDate.exec(taken.title);
  if (match === null || taken.date !== undefined) return;
  taken.date = match[1]!;
  taken.title = taken.title.slice(match[0].length);
}

function takeMarkdownLink(taken: Taken): void {
  const { title } = taken;
  if (!title.includes('](')) return;
  taken.title = title.replace(markdownLink, (_, text: string, url: string) => {
    if (url !== '') taken.url ??= url;
    return text;
  });
}

function takeTrailingUrl(taken: Taken): void {
  const { title } = taken;
  const start = title.lastIndexOf(' ') + 1;
  const url = title
    .slice(start)
    .replace(/^[<(]/, '')
    .replace(/[>),.;]{1,4}$/, '');
  if (start === 0 || !/^https?:\/\/./i.test(url)) return;
  taken.title = trimBlank(title.slice(0, start)).replace(/ ?[-–—|:]$/, '');
  taken.url ??= url;
}

function isUrl(title: string): boolean {
  return urlStart.test(title) && !/\s/.test(title);
}
