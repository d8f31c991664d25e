import { type PlainText, toLine } from '../lib/text.ts';
import { type AbsoluteUrl, toAbsoluteUrl } from '../lib/url.ts';
import { compact } from '../source/compact.ts';
import type { Person } from '../source/draft.ts';
import { toPeople } from '../source/people.ts';
import { htmlToLine } from './markup.ts';

/** Writers as any format gives them; one who has an address only is called by it. */
export function toPersons(
  people: readonly Partial<Record<'name' | 'email' | 'uri' | 'avatar', string | undefined>>[],
): readonly Person[] {
  const records = people.map(({ name, email, uri, avatar }) =>
    compact<object>({
      name: toLine(name ?? '') || email || uri,
      // Nobody's address, which Blogger gives everybody.
      email: email?.startsWith('noreply@') ? undefined : email,
      uri,
      avatar,
    }),
  );
  return toPeople(records).filter((person) => person !== undefined);
}

/** The first URLs that are absolute, or become so, each once. */
export function toPages(written: readonly (string | undefined)[], base: string | undefined): readonly AbsoluteUrl[] {
  const pages = written.map((url) => (url === undefined ? undefined : toAbsoluteUrl(url.trim(), base)));
  return [...new Set(pages.filter((page) => page !== undefined))];
}

/** Where a chain of `xml:base` attributes leads (XML Base §4), outermost first. */
export function toBase(...bases: readonly (string | undefined)[]): string | undefined {
  return bases.reduce<string | undefined>(
    (base, next) => (next === undefined ? base : (toAbsoluteUrl(next, base) ?? base)),
    undefined,
  );
}

/** Characters of a summary beside an article: feeds that have one text for both put the whole article here. */
export const longestBeside = 1000;

/** A summary from HTML, unless it says no more than the title or is longer than `most` characters. */
export function toSummary(html: string | undefined, title: PlainText | undefined, most: number): PlainText | undefined {
  const summary = html === undefined ? undefined : htmlToLine(html);
  return summary === undefined || summary === '' || summary === title || summary.length > most ? undefined : summary;
}
