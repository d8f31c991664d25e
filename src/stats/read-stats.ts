import {
  type DayRange,
  type Figures,
  figureNames,
  type HourRow,
  type OfDay,
  type ReadershipKey,
  type SubscriberClaim,
} from '../store/readership.ts';
import type { Store } from '../store/store.ts';
import { kindOfProduct } from './agent.ts';
import type { ProductKind } from './products.ts';

/** A product's day. */
export type ReaderStats = Figures & {
  readonly product: string;
  readonly kind: ProductKind;
  /** About how many different clients there were, summed over feeds. */
  readonly clients: number;
  /**
   * Subscriptions: what fetchers say, else for programs that people read in, the number of clients. Undefined where
   * nothing is known of them.
   */
  readonly subscribers: number | undefined;
  /** Whether `subscribers` is the number of clients: an estimate. */
  readonly isEstimate: boolean;
  /** The largest number that a fetcher said and that was not believed; 0 for none. */
  readonly doubted: number;
};

/** A feed's day, in one format. */
export type FeedStats = Figures & Omit<ReadershipKey, 'product'>;

/** A day of polls; the figures are the sums over all feeds. */
export type DayStats = OfDay &
  Figures & { readonly feeds: readonly FeedStats[]; readonly readers: readonly ReaderStats[] };

/** Who polled, and what it cost: days in order, and the last 48 hours that anything was polled in. */
export type Stats = { readonly days: readonly DayStats[]; readonly hours: readonly HourRow[] };

const hoursShown = 48;

/** Reads the daily sums of a range of UTC days, and the hours before `now`. Days on which nobody polled are left out. */
export async function readStats(
  { readership }: Pick<Store, 'readership'>,
  range: DayRange,
  now: number,
): Promise<Stats> {
  const [products, feeds, claims, hours] = await Promise.all([
    readership.byProduct(range),
    readership.byFeed(range),
    readership.claims(range),
    readership.hours(Math.floor(now / 3_600_000) - hoursShown + 1),
  ]);
  const feedsOf = Map.groupBy(feeds, ({ day }) => day);
  const claimsOf = Map.groupBy(claims, ({ day }) => day);
  const days = [...Map.groupBy(products, ({ day }) => day)].map(([day, rows]): DayStats => {
    const said = claimsOf.get(day) ?? [];
    return {
      day,
      ...sumOf(rows),
      feeds: feedsOf.get(day) ?? [],
      readers: rows.map((one) => toReader(one, said)),
    };
  });
  return { days, hours };
}

/** All polls among these figures, however they were answered. */
export function pollsOf({ whole, unmodified, delta, refused, failed }: Figures): number {
  return whole + unmodified + delta + refused + failed;
}

function toReader(
  { day: _, ...row }: OfDay & Figures & { readonly product: string; readonly clients: number },
  claims: readonly SubscriberClaim[],
): ReaderStats {
  const own = claims.filter(({ product }) => product === row.product);
  const claimed = own.reduce((sum, { most }) => sum + most, 0);
  const kind = kindOfProduct(row.product);
  const isEstimate = claimed === 0 && (kind === 'reader' || kind === 'other');
  return {
    ...row,
    kind,
    subscribers: claimed > 0 ? claimed : isEstimate ? row.clients : undefined,
    isEstimate,
    doubted: Math.max(0, ...own.map(({ doubted }) => doubted)),
  };
}

/** The sums of figures, each of its own name. */
export function sumOf(rows: readonly Figures[]): Figures {
  return Object.fromEntries(
    figureNames.map((name) => [name, rows.reduce((sum, row) => sum + row[name], 0)]),
  ) as Figures;
}
