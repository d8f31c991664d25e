import type { Instant } from '../lib/instant.ts';
import type { Problem } from '../lib/problem.ts';
import type { Ledger } from '../store/ledger.ts';
import type { Entry, FeedRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { historyLinks } from './archive.ts';
import { isExpired } from './fate.ts';
import { noteState } from './feed-state.ts';
import { fit } from './fit.ts';
import { fragmentKey, type Rendering, renderFragments } from './fragments.ts';
import { contentModeOf, documentPath, toHead } from './head.ts';
import { type FeedHead, type Format, type Fragment, formats } from './model.ts';
import { renderers } from './renderers.ts';
import { type Site, urlOf } from './site.ts';
import { inShownOrder, limitOf, liveWindow, type Shown } from './window.ts';

/** One feed in one format, ready but for its encodings. */
export type Document = { readonly path: string; readonly format: Format; readonly feed: string; readonly text: string };

/** A live document, and what it was put together from: a fragment for each entry shown. */
export type LiveDocument = Document & { readonly head: FeedHead; readonly fragments: readonly Fragment[] };

/** A feed's documents, and the entries that they hold in the order shown. */
export type BuiltFeed = {
  readonly name: string;
  readonly documents: readonly LiveDocument[];
  readonly entries: readonly Entry[];
  readonly problems: readonly Problem[];
  /** Whether entries or head differ from what this feed showed before. */
  readonly isNews: boolean;
};

/** Makes feeds' documents out of the ledger and the store's texts. */
export class DocumentBuilder {
  readonly #store: Store;
  /** By feed, the renderings of its window when it was last built: what did not change is rendered once. */
  readonly #rendered = new Map<string, ReadonlyMap<string, Rendering>>();
  #site: Site | undefined;

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * Builds the feed as the ledger has it, and notes in the ledger what its state is now. `site` is the same object as
   * long as it says the same.
   */
  async build(ledger: Ledger, site: Site, feed: FeedRecord, now: Instant): Promise<BuiltFeed> {
    if (this.#site !== site) this.#rendered.clear();
    this.#site = site;
    const window = liveWindow(ledger, feed, limitOf(site, feed.name));
    const { renderings, problems } = await this.#render(ledger, site, feed.name, window);
    const shown = fit(
      window.filter(({ entry }) => renderings.has(entry.id)),
      renderings,
    );
    const entries = inShownOrder(shown);
    const { feed: next, isNews } = noteState(ledger, site, feed, shown, now);
    const shared = toHead(site, next, entries, isExpired(site, feed.name, now));
    const hasHistory = next.active > shown.length;
    const documents = formats.map((format) => {
      const path = documentPath(feed.name, format);
      const fragments = entries.map((entry) => renderings.get(entry.id)![format]);
      const links = hasHistory ? historyLinks(site, next, format) : [];
      const head = { ...shared, self: urlOf(site, path), links };
      const text = renderers[format].renderDocument(head, fragments);
      return { path, format, feed: feed.name, text, head, fragments };
    });
    return { name: feed.name, documents, entries, problems, isNews };
  }

  async #render(
    ledger: Ledger,
    site: Site,
    feed: string,
    window: readonly Shown[],
  ): Promise<{ renderings: ReadonlyMap<string, Rendering>; problems: readonly Problem[] }> {
    const renderings = new Map<string, Rendering>();
    const byKey = new Map<string, Rendering>();
    const problems: Problem[] = [];
    const missing: Entry[] = [];
    const modeOf = (entry: Entry): 'full' | 'summary' => entry.content ?? contentModeOf(site, feed);
    const note = (entry: Entry, rendering: Rendering): void => {
      renderings.set(entry.id, rendering);
      byKey.set(fragmentKey(entry, modeOf(entry)), rendering);
    };
    for (const { entry } of window) {
      const rendering = this.#find(fragmentKey(entry, modeOf(entry)));
      if (rendering === undefined) missing.push(entry);
      else note(entry, rendering);
    }
    const stored = missing.filter(({ id, kind }) => kind === 'article' && ledger.changedText(id) === undefined);
    const texts = await this.#store.texts(stored.map(({ id }) => id));
    for (const entry of missing) {
      const text = ledger.changedText(entry.id) ?? texts.get(entry.id);
      const rendering = renderFragments(entry, text, site, ledger, modeOf(entry));
      if ('severity' in rendering) problems.push(rendering);
      else note(entry, rendering);
    }
    this.#rendered.set(feed, byKey);
    return { renderings, problems };
  }

  #find(key: string): Rendering | undefined {
    for (const renderings of this.#rendered.values()) {
      const rendering = renderings.get(key);
      if (rendering !== undefined) return rendering;
    }
    return undefined;
  }
}
