import { bodyHash } from '../edition/resource.ts';
import { archiveSize } from '../feeds/archive.ts';
import type { Ledger } from '../store/ledger.ts';
import type { Place } from '../store/records.ts';
import type { EntryStates } from './entry-states.ts';

/** What tells whether documents and pages of a feed would be made anew the same. */
export type Digests = {
  readonly feed: string;
  /** Of the n-th archive document, at n - 1. */
  readonly archives: readonly string[];
};

/** Digests, by feed, of all that the documents of these feeds are made from, besides the settings. */
export function digestFeeds(
  ledger: Ledger,
  feeds: readonly string[],
  { byId }: EntryStates,
): ReadonlyMap<string, Digests> {
  return new Map(feeds.map((name) => [name, digestFeed(ledger, name, byId)]));
}

function digestFeed(ledger: Ledger, name: string, states: ReadonlyMap<string, string>): Digests {
  const parts = Map.groupBy(ledger.places.newestFirst(name), ({ place }) => Math.floor((place - 1) / archiveSize));
  const count = Math.max(-1, ...parts.keys()) + 1;
  const record = ledger.feeds.get(name);
  const own = Array.from({ length: count }, (_, index) => digest(parts.get(index) ?? [], states));
  const archives = own.map((one, index) => {
    // Its links say whether there is one before and after it, and its date when the one after it began.
    const after = parts.get(index + 1)?.at(-1)?.joined;
    return bodyHash(JSON.stringify([one, count > 1, after, record?.atomId, record?.label]));
  });
  return { feed: bodyHash(JSON.stringify([own, record])), archives };
}

function digest(places: readonly Place[], states: ReadonlyMap<string, string>): string {
  const facts = places.map(({ place, entry, joined, archiveOnly, active }) => {
    return `${place} ${states.get(entry)} ${joined} ${archiveOnly} ${active}`;
  });
  return bodyHash(facts.join('\n'));
}
