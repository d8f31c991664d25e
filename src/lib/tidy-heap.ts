import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** So many bytes that work has left behind are worth the fraction of a second that it takes to let go of them. */
const much = 64 * 2 ** 20;

let kept = 0;

/**
 * Gives memory back to the system after an import, or after an archive was read. Left to itself a thread that has
 * nothing to do keeps what it once needed.
 */
export function tidyHeap(): void {
  if (getHeapStatistics().total_heap_size - kept < much) return;
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as (options: object) => void)({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  kept = getHeapStatistics().total_heap_size;
}
