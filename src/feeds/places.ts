import type { Instant } from '../lib/instant.ts';
import { firstFree, slugifyName } from '../lib/slug.ts';
import { termKey } from '../lib/term-key.ts';
import type { PlainText } from '../lib/text.ts';
import { toUrn } from '../store/identity.ts';
import type { Ledger } from '../store/ledger.ts';
import type { Entry, FeedRecord, Term } from '../store/records.ts';
import { formerNames } from './fate.ts';
import type { Site } from './site.ts';

/** An entry dated longer than this before it was first seen is history: it joins the archive only. */
const newsMilliseconds = 7 * 24 * 3600 * 1000;

/** The feeds that hold a live entry. Tags and authors that are new get their slug. */
export function feedsOf(ledger: Ledger, entry: Entry): readonly string[] {
  const tags = entry.tags.map((tag) => `tags/${termFor(ledger, 'tags', tag).slug}`);
  const authors = entry.authors.map((author) => `authors/${termFor(ledger, 'authors', author.name).slug}`);
  return [...new Set(['all', `${entry.kind}s`, ...tags, ...authors])];
}

/** The main feeds stand from the beginning, even empty. */
export const mainFeeds = ['all', 'articles', 'headlines'] as const;

/** Whether a feed is one of those. */
export function isMain(feed: string): boolean {
  return (mainFeeds as readonly string[]).includes(feed);
}

/** Whether an entry was old when it was first seen. */
export function isHistory({ firstSeen, published }: Pick<Entry, 'firstSeen' | 'published'>): boolean {
  return firstSeen - published > newsMilliseconds;
}

const unmade = { active: 0, version: 0, stamp: '' } as const;

type FeedSite = Pick<Site, 'publication' | 'publicationId'>;

/** The feed's record, made if it is new. */
export function feedRecord(ledger: Ledger, site: FeedSite, name: string, now: Instant): FeedRecord {
  const known = ledger.feeds.get(name);
  if (known !== undefined) return known;
  // A feed that was renamed is the same feed.
  const first = formerNames(site, name)[0] ?? name;
  const atomId = ledger.feeds.get(first)?.atomId ?? toUrn(site.publicationId, `feed:${first}`);
  const [kind, slug] = name.split('/');
  const label = slug === undefined ? undefined : ledger.termBySlug(kind as Term['kind'], slug)?.label;
  const named = label === undefined ? { name, atomId } : { name, atomId, label };
  const feed: FeedRecord = {
    ...named,
    places: ledger.places.highest(name),
    floor: 0,
    limit: 0,
    updated: now,
    signature: '',
    ...unmade,
  };
  ledger.putFeed(feed);
  return feed;
}

/**
 * Gives each entry that changed its place in each of its feeds: newcomers of one refresh oldest first. A place is
 * for ever; an entry that leaves a feed keeps it, inactive. Gives the feeds that something changed in.
 */
export function assignPlaces(ledger: Ledger, site: FeedSite, now: Instant): ReadonlySet<string> {
  const touched = new Set<string>();
  const newcomers = new Map<string, Entry[]>();
  for (const entry of ledger.changedEntries()) {
    const feeds = entry.status === 'live' ? feedsOf(ledger, entry) : [];
    for (const feed of feeds) {
      touched.add(feed);
      const place = ledger.places.get(feed, entry.id);
      if (place === undefined) newcomers.getOrInsertComputed(feed, () => []).push(entry);
      else if (!place.active) ledger.putPlace({ ...place, active: true });
    }
    for (const place of ledger.places.of(entry.id)) {
      if (!place.active || feeds.includes(place.feed)) continue;
      touched.add(place.feed);
      ledger.putPlace({ ...place, active: false });
    }
  }
  for (const [feed, entries] of newcomers) join(ledger, feedRecord(ledger, site, feed, now), entries, now);
  return touched;
}

function join(ledger: Ledger, feed: FeedRecord, entries: readonly Entry[], now: Instant): void {
  let place = feed.places;
  // The newest came first: of equal dates it has the highest place.
  for (const entry of entries.toReversed().sort((a, b) => a.published - b.published)) {
    place += 1;
    const archiveOnly = feed.places > 0 && isHistory(entry);
    ledger.putPlace({ feed: feed.name, place, entry: entry.id, joined: now, archiveOnly, active: true });
  }
  ledger.putFeed({ ...feed, places: place });
}

function termFor(ledger: Ledger, kind: Term['kind'], label: PlainText): Term {
  const known = ledger.term(kind, label);
  if (known !== undefined) return known;
  const isTaken = (slug: string): boolean => ledger.termBySlug(kind, slug) !== undefined;
  const term = { kind, key: termKey(label), label, slug: firstFree(slugifyName(label) || kind.slice(0, -1), isTaken) };
  ledger.putTerm(term);
  return term;
}
