import type { Ledger } from '../store/ledger.ts';
import type { Entry, FeedRecord } from '../store/records.ts';
import { settingsOf } from './head.ts';
import type { Site } from './site.ts';

/** An entry in a live document, with its place in that feed. */
export type Shown = { readonly entry: Entry; readonly place: number };

/** How many entries a feed's live document carries at most. */
export function limitOf(site: Site, feed: string): number {
  return settingsOf(site, feed)?.limit ?? site.publication.limit;
}

/**
 * The entries that a live document may carry: the newest `limit` places above the feed's floor, newest place first.
 * What slid out does not come back unless the limit changes: a reader would show it as new.
 */
export function liveWindow(ledger: Ledger, feed: FeedRecord, limit: number): readonly Shown[] {
  const floor = feed.limit === limit ? feed.floor : 0;
  const shown: Shown[] = [];
  for (const place of ledger.places.newestFirst(feed.name)) {
    if (shown.length === limit || place.place <= floor) break;
    if (place.active && !place.archiveOnly) shown.push({ entry: ledger.entries.get(place.entry)!, place: place.place });
  }
  return shown;
}

/** The feed's floor when its live document carries `shown`: the highest place below them that holds a live entry. */
export function floorBelow(ledger: Ledger, feed: FeedRecord, limit: number, shown: readonly Shown[]): number {
  const before = feed.limit === limit ? feed.floor : 0;
  const lowest = shown.at(-1)?.place;
  if (lowest === undefined) return before;
  for (const place of ledger.places.newestFirst(feed.name)) {
    if (place.place < lowest && place.active && !place.archiveOnly) return Math.max(before, place.place);
  }
  return before;
}

/** The order in which a document shows them: by date, then by place, newest first. */
export function inShownOrder(shown: readonly Shown[]): readonly Entry[] {
  return shown.toSorted((a, b) => b.entry.published - a.entry.published || b.place - a.place).map(({ entry }) => entry);
}
