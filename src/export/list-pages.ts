import { listPaths } from '../edition/feed-lists.ts';
import { findStoredPage, type StoredParts, storedPaths } from '../edition/stored-pages.ts';
import { newsSitemapPath } from '../feeds/sitemap.ts';
import type { Instant } from '../lib/instant.ts';
import type { Digests } from './digests.ts';
import type { Making } from './entry-pages.ts';
import type { EntryStates } from './entry-states.ts';

/** The pages of tags and authors, the lists of feeds, the pages of the archive, and the sitemaps. */
export async function* listPages(
  parts: StoredParts,
  feeds: ReadonlyMap<string, Digests>,
  { archive }: EntryStates,
  now: Instant,
): AsyncIterable<Making> {
  for (const path of await storedPaths(parts, [...feeds.keys()])) {
    const name = /^\/(?:embed\/)?((?:tags|authors)\/[^/]+)$/.exec(path)?.[1] ?? 'all';
    const making = { path, isPage: !document.test(path), make: () => findStoredPage(parts, path, now) };
    // What is news, and which feeds are over, is also a matter of the time.
    const key =
      path === newsSitemapPath || listPaths.includes(path) ? undefined : (archive.get(path) ?? feeds.get(name)?.feed);
    yield key === undefined ? making : { ...making, key };
  }
}

const document = /^\/(?:(?:news-)?sitemap(?:-\d+)?\.xml|feeds\.opml|\.well-known\/feeds)$/;
