import { documentPath } from '../feeds/head.ts';

const rss = documentPath('all', 'rss').slice(1);
const atom = documentPath('all', 'atom').slice(1);

/** Where other programs put a feed, by its place in the feed's folder, and the document that it stands for. */
export const aliasNames: ReadonlyMap<string, string> = new Map([
  ['feed', rss],
  ['feed/', rss],
  ['rss', rss],
  ['rss/', rss],
  ['rss/feed.xml', rss],
  ['feed.xml', rss],
  ['feed.rss', rss],
  ['feed.atom', atom],
  ['index.xml', rss],
  ['index.rss', rss],
  ['atom', atom],
]);

/** Folders of feeds' folders: what stands there, such as `/tags/rss/`, is a tag's or author's name. */
const termFolders: ReadonlySet<string> = new Set(['/tags/', '/authors/', '/embed/tags/', '/embed/authors/']);

/** The path of the document that an alias stands for; undefined for any other path. */
export function aliasOf(path: string): string | undefined {
  const last = path.lastIndexOf('/', path.length - 2) + 1;
  const nested = path.endsWith('/rss/feed.xml') ? path.length - 'rss/feed.xml'.length : last;
  for (const start of [nested, last]) {
    const folder = path.slice(0, start);
    const name = aliasNames.get(path.slice(start));
    if (name !== undefined && !termFolders.has(folder)) return folder + name;
  }
  return undefined;
}
