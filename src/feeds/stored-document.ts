import type { Instant } from '../lib/instant.ts';
import { historyLinks } from './archive.ts';
import { isExpired } from './fate.ts';
import { documentPath, toHead } from './head.ts';
import type { FeedHead, Format } from './model.ts';
import { renderers } from './renderers.ts';
import { urlOf } from './site.ts';
import { renderWindow, type StoredDocumentParts } from './stored-window.ts';
import { inShownOrder } from './window.ts';

/** A feed's live document made from the store alone: the same bytes as a refresh would make. */
export async function renderStored(parts: StoredDocumentParts, format: Format, now: Instant): Promise<string> {
  const { store, site, feed } = parts;
  const above = await store.places(feed.name, { from: feed.floor + 1, to: feed.places });
  const active = above.filter((one) => one.active && !one.archiveOnly).toReversed();
  const window = active.slice(0, feed.limit).map(({ of, place }) => ({ entry: of, place }));
  const { shown, fragments } = await renderWindow(parts, window, format);
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
