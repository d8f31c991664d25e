import type { OfDay, ReadershipKey, SubscriberClaim } from '../store/readership.ts';
import type { Saying } from './agent.ts';
import { keyText } from './merge.ts';

/** What a fetcher of a product said of a feed. */
export type KeyedSaying = ReadershipKey & Saying;

/** No feed has more. */
const mostEver = 10_000_000;
/** So many times what a product had in the middle of the last seven days are believed; and always so many. */
const mostGrowth = 10;
const alwaysBelieved = 1000;
/** How many fetchers of one product count in a day. */
const mostFetchers = 16;

/**
 * What fetchers say, and whether it is believed. `history` is what was noted in the seven days before `today`, and
 * today. Where nothing is known of those days all up to ten million is believed; so what is true, and was too much to
 * be believed, is believed a week later.
 */
export function judge(
  history: readonly (OfDay & SubscriberClaim)[],
  today: string,
  sayings: readonly KeyedSaying[],
): readonly SubscriberClaim[] {
  const known = Map.groupBy(history, keyText);
  const noted = new Map<string, Map<string, number>>();
  return sayings.map((saying) => {
    const { subscribers, ...key } = saying;
    const before = known.get(keyText(saying)) ?? [];
    const fetchers = noted.getOrInsertComputed(keyText(saying), () => fetchersOf(before, today));
    const isOneTooMany = !fetchers.has(key.fetcher) && fetchers.size >= mostFetchers;
    const others = sum(fetchers.values()) - (fetchers.get(key.fetcher) ?? 0);
    // Under no name of theirs: whoever makes one up with each request would fill the store with them.
    if (isOneTooMany || others + subscribers > limitOf(before, today)) {
      return { ...key, fetcher: '', most: 0, doubted: subscribers };
    }
    fetchers.set(key.fetcher, Math.max(subscribers, fetchers.get(key.fetcher) ?? 0));
    return { ...key, most: subscribers, doubted: 0 };
  });
}

/** Of what today's fetchers were believed. */
function fetchersOf(claims: readonly (OfDay & SubscriberClaim)[], today: string): Map<string, number> {
  return new Map(claims.filter(({ day, most }) => day === today && most > 0).map((one) => [one.fetcher, one.most]));
}

function limitOf(claims: readonly (OfDay & SubscriberClaim)[], today: string): number {
  const earlier = claims.filter(({ day, most }) => day !== today && most > 0);
  const totals = [...Map.groupBy(earlier, ({ day }) => day).values()].map((day) => sum(day.map(({ most }) => most)));
  const middle = totals.toSorted((a, b) => a - b)[Math.floor(totals.length / 2)];
  return middle === undefined ? mostEver : Math.min(mostEver, Math.max(alwaysBelieved, mostGrowth * middle));
}

function sum(values: Iterable<number>): number {
  let all = 0;
  for (const value of values) all += value;
  return all;
}
