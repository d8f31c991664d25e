import type { BuiltFeed } from '../feeds/documents.ts';
import { feedTitle } from '../feeds/head.ts';
import { mainFeeds } from '../feeds/places.ts';
import { feedFolder, type Site, type Terms } from '../feeds/site.ts';
import type { Instant } from '../lib/instant.ts';
import { framePath } from '../pages/embed/builder.ts';
import { renderFramePage } from '../pages/embed/frame-page.ts';
import { type FeedPage, renderFeedPage } from '../pages/feed-page.ts';
import { renderHomePage } from '../pages/home-page.ts';
import type { Ledger } from '../store/ledger.ts';
import { toPage } from './build.ts';
import { listFeeds } from './feed-lists.ts';
import type { PageNews } from './page-press.ts';
import type { PlainResource } from './resource.ts';

/** The pages of the main feeds that were built anew, and the front page. Those of tags and authors are made on demand. */
export function printFeedPages(
  ledger: Ledger,
  site: Site,
  { feeds, rebuilt }: PageNews,
  now: Instant,
): readonly PlainResource[] {
  const put: PlainResource[] = [];
  for (const name of mainFeeds.filter((one) => rebuilt.includes(one))) {
    const record = ledger.feeds.get(name)!;
    const { entries } = feeds.get(name)!;
    const feed = { name, title: feedTitle(site, record), entries, hasMore: record.active > entries.length };
    put.push(toFramePage(site, feed, ledger));
    if (name !== 'all') put.push(toFeedPage(site, feed, ledger));
  }
  const entriesOf = (name: string): BuiltFeed['entries'] => feeds.get(name)?.entries ?? [];
  const front = { entries: entriesOf('all'), articles: entriesOf('articles'), headlines: entriesOf('headlines') };
  const listed = listFeeds(site, ledger.feeds.values(), now);
  put.push(toPage(site, feedFolder('all'), renderHomePage(site, { ...front, feeds: listed }, ledger), 'all'));
  return put;
}

/** A feed's page for people; that of everything is the front page. */
export function toFeedPage(site: Site, feed: FeedPage, terms: Terms): PlainResource {
  return toPage(site, feedFolder(feed.name), renderFeedPage(site, feed, terms), feed.name);
}

/** A feed's page for frames of other sites. */
export function toFramePage(site: Site, feed: FeedPage, terms: Terms): PlainResource {
  return toPage(site, framePath(feed.name), renderFramePage(site, feed, terms));
}
