import type { Outbox, PendingNotice } from '../store/notice.ts';
import { deliver } from './deliver.ts';

/** A notice that nobody took for this long is given up. */
const patienceMilliseconds = 24 * 3600 * 1000;

const firstRetryMilliseconds = 15_000;

/** Who asks for less by Retry-After, or for nothing as some caches do, is not to be asked without a pause. */
const shortestRetryMilliseconds = 1000;

const longestRetryMilliseconds = 3600 * 1000;

/** How long one try may take, redirects and all. */
const longestTryMilliseconds = 20_000;

/** A claim outlasts the wait for others and a try; a process that dies holding one lets it go by itself. */
const holdMilliseconds = 40_000;

/** A post that is under way when the process is told to end may take this long: who got it should be known. */
const farewellMilliseconds = 2000;

/** How many posts are under way at once. */
const lanes = 8;

/** Says what lies in the outbox to whom it may concern. */
export type Pusher = {
  /** Looks into the outbox: after an edition was swapped in, and after a start. */
  readonly wake: () => void;
  readonly close: () => Promise<void>;
};

/** Starts a pusher; it keeps itself awake for retries. `onFault` hears of a broken outbox. */
export function startPusher(
  outbox: Outbox,
  options: { readonly secret?: string | undefined; readonly onFault: (error: Error) => void },
): Pusher {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  const closing = new AbortController();
  let isClosing = false;
  let isWokenAgain = false;

  const round = async (): Promise<void> => {
    isWokenAgain = false;
    const claim = oneByOne(() => outbox.claim(Date.now(), holdMilliseconds));
    await Promise.all(Array.from({ length: lanes }, () => lane(claim)));
    const next = await outbox.nextDue();
    if (next !== undefined && !isClosing) sleepUntil(next);
  };
  // Each is claimed when its post begins: one that waited for slow hubs could be another's by then.
  const lane = async (claim: () => Promise<PendingNotice | undefined>): Promise<void> => {
    while (!isClosing) {
      const claimedAt = performance.now();
      const notice = await claim();
      if (notice === undefined) return;
      // Who is told comes at once, and a balancer may send it to the slowest replica.
      await outbox.settled(() => isClosing);
      if (isClosing) return outbox.release(notice);
      // Of a process that stood still meanwhile another has taken it over by now.
      if (performance.now() - claimedAt > holdMilliseconds - longestTryMilliseconds) continue;
      const began = Date.now();
      const delivery = await deliver(notice, options.secret, closing.signal);
      if (delivery.ok) await outbox.taken(notice, began);
      else await outbox.failed(notice, delivery.error, retryAt(notice, delivery.retryAfter, Date.now()));
    }
  };
  const sleepUntil = (at: number): void => {
    clearTimeout(timer);
    timer = setTimeout(wake, Math.min(Math.max(at - Date.now(), 50), 2 ** 31 - 1));
    timer.unref();
  };
  const wake = (): void => {
    if (isClosing) return;
    if (running !== undefined) {
      isWokenAgain = true;
      return;
    }
    running = round()
      .catch((error: Error) => {
        options.onFault(error);
        sleepUntil(Date.now() + firstRetryMilliseconds);
      })
      .finally(() => {
        running = undefined;
        if (isWokenAgain) wake();
      });
  };
  return {
    wake,
    close: async () => {
      isClosing = true;
      clearTimeout(timer);
      const patience = setTimeout(() => closing.abort(), farewellMilliseconds);
      await running;
      clearTimeout(patience);
    },
  };
}

/** The same, but a call begins when the one before has ended: at once, two would find the same notice. */
function oneByOne<T>(work: () => Promise<T>): () => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return () => {
    const turn = last.then(work);
    last = turn;
    return turn;
  };
}

/**
 * When to try again: twice as long after each failure, spread by jitter, or when the other side asked for it, but for
 * what is too soon; undefined after a day of failures.
 */
export function retryAt(
  notice: Pick<PendingNotice, 'tries' | 'created'>,
  retryAfter: number | undefined,
  now: number,
): number | undefined {
  const waitFrom = (first: number): number => Math.min(first * 2 ** notice.tries, longestRetryMilliseconds);
  const wait =
    retryAfter === undefined
      ? waitFrom(firstRetryMilliseconds) * (0.75 + Math.random() / 2)
      : Math.max(waitFrom(shortestRetryMilliseconds), retryAfter * 1000);
  const at = now + wait;
  return at - notice.created > patienceMilliseconds ? undefined : Math.round(at);
}
