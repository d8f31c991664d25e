import type { Laps } from '../lib/laps.ts';
import { formatProblem, type Problem } from '../lib/problem.ts';
import type { Report } from '../orders.ts';

/** One refresh, as it went. Times in milliseconds since 1970. */
export type RefreshNote = {
  readonly at: number;
  readonly order: Report['order'];
  readonly ok: boolean;
  /** Of the whole, and of each stage; absent when it failed. */
  readonly milliseconds?: number;
  readonly stages?: Laps;
  /** Files read, and documents and pages that are new or different. */
  readonly read?: number;
  readonly changed?: number;
  readonly message?: string;
};

/** Why refreshes are failing, and since when. */
export type Failure = {
  readonly since: number;
  readonly times: number;
  readonly message: string;
  /** It would have done more harm than good. */
  readonly isRefusal: boolean;
  readonly canBeAllowed: boolean;
};

/** A refresh that was refused; `until` when the next one went through. */
export type RefusalNote = { readonly since: number; readonly until?: number; readonly message: string };

/** A problem, and since when this process has known it. */
export type StandingProblem = Problem & { readonly since: number };

/** What became of the refreshes of this process. */
export type Chronicle = {
  readonly startedAt: number;
  /** Newest last. */
  readonly refreshes: readonly RefreshNote[];
  readonly failure?: Failure;
  readonly refusals: readonly RefusalNote[];
  readonly problems: readonly StandingProblem[];
  /** When the current edition came, and of which state of the store it was made. */
  readonly edition?: { readonly since: number; readonly generation: number };
  /** When a refresh is due whatever the cron schedule says. */
  readonly nextDue?: number;
};

/** Keeps what became of refreshes, in memory. */
export type Journal = { readonly note: (report: Report) => void; readonly read: () => Chronicle };

/** How many refreshes and refusals are remembered. */
const remembered = 500;
const rememberedRefusals = 50;

/** A journal that begins now. `clock` gives milliseconds since 1970. */
export function createJournal(clock: () => number = Date.now): Journal {
  let chronicle: Chronicle = { startedAt: clock(), refreshes: [], refusals: [], problems: [] };
  return {
    note: (report) => {
      if (report.order !== 'close')
        chronicle = report.ok ? afterSuccess(chronicle, report, clock()) : afterFailure(chronicle, report, clock());
    },
    read: () => chronicle,
  };
}

function afterSuccess(before: Chronicle, { order, outcome }: Report & { readonly ok: true }, at: number): Chronicle {
  // Nothing was ever published, and that is no more than the beginning.
  if (outcome === undefined) return before;
  const { change, problems, read, milliseconds, stages, generation, nextDue } = outcome;
  const { put, drop, stamps } = change;
  const changed = put.length + drop.length + stamps.length;
  const { failure: _, nextDue: __, ...rest } = before;
  return {
    ...rest,
    refreshes: [...before.refreshes, { at, order, ok: true, milliseconds, stages, read, changed }].slice(-remembered),
    refusals: before.refusals.map((refusal) => (refusal.until === undefined ? { ...refusal, until: at } : refusal)),
    problems: toStanding(before.problems, problems, at),
    edition: { since: changed > 0 ? at : (before.edition?.since ?? at), generation },
    ...(nextDue === undefined ? {} : { nextDue }),
  };
}

function afterFailure(
  before: Chronicle,
  { order, message, isRefusal = false, canBeAllowed = false }: Report & { readonly ok: false },
  at: number,
): Chronicle {
  const { since = at, times = 0 } = before.failure ?? {};
  const open = before.refusals.at(-1);
  const isKnown = open !== undefined && open.until === undefined && open.message === message;
  const refusals = isRefusal && !isKnown ? [...before.refusals, { since: at, message }] : before.refusals;
  const { nextDue, ...rest } = before;
  return {
    ...rest,
    refreshes: [...before.refreshes, { at, order, ok: false, message }].slice(-remembered),
    failure: { since, times: times + 1, message, isRefusal, canBeAllowed },
    refusals: refusals.slice(-rememberedRefusals),
    // What this was to bring waits for the cron schedule.
    ...(nextDue !== undefined && nextDue > at ? { nextDue } : {}),
  };
}

/** A problem that only moved to another line is the same one. */
function toStanding(
  known: readonly StandingProblem[],
  problems: readonly Problem[],
  at: number,
): readonly StandingProblem[] {
  const keyOf = ({ line: _, ...problem }: Problem): string => formatProblem(problem);
  const since = new Map(known.map((problem) => [keyOf(problem), problem.since]));
  return problems.map((problem) => ({ ...problem, since: since.get(keyOf(problem)) ?? at }));
}
