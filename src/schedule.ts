import nodeCron from 'node-cron';
import { onClockSet } from './lib/clock-set.ts';

/** Timers fire at once beyond this delay. */
const longestTimer = 2 ** 31 - 1;

/** A refresh that comes by itself: on the cron schedule, and at the times set with `wakeAt`. */
export type Schedule = {
  /** Milliseconds since 1970 of the next cron run. */
  readonly nextRun: () => number;
  /** Runs once more at this instant; replaces the instant set before. */
  readonly wakeAt: (at: number | undefined) => void;
  readonly stop: () => Promise<void>;
};

/**
 * Runs `run` on the cron expression in `timezone`; runs that overlap are left out. When the clock is set, it runs at
 * once, and what is to come is reckoned anew.
 *
 * node-cron reckons when a run is due and the timer is ours: its own looks at each run that was missed, which takes
 * seconds in which nobody is answered when a machine slept over many.
 */
export function startSchedule(expression: string, timezone: string, run: () => Promise<unknown>): Schedule {
  const task = nodeCron.createTask(expression, run, { timezone });
  const nextTurn = (): number => task.getNextRuns(1)[0]!.getTime();
  let turn = nextTurn();
  let wake: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  let running = 0;
  let isStopped = false;
  const start = (): void => {
    running += 1;
    void run().finally(() => {
      running -= 1;
    });
  };
  const arm = (): void => {
    clearTimeout(timer);
    // A refresh that ends later still says when the next is due.
    if (isStopped) return;
    const delay = Math.min(turn, wake ?? turn) - Date.now();
    timer = setTimeout(ring, Math.min(Math.max(delay, 0), longestTimer));
  };
  const ring = (): void => {
    const now = Date.now();
    const isAwaited = wake !== undefined && wake <= now;
    const isTurn = turn <= now;
    if (isAwaited) wake = undefined;
    if (isTurn) turn = nextTurn();
    arm();
    if (isAwaited || (isTurn && running === 0)) start();
  };
  const forgetClock = onClockSet(() => {
    turn = nextTurn();
    arm();
    start();
  });
  arm();
  return {
    nextRun: () => turn,
    wakeAt: (at) => {
      wake = at;
      arm();
    },
    stop: async () => {
      isStopped = true;
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
