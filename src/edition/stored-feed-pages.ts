import { feedTitle } from '../feeds/head.ts';
import { inShownOrder } from '../feeds/window.ts';
import type { Entry, FeedRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { toFeedPage, toFramePage } from './feed-pages.ts';
import type { PlainResource } from './resource.ts';
import type { StoredParts } from './stored-pages.ts';

/**
 * The page of a tag's or author's feed, for people or for frames, by its path without a slash at the end; undefined
 * for any other path, and where there is no such feed.
 */
export async function findFeedPage(
  { store, site, terms }: StoredParts,
  path: string,
): Promise<PlainResource | undefined> {
  const [, frame, name] = /^\/(embed\/)?((?:tags|authors)\/[^/]+)$/.exec(path) ?? [];
  const feed = name === undefined ? undefined : await store.feed(name);
  if (feed === undefined) return undefined;
  const page = { name: feed.name, title: feedTitle(site, feed), ...(await readEntries(store, feed)) };
  return frame === undefined ? toFeedPage(site, page, terms) : toFramePage(site, page, terms);
}

/** The entries of the live document, and whether there are older ones. */
async function readEntries(store: Store, feed: FeedRecord): Promise<{ entries: readonly Entry[]; hasMore: boolean }> {
  const above = await store.places(feed.name, { from: feed.floor + 1, to: feed.places });
  const active = above.filter((one) => one.active && !one.archiveOnly && one.of.status === 'live').toReversed();
  const shown = active.slice(0, feed.limit).map(({ of, place }) => ({ entry: of, place }));
  const below = await store.places(feed.name, { floor: feed.floor, offset: 0, limit: 1 });
  return { entries: inShownOrder(shown), hasMore: active.length > shown.length || below.length > 0 };
}
