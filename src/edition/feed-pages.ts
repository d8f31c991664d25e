import type { BuiltFeed } from '../feeds/documents.ts';
import { feedTitle } from '../feeds/head.ts';
import { opmlType, renderOpml } from '../feeds/opml.ts';
import { feedFolder, type Site } from '../feeds/site.ts';
import { countActive } from '../feeds/window.ts';
import { framePath } from '../pages/embed/builder.ts';
import { renderFramePage } from '../pages/embed/frame-page.ts';
import { renderFeedPage } from '../pages/feed-page.ts';
import { renderHomePage } from '../pages/home-page.ts';
import { type CountedFeed, renderTopicsPage } from '../pages/topics-page.ts';
import type { Ledger } from '../store/ledger.ts';
import { toPage, toTextResource } from './build.ts';
import type { PageNews } from './page-press.ts';
import type { Resource } from './resource.ts';

/** Makes the pages of feeds, and those that list them. */
export class FeedPages {
  readonly #feeds = new Map<string, CountedFeed>();

  /** The pages of the feeds built anew, the front page, and the lists of feeds. */
  async print(ledger: Ledger, site: Site, { feeds, rebuilt, served }: PageNews): Promise<readonly Resource[]> {
    const put: Resource[] = [];
    for (const name of rebuilt) {
      const counted = countFeed(ledger, site, name);
      this.#feeds.set(name, counted);
      put.push(...(await toFeedPages(ledger, site, feeds.get(name)!, counted)));
    }
    const listed = served.map((name) => this.#feeds.get(name)!).filter(isListed);
    const entriesOf = (name: string): BuiltFeed['entries'] => feeds.get(name)?.entries ?? [];
    const front = { entries: entriesOf('all'), articles: entriesOf('articles'), headlines: entriesOf('headlines') };
    const opml = renderOpml(site, listed);
    put.push(
      await toPage(site, feedFolder('all'), renderHomePage(site, { ...front, feeds: listed }, ledger), 'all'),
      await toPage(site, '/tags/', renderTopicsPage(site, 'tags', listed)),
      await toPage(site, '/authors/', renderTopicsPage(site, 'authors', listed)),
      await toTextResource('/feeds.opml', opmlType, opml),
      await toTextResource('/.well-known/feeds', opmlType, opml),
    );
    return put;
  }
}

/** A feed's page, unless that is the front page, and the one for frames of other sites. */
async function toFeedPages(
  ledger: Ledger,
  site: Site,
  { name, entries }: BuiltFeed,
  { title, count }: CountedFeed,
): Promise<readonly Resource[]> {
  const feed = { name, title, entries, hasMore: count > entries.length };
  const frame = await toPage(site, framePath(name), renderFramePage(site, feed, ledger));
  return name === 'all'
    ? [frame]
    : [frame, await toPage(site, feedFolder(name), renderFeedPage(site, feed, ledger), name)];
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
