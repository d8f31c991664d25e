import type { Instant } from '../lib/instant.ts';
import type { Site } from './site.ts';

/** For this long after it ended a feed is still served, and says that it is over. */
const farewellMilliseconds = 30 * 24 * 3600 * 1000;

/** What has become of a feed: it is served, served as over (`expired`), answered with 410, or with 301. */
export type Fate = 'live' | 'expired' | 'gone' | { readonly movedTo: string };

/**
 * The fate that publication.yaml gives a feed. As long as there is none by its new name (`isThere`), it is not moved:
 * nobody is sent to where nothing is.
 */
export function fateOf(
  site: Pick<Site, 'publication'>,
  feed: string,
  now: Instant,
  isThere: (feed: string) => boolean,
): Fate {
  const movedTo = lastName(site, feed, isThere);
  if (movedTo !== undefined) return { movedTo };
  if (isExpired(site, feed, now)) return 'expired';
  const end = endOf(site, feed);
  return end === undefined || (end.ended !== undefined && now < end.ended) ? 'live' : 'gone';
}

/** The last of a feed's newer names that there is a feed by; none where its names lead back to one of them. */
function lastName(
  { publication }: Pick<Site, 'publication'>,
  feed: string,
  isThere: (feed: string) => boolean,
): string | undefined {
  const renamed = Object.entries(publication.feeds);
  const newerName = (name: string): string | undefined => renamed.find(([, { was }]) => was.includes(name))?.[0];
  const seen = new Set([feed]);
  let last: string | undefined;
  for (let name = newerName(feed); name !== undefined; name = newerName(name)) {
    if (seen.has(name)) return undefined;
    seen.add(name);
    if (isThere(name)) last = name;
  }
  return last;
}

/**
 * The fates of the feeds that `known` holds, and of those that publication.yaml alone tells of, since another site had
 * them, or a store that was lost: with nothing to serve, these have moved, are gone, or are none.
 */
export function fatesOf(
  site: Pick<Site, 'publication'>,
  known: ReadonlyMap<string, unknown>,
  now: Instant,
): ReadonlyMap<string, Fate> {
  const { feeds, gone } = site.publication;
  const told = [...Object.values(feeds).flatMap(({ was }) => was), ...gone.map(({ feed }) => feed)];
  const fates = new Map<string, Fate>();
  for (const name of new Set([...known.keys(), ...told])) {
    const fate = fateOf(site, name, now, (other) => known.has(other));
    if (known.has(name) || typeof fate === 'object') fates.set(name, fate);
    else if (fate !== 'live') fates.set(name, 'gone');
  }
  return fates;
}

/** Whether a feed has ended and says so. */
export function isExpired(site: Pick<Site, 'publication'>, feed: string, now: Instant): boolean {
  const ended = endOf(site, feed)?.ended;
  return ended !== undefined && now >= ended && now < ended + farewellMilliseconds;
}

/** The names that a feed had before. */
export function formerNames(site: Pick<Site, 'publication'>, feed: string): readonly string[] {
  return site.publication.feeds[feed]?.was ?? [];
}

function endOf({ publication }: Pick<Site, 'publication'>, feed: string): { readonly ended?: Instant } | undefined {
  return publication.gone.find((one) => one.feed === feed);
}
