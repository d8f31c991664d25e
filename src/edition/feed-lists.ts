import { fateOf } from '../feeds/fate.ts';
import { feedTitle } from '../feeds/head.ts';
import { opmlType, renderOpml } from '../feeds/opml.ts';
import type { Site } from '../feeds/site.ts';
import type { Instant } from '../lib/instant.ts';
import { type CountedFeed, renderTopicsPage } from '../pages/topics-page.ts';
import type { FeedRecord } from '../store/records.ts';
import { toPage, toTextResource } from './build.ts';
import type { PlainResource } from './resource.ts';
import type { StoredParts } from './stored-pages.ts';

/** The paths of the lists of all feeds, without a slash at the end. */
export const listPaths: readonly string[] = ['/tags', '/authors', '/feeds.opml', '/.well-known/feeds'];

/** A list of feeds, by its path; undefined for any other path. `now` says which feeds are over. */
export async function findFeedList(
  { store, site }: StoredParts,
  path: string,
  now: Instant,
): Promise<PlainResource | undefined> {
  if (!listPaths.includes(path)) return undefined;
  const feeds = listFeeds(site, await store.feeds(), now);
  if (path !== '/tags' && path !== '/authors') return toTextResource(path, opmlType, renderOpml(site, feeds));
  return toPage(site, `${path}/`, renderTopicsPage(site, path === '/tags' ? 'tags' : 'authors', feeds));
}

/**
 * The feeds that lists show, by name: those in force; a tag's or author's only while it has an entry, lest its name
 * tell of what is withdrawn.
 */
export function listFeeds(site: Site, records: Iterable<FeedRecord>, now: Instant): readonly CountedFeed[] {
  const all = [...records];
  const names = new Set(all.map(({ name }) => name));
  const isThere = (name: string): boolean => names.has(name);
  const isListed = ({ name, active }: FeedRecord): boolean =>
    (active > 0 || !name.includes('/')) && fateOf(site, name, now, isThere) === 'live';
  // In an order of its own: that of their making is forgotten with a start.
  return all
    .filter(isListed)
    .sort(byName)
    .map((feed) => countFeed(site, feed));
}

function byName(a: FeedRecord, b: FeedRecord): number {
  return a.name < b.name ? -1 : 1;
}

function countFeed(site: Site, feed: FeedRecord): CountedFeed {
  const { name, label, active } = feed;
  return { name, title: feedTitle(site, feed), ...(label === undefined ? {} : { label }), count: active };
}
