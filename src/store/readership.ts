/** What is summed of the polls of a feed, in the order in which it is counted and stored. */
export const figureNames = [
  /** Answers: 200, 304, 226, 4xx, 5xx. */
  'whole',
  'unmodified',
  'delta',
  'refused',
  'failed',
  /** Without If-None-Match and If-Modified-Since. */
  'unconditional',
  /** How often a client came back; how many seconds after its last poll, in all; how often before max-age was over. */
  'gaps',
  'waited',
  'early',
  /** Bytes of bodies; and how many fewer they are than the whole documents without encoding. */
  'bytes',
  'saved',
] as const;

export type FigureName = (typeof figureNames)[number];
export type Figures = Readonly<Record<FigureName, number>>;

/** What is counted apart: a feed in one format, or its history, and the product that polls it. */
export type ReadershipKey = {
  /** The feed's name; empty for all that is beyond what is counted apart. */
  readonly feed: string;
  readonly format: 'rss' | 'atom' | 'json' | 'history' | '';
  readonly product: string;
};

/** A day's polls of one key. `clients` is an estimate of how many clients there were, `sketch` what it is made of. */
export type ReadershipRow = ReadershipKey & Figures & { readonly clients: number; readonly sketch: string };

/** How many subscribers a fetcher says it has: the most of a day, and the most of what was not believed. */
export type SubscriberClaim = ReadershipKey & {
  /** What the product calls the subscription; empty where it says nothing. */
  readonly fetcher: string;
  readonly most: number;
  readonly doubted: number;
};

/** Hours since 1970. */
export type HourRow = Figures & { readonly hour: number };

/** UTC days as `YYYY-MM-DD`, both included. */
export type DayRange = { readonly from: string; readonly to: string };
export type OfDay = { readonly day: string };

/** What is added to one day and hour. `sketchBefore` is what the row's sketch was, undefined for a new row. */
export type ReadershipAddition = {
  readonly day: string;
  readonly hour: HourRow;
  readonly rows: readonly (ReadershipRow & { readonly sketchBefore: string | undefined })[];
  readonly claims: readonly SubscriberClaim[];
};

/** Daily sums of polls. No addresses, and nothing from which one could be told. */
export interface Readership {
  /**
   * Adds figures to those that are there, and replaces sketches; claims only grow. All or nothing. Rejects when
   * another process has changed a sketch since it was read.
   */
  add(addition: ReadershipAddition): Promise<void>;
  /** The rows of these feeds on a day. */
  rowsOf(day: string, feeds: readonly string[]): Promise<readonly ReadershipRow[]>;
  /** How many rows a day has. */
  size(day: string): Promise<number>;
  byProduct(range: DayRange): Promise<readonly (OfDay & Figures & { product: string; clients: number })[]>;
  byFeed(range: DayRange): Promise<readonly (OfDay & Figures & Omit<ReadershipKey, 'product'>)[]>;
  claims(range: DayRange): Promise<readonly (OfDay & SubscriberClaim)[]>;
  /** From this hour on, in order. */
  hours(from: number): Promise<readonly HourRow[]>;
  /** One secret for each of these days, the same for all processes; those of days before the first are forgotten. */
  salts(days: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Takes away what is older than a day, or an hour, and the sketches of the days before `open`. */
  forget(before: { readonly day: string; readonly hour: number; readonly open: string }): Promise<void>;
  /** Takes away all of it, and the secrets. */
  forgetAll(): Promise<void>;
}
