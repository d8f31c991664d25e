import type { BuiltFeed } from '../feeds/documents.ts';
import { feedTitle } from '../feeds/head.ts';
import { opmlType, renderOpml } from '../feeds/opml.ts';
import { mainFeeds } from '../feeds/places.ts';
import { feedFolder, type Site, type Terms } from '../feeds/site.ts';
import { countActive } from '../feeds/window.ts';
import { framePath } from '../pages/embed/builder.ts';
import { renderFramePage } from '../pages/embed/frame-page.ts';
import { type FeedPage, renderFeedPage } from '../pages/feed-page.ts';
import { renderHomePage } from '../pages/home-page.ts';
import { type CountedFeed, renderTopicsPage } from '../pages/topics-page.ts';
import type { Ledger } from '../store/ledger.ts';
import { toPage, toTextResource } from './build.ts';
import type { PageNews } from './page-press.ts';
import { copyOf, type Resource } from './resource.ts';

/** Makes the pages of the main feeds, and those that list feeds. Those of tags and authors are made on demand. */
export class FeedPages {
  readonly #feeds = new Map<string, CountedFeed>();

  /** The pages of the main feeds that were built anew, the front page, and the lists of feeds. */
  async print(ledger: Ledger, site: Site, { feeds, rebuilt, served }: PageNews): Promise<readonly Resource[]> {
    const put: Resource[] = [];
    for (const name of rebuilt) this.#feeds.set(name, countFeed(ledger, site, name));
    for (const name of mainFeeds.filter((one) => rebuilt.includes(one))) {
      const { title, count } = this.#feeds.get(name)!;
      const { entries } = feeds.get(name)!;
      const feed = { name, title, entries, hasMore: count > entries.length };
      put.push(await toFramePage(site, feed, ledger));
      if (name !== 'all') put.push(await toFeedPage(site, feed, ledger));
    }
    const listed = served.map((name) => this.#feeds.get(name)!).filter(isListed);
    const entriesOf = (name: string): BuiltFeed['entries'] => feeds.get(name)?.entries ?? [];
    const front = { entries: entriesOf('all'), articles: entriesOf('articles'), headlines: entriesOf('headlines') };
    const opml = await toTextResource('/feeds.opml', opmlType, renderOpml(site, listed));
    put.push(
      await toPage(site, feedFolder('all'), renderHomePage(site, { ...front, feeds: listed }, ledger), 'all'),
      await toPage(site, '/tags/', renderTopicsPage(site, 'tags', listed)),
      await toPage(site, '/authors/', renderTopicsPage(site, 'authors', listed)),
      opml,
      { ...copyOf(opml), path: '/.well-known/feeds' },
    );
    return put;
  }
}

/** A feed's page for people; that of everything is the front page. */
export function toFeedPage(site: Site, feed: FeedPage, terms: Terms): Promise<Resource> {
  return toPage(site, feedFolder(feed.name), renderFeedPage(site, feed, terms), feed.name);
}

/** A feed's page for frames of other sites. */
export function toFramePage(site: Site, feed: FeedPage, terms: Terms): Promise<Resource> {
  return toPage(site, framePath(feed.name), renderFramePage(site, feed, terms));
}

function countFeed(ledger: Ledger, site: Site, name: string): CountedFeed {
  const feed = ledger.feeds.get(name)!;
  const { label } = feed;
  const title = feedTitle(site, feed);
  return { name, title, ...(label === undefined ? {} : { label }), count: countActive(ledger, feed) };
}

/** The main feeds always; a tag's or author's only while it has an entry, lest its name tell of what is withdrawn. */
function isListed({ name, count }: CountedFeed): boolean {
  return !name.includes('/') || count > 0;
}
