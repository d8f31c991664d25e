import type { Ledger } from '../store/ledger.ts';
import type { Entry } from '../store/records.ts';
import { feedsOf, isHistory } from './places.ts';

/**
 * After a loss: makes every entry count as changed, so that it is given what it lacks, and before that gives places that
 * nobody has any more to entries without one, in the order of their dates. Else old entries would join anew, as news.
 */
export function mendPlaces(ledger: Ledger): void {
  const without = new Map<string, Entry[]>();
  for (const entry of [...ledger.entries.values()]) {
    ledger.putEntry(entry);
    // What is withdrawn had places too, and keeps them from others.
    if (entry.status === 'scheduled') continue;
    for (const feed of feedsOf(ledger, entry)) {
      if (ledger.places.get(feed, entry.id) === undefined) without.getOrInsertComputed(feed, () => []).push(entry);
    }
  }
  for (const [feed, entries] of without) {
    fillGaps(
      ledger,
      feed,
      entries.toSorted((a, b) => a.published - b.published),
    );
  }
}

/** Each goes into the lowest gap that has nothing older above it; for whom there is none, a place is made as for news. */
function fillGaps(ledger: Ledger, feed: string, entries: readonly Entry[]): void {
  const waiting = entries.toReversed();
  for (const { place, before } of gapsOf(ledger, feed)) {
    const entry = waiting.at(-1);
    if (entry === undefined) return;
    if (entry.published > before) continue;
    waiting.pop();
    const archiveOnly = place > 1 && isHistory(entry);
    ledger.putPlace({
      feed,
      place,
      entry: entry.id,
      joined: entry.firstSeen,
      archiveOnly,
      active: entry.status === 'live',
    });
  }
}

/** The numbers that no entry has, lowest first, each with when what comes next above it was published. */
function gapsOf(ledger: Ledger, feed: string): readonly { readonly place: number; readonly before: number }[] {
  const gaps: { readonly place: number; readonly before: number }[] = [];
  let before = Number.POSITIVE_INFINITY;
  let above = Math.max(ledger.feeds.get(feed)?.places ?? 0, ledger.places.highest(feed)) + 1;
  const fill = (down: number): void => {
    for (let place = above - 1; place > down; place -= 1) gaps.push({ place, before });
  };
  for (const { place, entry, archiveOnly } of ledger.places.newestFirst(feed)) {
    fill(place);
    above = place;
    if (!archiveOnly) before = ledger.entries.get(entry)?.published ?? before;
  }
  fill(0);
  return gaps.toReversed();
}
