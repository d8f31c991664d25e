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

/** The path of the document that an alias stands for; undefined for any other path. */
export function aliasOf(path: string): string | undefined {
  const last = path.lastIndexOf('/', path.length - 2);
  if (path.endsWith('/rss/feed.xml')) return path.slice(0, -'rss/feed.xml'.length) + rss;
  const name = aliasNames.get(path.slice(last + 1));
  return name === undefined ? undefined : path.slice(0, last + 1) + name;
}
