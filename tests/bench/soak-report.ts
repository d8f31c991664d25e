import { type Sample, soak } from './soak.ts';

type Measure = { readonly name: string; readonly of: (sample: Sample) => number | undefined; readonly limit: number };

/** How much more each may be at the end of the second half than at its beginning, in parts of the mean. */
const measures: readonly Measure[] = [
  { name: 'resident memory', of: ({ resident }) => resident, limit: 0.05 },
  { name: 'heap of the main thread', of: ({ heap }) => heap, limit: 0.1 },
  { name: 'median latency', of: ({ p50 }) => p50, limit: 0.2 },
  { name: '99 % latency', of: ({ p99 }) => p99, limit: 0.2 },
];

/** Soaks the server, prints each minute, and says of memory and latency whether they stay flat. */
export async function reportSoak(
  minutes: number,
  asked: number | undefined,
  print: (line: string) => void,
): Promise<void> {
  const load = asked === undefined ? 'at half of what server and client manage' : `${asked} times a second`;
  print(`\n${minutes} minutes of an edit a second, polled ${load}`);
  const { capacity, rate, edits, samples } = await soak(minutes, asked, (minute) => print(`  ${toLine(minute)}`));
  const polls = samples.reduce((sum, { count }) => sum + count, 0);
  const failed = samples.reduce((sum, one) => sum + one.failed, 0);
  print(`  ${edits} edits; ${polls} polls at ${rate} of ${capacity.toFixed(0)} a second, ${failed} failed`);
  const late = samples.slice(Math.floor(samples.length / 2));
  for (const { name, of, limit } of measures) {
    const measured = late.filter((sample) => of(sample) !== undefined);
    const growth = growthOf(
      measured.map(({ seconds }) => seconds),
      measured.map((sample) => of(sample)!),
    );
    const verdict = growth > limit ? `NOT FLAT: expected ${percent(limit)} at most` : 'flat';
    print(`  ${name.padEnd(24)}${percent(growth)} over the second half: ${verdict}`);
  }
}

function toLine(minute: readonly Sample[]): string {
  const mean = (of: (sample: Sample) => number): number =>
    minute.reduce((sum, one) => sum + of(one), 0) / minute.length;
  const memory = `${mean(({ resident }) => resident).toFixed(0)} MB resident, heap ${minute.at(-1)!.heap!.toFixed(1)} MB`;
  const latency = `median ${mean(({ p50 }) => p50).toFixed(2)} ms, 99 % ${mean(({ p99 }) => p99).toFixed(1)} ms`;
  const failed = minute.reduce((sum, one) => sum + one.failed, 0);
  return `minute ${String(minute.at(-1)!.seconds / 60).padStart(2)}: ${memory}; ${latency}; ${failed} failed`;
}

/**
 * By how much the values rise from the first to the last, in parts of their mean: the slope is the median of those
 * between all pairs (Theil and Sen), which a few seconds of a busy machine do not move.
 */
function growthOf(times: readonly number[], values: readonly number[]): number {
  const slopes = times.flatMap((time, index) =>
    times.slice(index + 1).map((later, step) => (values[index + 1 + step]! - values[index]!) / (later - time)),
  );
  const slope = slopes.toSorted((a, b) => a - b)[Math.floor(slopes.length / 2)] ?? 0;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return (slope * (times.at(-1)! - times[0]!)) / mean;
}

function percent(part: number): string {
  return `${part < 0 ? '' : '+'}${(part * 100).toFixed(1)} %`;
}
