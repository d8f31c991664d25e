import type { Outbox, PendingNotice } from '../store/notice.ts';
import { deliver } from './deliver.ts';

/** A notice that nobody took for this long is given up. */
const patienceMilliseconds = 24 * 3600 * 1000;

const firstRetryMilliseconds = 15_000;
const longestRetryMilliseconds = 3600 * 1000;

/** A claim outlasts every try, redirects and all; a process that dies holding one lets it go by itself. */
const holdMilliseconds = 60_000;

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
  let isWokenAgain = false;

  const round = async (): Promise<void> => {
    do {
      isWokenAgain = false;
      const due = [...(await outbox.claim(Date.now(), holdMilliseconds))];
      await Promise.all(Array.from({ length: lanes }, () => lane(due)));
    } while (isWokenAgain && !closing.signal.aborted);
    const next = await outbox.nextDue();
    if (next !== undefined && !closing.signal.aborted) sleepUntil(next);
  };
  const lane = async (due: PendingNotice[]): Promise<void> => {
    for (let notice = due.shift(); notice !== undefined && !closing.signal.aborted; notice = due.shift()) {
      const delivery = await deliver(notice, options.secret, closing.signal);
      if (delivery.ok) await outbox.taken(notice);
      else await outbox.failed(notice, delivery.error, retryAt(notice, delivery.retryAfter, Date.now()));
    }
  };
  const sleepUntil = (at: number): void => {
    clearTimeout(timer);
    timer = setTimeout(wake, Math.min(Math.max(at - Date.now(), 50), 2 ** 31 - 1));
    timer.unref();
  };
  const wake = (): void => {
    if (closing.signal.aborted) return;
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
      closing.abort();
      clearTimeout(timer);
      await running;
    },
  };
}

/** When to try again: twice as long after each failure, spread by jitter; undefined after a day of failures. */
export function retryAt(
  notice: Pick<PendingNotice, 'tries' | 'created'>,
  retryAfter: number | undefined,
  now: number,
): number | undefined {
  const wait = Math.min(firstRetryMilliseconds * 2 ** notice.tries, longestRetryMilliseconds);
  const at = now + (retryAfter === undefined ? wait * (0.75 + Math.random() / 2) : retryAfter * 1000);
  return at - notice.created > patienceMilliseconds ? undefined : Math.round(at);
}
