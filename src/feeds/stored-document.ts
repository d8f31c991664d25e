import type { Instant } from '../lib/instant.ts';
import type { PlacedEntry } from '../store/store.ts';
import { historyLinks } from './archive.ts';
import { isExpired } from './fate.ts';
import { documentPath, toHead } from './head.ts';
import type { FeedHead, Format } from './model.ts';
import { renderers } from './renderers.ts';
import { urlOf } from './site.ts';
import { type RenderedWindow, renderWindow, type StoredDocumentParts } from './stored-window.ts';
import { inShownOrder } from './window.ts';

/** A feed's live document made from the store alone: the same bytes as a refresh would make. */
export async function renderStored(parts: StoredDocumentParts, format: Format, now: Instant): Promise<string> {
  const { store, site, feed } = parts;
  const { active, shown, fragments } = await readShown(parts, format);
  const entries = inShownOrder(shown);
  const below = await store.places(feed.name, { floor: feed.floor, offset: 0, limit: 1 });
  const hasHistory = active.length > shown.length || below.length > 0;
  const head: FeedHead = {
    ...toHead(site, feed, entries, isExpired(site, feed.name, now)),
    self: urlOf(site, documentPath(feed.name, format)),
    links: hasHistory ? historyLinks(site, feed, format) : [],
  };
  return renderers[format].renderDocument(
    head,
    entries.map(({ id }) => fragments.get(id)!),
  );
}

/** The highest place that the live document does not show, which may be above the feed's floor: it holds what fits. */
export async function floorOfStored(parts: StoredDocumentParts, format: Format): Promise<number> {
  const { active, shown } = await readShown(parts, format);
  const lowest = shown.at(-1)?.place ?? 0;
  return active.find(({ place }) => place < lowest)?.place ?? parts.feed.floor;
}

/** The entries above the feed's floor, newest place first, and those of them that the live document shows. */
async function readShown(
  parts: StoredDocumentParts,
  format: Format,
): Promise<RenderedWindow & { readonly active: readonly PlacedEntry[] }> {
  const { store, feed } = parts;
  const above = await store.places(feed.name, { from: feed.floor + 1, to: feed.places });
  const active = above.filter((one) => one.active && !one.archiveOnly).toReversed();
  const window = active.slice(0, feed.limit).map(({ of, place }) => ({ entry: of, place }));
  return { active, ...(await renderWindow(parts, window, format)) };
}
