import nodeCron, { type Logger, type ScheduledTask } from 'node-cron';
import { onClockSet } from './lib/clock-set.ts';

/** Timers fire at once beyond this delay. */
const longestTimer = 2 ** 31 - 1;

/** A refresh that comes by itself: on the cron schedule, and at the times set with `wakeAt`. */
export type Schedule = {
  /** Milliseconds since 1970 of the next cron run. */
  readonly nextRun: () => number | undefined;
  /** Runs once more at this instant; replaces the instant set before. */
  readonly wakeAt: (at: number | undefined) => void;
  readonly stop: () => Promise<void>;
};

/**
 * Runs `run` on the cron expression in `timezone`; runs that overlap are left out. When the clock is set, it runs at
 * once, and what is to come is reckoned anew.
 */
export function startSchedule(
  expression: string,
  timezone: string,
  run: () => Promise<unknown>,
  logger: Logger,
): Schedule {
  const start = (): ScheduledTask =>
    nodeCron.schedule(expression, run, { timezone, noOverlap: true, logger, suppressMissedWarning: true });
  let task = start();
  let timer: NodeJS.Timeout | undefined;
  let wake: number | undefined;
  const wakeAt = (at: number | undefined): void => {
    clearTimeout(timer);
    wake = at;
    if (at === undefined) return;
    const delay = at - Date.now();
    const ring = (): void => {
      if (delay > longestTimer) wakeAt(at);
      else {
        wake = undefined;
        void run();
      }
    };
    timer = setTimeout(ring, Math.min(Math.max(delay, 0), longestTimer));
  };
  const forgetClock = onClockSet(() => {
    void task.destroy();
    task = start();
    wakeAt(wake);
    void run();
  });
  return {
    nextRun: () => task.getNextRun()?.getTime(),
    wakeAt,
    stop: async () => {
      forgetClock();
      clearTimeout(timer);
      await task.destroy();
    },
  };
}

/**
 * RSS's `ttl` for a cron expression: the smallest gap between two runs of a day in whole minutes, 5 to 60. It comes
 * from the expression alone, so that it never moves.
 */
export function ttlOf(expression: string): number {
  const { hour, minute } = nodeCron.parse(expression);
  const times = hour.flatMap((h) => minute.map((m) => h * 60 + m)).toSorted((a, b) => a - b);
  const gaps = times.map((time, index) => (times[index + 1] ?? times[0]! + 24 * 60) - time);
  return Math.min(Math.max(Math.min(...gaps), 5), 60);
}
