import { hash } from 'node:crypto';
import { type Instant, toInstant } from '../lib/instant.ts';
import type { Ledger } from '../store/ledger.ts';
import type { FeedRecord } from '../store/records.ts';
import { lastArchive } from './archive.ts';
import { isExpired } from './fate.ts';
import { settingsOf } from './head.ts';
import { renderingVersion } from './rendering-version.ts';
import type { Site } from './site.ts';
import { floorBelow, limitOf, liveWindow, type Shown } from './window.ts';

/** Notes what a feed's documents hold now, without making them. Whether it is not what they held. */
export function noteFeed(ledger: Ledger, site: Site, feed: FeedRecord, now: Instant): boolean {
  return noteState(ledger, site, feed, liveWindow(ledger, feed, limitOf(site, feed.name)), now).isNews;
}

/**
 * Notes in the ledger what a feed shows: its floor, a newer `updated` if that is not what it showed, and a newer version
 * if its documents are not what they were.
 */
export function noteState(
  ledger: Ledger,
  site: Site,
  feed: FeedRecord,
  shown: readonly Shown[],
  now: Instant,
): { readonly feed: FeedRecord; readonly isNews: boolean } {
  const limit = limitOf(site, feed.name);
  const facts = [site, settingsOf(site, feed.name), shown.map(({ entry }) => [entry.id, entry.revision])];
  const signature = hash('sha256', JSON.stringify(facts), 'base64url').slice(0, 22);
  const isNews = signature !== feed.signature;
  const floor = floorBelow(ledger, feed, limit, shown);
  const active = ledger.places.countActive(feed.name);
  const isOver = isExpired(site, feed.name, now);
  const stamp = `${renderingVersion} ${signature} ${active > shown.length ? lastArchive(feed) : 0} ${Number(isOver)}`;
  const isSame = stamp === feed.stamp && !isNews;
  const next = {
    ...feed,
    floor,
    limit,
    active,
    signature,
    stamp,
    updated: isNews ? toInstant(Math.max(feed.updated, now)) : feed.updated,
    version: isSame ? feed.version : Math.max(feed.version + 1, Math.floor(now / 1000)),
  };
  if (!isSame || floor !== feed.floor || limit !== feed.limit || active !== feed.active) ledger.putFeed(next);
  return { feed: next, isNews };
}
