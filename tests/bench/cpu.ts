import { readdirSync, readFileSync } from 'node:fs';

/** CPU time that a process and all its threads have used, in microseconds (Linux). */
export function cpuMicroseconds(pid: number): number {
  let nanoseconds = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    nanoseconds += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]);
  }
  return nanoseconds / 1000;
}

/** Longer than a thread rests before it gives memory back. */
const restMilliseconds = 1500;

/** Waits until a process has nothing left to do of itself. */
export async function untilIdle(pid: number): Promise<void> {
  for (let before = 0, now = cpuMicroseconds(pid); now - before > 10_000; now = cpuMicroseconds(pid)) {
    before = now;
    await new Promise((resolve) => setTimeout(resolve, restMilliseconds));
  }
}

/** The middle value, and the lowest and highest. */
export type Spread = { readonly median: number; readonly low: number; readonly high: number };

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  return { median: sorted[Math.floor(sorted.length / 2)]!, low: sorted[0]!, high: sorted.at(-1)! };
}

/** The middle value, with the lowest and highest in brackets. */
export function show({ median, low, high }: Spread, digits: number): string {
  return `${median.toFixed(digits)} (${low.toFixed(digits)} to ${high.toFixed(digits)})`;
}
