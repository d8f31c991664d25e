import type { Instant } from '../lib/instant.ts';
import type { Site } from './site.ts';

/** For this long after it ended a feed is still served, and says that it is over. */
const farewellMilliseconds = 30 * 24 * 3600 * 1000;

/** What has become of a feed: it is served, served as over (`expired`), answered with 410, or with 301. */
export type Fate = 'live' | 'expired' | 'gone' | { readonly movedTo: string };

/** The fate that publication.yaml gives a feed. */
export function fateOf(site: Pick<Site, 'publication'>, feed: string, now: Instant): Fate {
  const { feeds, gone } = site.publication;
  const movedTo = Object.entries(feeds).find(([, { was }]) => was.includes(feed))?.[0];
  if (movedTo !== undefined && movedTo !== feed) return { movedTo };
  const end = gone.find((one) => one.feed === feed);
  if (end === undefined || (end.ended !== undefined && now < end.ended)) return 'live';
  return end.ended !== undefined && now < end.ended + farewellMilliseconds ? 'expired' : 'gone';
}

/** The names that a feed had before. */
export function formerNames(site: Pick<Site, 'publication'>, feed: string): readonly string[] {
  return site.publication.feeds[feed]?.was ?? [];
}
