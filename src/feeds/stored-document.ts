import type { Instant } from '../lib/instant.ts';
import type { Entry } from '../store/records.ts';
import { type HistoryParts, historyLinks } from './archive.ts';
import { fit } from './documents.ts';
import { fateOf } from './fate.ts';
import { type FragmentCache, fragmentKey, type Rendering, renderFragments } from './fragments.ts';
import { contentModeOf, documentPath, toHead } from './head.ts';
import type { FeedHead, Format } from './model.ts';
import { renderers } from './renderers.ts';
import { urlOf } from './site.ts';
import { inShownOrder, type Shown } from './window.ts';

/** What a live document is made of, with the renderings of entries that are known. */
export type StoredDocumentParts = HistoryParts & { readonly fragments: FragmentCache };

/** A feed's live document made from the store alone: the same bytes as a refresh would make. */
export async function renderStored(parts: StoredDocumentParts, format: Format, now: Instant): Promise<string> {
  const { store, site, feed } = parts;
  const above = await store.places(feed.name, { from: feed.floor + 1, to: feed.places });
  const active = above.filter((one) => one.active && !one.archiveOnly).toReversed();
  const window = active.slice(0, feed.limit).map(({ of, place }) => ({ entry: of, place }));
  const renderings = await renderAll(parts, window);
  const shown = fit(
    window.filter(({ entry }) => renderings.has(entry.id)),
    renderings,
  );
  const entries = inShownOrder(shown);
  const below = await store.places(feed.name, { floor: feed.floor, offset: 0, limit: 1 });
  const hasHistory = active.length > shown.length || below.length > 0;
  const head: FeedHead = {
    ...toHead(site, feed, entries, fateOf(site, feed.name, now) === 'expired'),
    self: urlOf(site, documentPath(feed.name, format)),
    links: hasHistory ? historyLinks(site, feed, format) : [],
  };
  const fragments = entries.map((entry) => renderings.get(entry.id)![format]);
  return renderers[format].renderDocument(head, fragments);
}

async function renderAll(
  { store, site, terms, feed, fragments }: StoredDocumentParts,
  window: readonly Shown[],
): Promise<ReadonlyMap<string, Rendering>> {
  const renderings = new Map<string, Rendering>();
  const modeOf = (entry: Entry): 'full' | 'summary' => entry.content ?? contentModeOf(site, feed.name);
  const missing = window.filter(({ entry }) => {
    const known = fragments.get(fragmentKey(entry, modeOf(entry)));
    if (known !== undefined) renderings.set(entry.id, known);
    return known === undefined;
  });
  const texts = await store.texts(missing.map(({ entry }) => entry.id));
  for (const { entry } of missing) {
    const made = renderFragments(entry, texts.get(entry.id), site, terms, modeOf(entry));
    // Reported when it was published; here it is only left out.
    if ('severity' in made) continue;
    renderings.set(entry.id, made);
    fragments.put(fragmentKey(entry, modeOf(entry)), made);
  }
  return renderings;
}
