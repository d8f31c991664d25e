import type { EditionChange } from './edition/edition.ts';
import type { Resource } from './edition/resource.ts';
import type { OthersNews } from './follow-others.ts';
import type { Laps } from './lib/laps.ts';
import type { Problem } from './lib/problem.ts';
import type { Batch } from './stats/batch.ts';

/** How a refresh differs from the regular one. */
export type RefreshOptions = {
  /** Whether the guard against mass withdrawal is off. */
  readonly allowsAll?: boolean | undefined;
  /** Paths below the data folder: only what lies there may have changed. */
  readonly changed?: readonly string[] | undefined;
};

/** What the newsroom asks of the worker, and of what kind that is. */
export type Order = { readonly kind: 'restore' | 'close' } | ({ readonly kind: 'refresh' } & RefreshOptions);
export type OrderKind = Order['kind'];

/** What a refresh did. */
export type Outcome = {
  readonly change: EditionChange;
  readonly problems: readonly Problem[];
  /** Files whose content is new. */
  readonly read: number;
  /** What publication.yaml should say and does not. */
  readonly advice: readonly string[];
  /** Articles among them that are marked as drafts. */
  readonly drafts: readonly string[];
  readonly milliseconds: number;
  /** How long each stage took: load, wait, walk, read, reconcile, print, save. */
  readonly stages: Laps;
  /** Of the store when this was done. */
  readonly generation: number;
  /** Milliseconds since 1970 when the next refresh is due, whatever the cron schedule says. */
  readonly nextDue?: number;
};

/** What the worker answers; `change` is the difference to what it sent before. */
export type Report =
  | { readonly order: OrderKind; readonly ok: true; readonly outcome?: Outcome; readonly notice?: string }
  | {
      readonly order: OrderKind;
      readonly ok: false;
      readonly message: string;
      /** It would have done more harm than good. */
      readonly isRefusal?: boolean;
      /** A refresh with `allowsAll` does it all the same. */
      readonly canBeAllowed?: boolean;
      /** The store's file can be written again only when all connections of this process to it were closed. */
      readonly isStale?: boolean;
      /** It was not done because all is about to end. */
      readonly isGivenUp?: boolean;
    };

/**
 * What the worker sends unasked: a document in smaller encodings, news of other processes, the secrets of days, or that
 * it has done with what was counted.
 */
export type Unasked =
  | { readonly polished: Resource }
  | OthersNews
  | { readonly salts: ReadonlyMap<string, string> }
  | { readonly kept: number };

/** What the worker is told: that an edition stands, that an order to close is on its way, or what was counted. */
export type Told = 'swapped' | 'closing' | { readonly counted: Batch; readonly id: number };
