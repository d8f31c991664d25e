import type { Stats } from '../stats/read-stats.ts';
import type { DayRange } from '../store/readership.ts';
import type { RefreshNote, StandingProblem } from './journal.ts';
import type { Status, StoreFacts } from './status.ts';

/** What the admin's worker is asked: what the store says, or for a page, or to pass something on. */
export type AdminQuestion =
  | { readonly ask: 'store' }
  /** Has the process that leads refresh; nothing is found. */
  | { readonly ask: 'leader' }
  | { readonly ask: 'home'; readonly status: Status; readonly refreshes: readonly RefreshNote[] }
  /** Who polled on these days. */
  | { readonly ask: 'stats'; readonly range: DayRange }
  /** How files were read, those after a path, and what is wrong. */
  | { readonly ask: 'files'; readonly after: string | undefined; readonly problems: readonly StandingProblem[] }
  /** A file as the next refresh would read it: its page, or with `isReading` what was understood of it. */
  | { readonly ask: 'file'; readonly path: string; readonly isReading: boolean };

/** A page with its headers, names and values in turn. */
export type AdminPage = { readonly html: string; readonly headers: readonly string[] };

/** What it answers; neither when there is nothing. */
export type AdminFound = { readonly facts?: StoreFacts; readonly stats?: Stats; readonly page?: AdminPage };
