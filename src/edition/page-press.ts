import type { BuiltFeed } from '../feeds/documents.ts';
import { mainFeeds } from '../feeds/places.ts';
import type { Site } from '../feeds/site.ts';
import type { Instant } from '../lib/instant.ts';
import type { Ledger } from '../store/ledger.ts';
import { encodePath } from '../store/paths.ts';
import type { Entry } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { toEntryPage } from './build.ts';
import { printFeedPages } from './feed-pages.ts';
import { neighboursOf, pageKey } from './neighbours.ts';
import type { PlainResource } from './resource.ts';
import { toSitePages } from './site-pages.ts';

/** What a new edition's pages are made of. */
export type PageNews = {
  /** The main feeds as last built. */
  readonly feeds: ReadonlyMap<string, BuiltFeed>;
  /** Those built anew. */
  readonly rebuilt: readonly string[];
  /** Whether any feed changed, came or went; all have on a new site. */
  readonly isAnyNew: boolean;
  readonly isNewSite: boolean;
};

/** Makes the pages of editions: knows which the last one held, and makes only what may be different. */
export class PagePress {
  readonly #store: Store;
  /** What each entry's page was made from, by its path. */
  #entries = new Map<string, string>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** The pages that are new or different, and the paths of those that are no longer in the edition. */
  async print(
    ledger: Ledger,
    site: Site,
    news: PageNews,
    now: Instant,
  ): Promise<{ readonly put: readonly PlainResource[]; readonly drop: readonly string[] }> {
    if (!news.isAnyNew) return { put: [], drop: [] };
    // All are made anew; which there were is not forgotten, so that those shown no more are dropped.
    if (news.isNewSite) for (const path of this.#entries.keys()) this.#entries.set(path, '');
    const sitePages = news.isNewSite ? toSitePages(ledger, site) : [];
    const feedPages = printFeedPages(ledger, site, news, now);
    const { fresh, stale } = await this.#printEntries(ledger, site, news.feeds);
    return { put: [...sitePages, ...feedPages, ...fresh], drop: stale };
  }

  /** Pages of the entries in the main feeds' live documents; the others are made when they are asked for. */
  async #printEntries(
    ledger: Ledger,
    site: Site,
    feeds: ReadonlyMap<string, BuiltFeed>,
  ): Promise<{ fresh: readonly PlainResource[]; stale: readonly string[] }> {
    const shown = new Map<string, Entry>();
    for (const name of mainFeeds) {
      for (const entry of feeds.get(name)?.entries ?? []) shown.set(encodePath(entry.path), entry);
    }
    const stale = [...this.#entries.keys()].filter((path) => !shown.has(path));
    for (const path of stale) this.#entries.delete(path);
    const changed = Array.from(shown, ([path, entry]) => {
      const neighbours = neighboursOf(ledger, entry);
      return { path, entry, neighbours, key: pageKey(entry, neighbours) };
    }).filter(({ path, key }) => this.#entries.get(path) !== key);
    const stored = changed.filter(({ entry }) => ledger.changedText(entry.id) === undefined);
    const texts = await this.#store.texts(stored.map(({ entry }) => entry.id));
    const fresh: PlainResource[] = [];
    for (const { path, entry, neighbours, key } of changed) {
      const text = ledger.changedText(entry.id) ?? texts.get(entry.id);
      fresh.push(toEntryPage(site, entry, text, ledger, neighbours));
      this.#entries.set(path, key);
    }
    return { fresh, stale };
  }
}
