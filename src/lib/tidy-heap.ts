import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** So many bytes that work has left behind are worth the fraction of a second that it takes to let go of them. */
const much = 24 * 2 ** 20;

let kept = 0;

/** A thread that had nothing to do for so many milliseconds is not expected to be asked at once. */
const restMilliseconds = 1000;

let rest: NodeJS.Timeout | undefined;

/** Tidies the calling thread's heap when it has rested: to be called whenever it has done something. */
export function tidyAtRest(least: number = much): void {
  clearTimeout(rest);
  rest = setTimeout(tidyHeap, restMilliseconds, least).unref();
}

/**
 * Gives memory back to the system after an import, or after an archive was read. Left to itself a thread that has
 * nothing to do keeps what it once needed. Only where more than `least` bytes have come since the last time.
 */
function tidyHeap(least: number): void {
  if (getHeapStatistics().total_heap_size - kept < least) return;
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as (options: object) => void;
  // What the first time moves together, the second gives back.
  for (let time = 0; time < 2; time += 1) collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  kept = getHeapStatistics().total_heap_size;
}
