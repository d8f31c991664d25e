import { utcDay } from '../lib/instant.ts';
import { firstFree, slugify } from '../lib/slug.ts';
import { roleOf } from '../source/roles.ts';
import { decodePath } from '../store/paths.ts';
import { titleOf, toDate } from './article-text.ts';
import type { SourceEntry } from './source-feed.ts';

/** The folder below the data folder that articles are written into. */
const folder = 'articles';
/** Bytes; file systems end at 255. */
const longest = 180;

/**
 * A path for an entry's file: its day, and the name of its old `page`, else its title. `taken` holds the paths that are
 * there already, in lower case, and gets each new one.
 */
export function choosePath(entry: SourceEntry, page: string | undefined, taken: Set<string>): string {
  const at = entry.date === undefined ? undefined : toDate(entry.date);
  const day = at === undefined || at < 0 ? '' : `${utcDay(at)}-`;
  const name = cut(nameOfPage(page) ?? (slugify(titleOf(entry) ?? '') || 'entry'));
  const stem = firstFree(`${folder}/${day}${name}`, (path) => {
    const file = `${path}.html`;
    return taken.has(file.toLowerCase()) || roleOf(file) !== 'article' || path.endsWith('/index');
  });
  taken.add(`${stem}.html`.toLowerCase());
  return `${stem}.html`;
}

/** The last part of a page's path that says something: no number, no `index.html`, no day. */
function nameOfPage(page = ''): string | undefined {
  const path = URL.parse(page)?.pathname ?? '';
  const last = path.replace(/\/+$/, '').split('/').at(-1)!;
  const slug = slugify((decodePath(last) ?? last).replace(/\.(?:html?|php|aspx?)$/i, ''));
  return /^(?:index|default|\d*)$/.test(slug) || !/\p{L}/u.test(slug) ? undefined : slug;
}

function cut(name: string): string {
  const bytes = Buffer.from(name);
  return bytes.length <= longest ? name : new TextDecoder().decode(bytes.subarray(0, longest)).replace(/\ufffd+$/, '');
}
