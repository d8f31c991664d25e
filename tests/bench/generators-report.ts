import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { show, spreadOf } from './cpu.ts';
import { measureGenerators } from './generators.ts';
import type { Run } from './sites/run.ts';

/** Measures and prints how other programs fare with the same corpora. */
export async function reportGenerators(
  sizes: readonly number[],
  rounds: number,
  print: (line: string) => void,
): Promise<void> {
  for (const articles of sizes) {
    const work = mkdtempSync(join(tmpdir(), 'linecaster-bench-'));
    try {
      const { sites, missing } = await measureGenerators(work, articles, rounds);
      print(`\n${articles} articles of 4 kB, feeds of the newest 50 and of 40 tags`);
      print('  everything; peak memory; one new article after that; each as a multiple of the first line');
      const own = sites[0]!;
      for (const { name, anew, again } of sites) {
        const columns = [toTimes(anew, own.anew, 40), toMemory(anew, own.anew, 20), toTimes(again, own.again, 0)];
        print(`  ${name.padEnd(32)}${columns.join('')}`);
      }
      for (const name of missing) print(`  ${name.padEnd(32)}is not installed here`);
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  }
}

function toTimes(runs: readonly Run[], own: readonly Run[], width: number): string {
  const times = spreadOf(runs.map(({ milliseconds }) => milliseconds / 1000));
  const ratio = ratioOf(runs, own, ({ milliseconds }) => milliseconds);
  return `${show(times, 2)} s × ${ratio.toFixed(2)}`.padEnd(width);
}

function toMemory(runs: readonly Run[], own: readonly Run[], width: number): string {
  const { median } = spreadOf(runs.map(({ peak }) => peak));
  return `${median.toFixed(0)} MB × ${ratioOf(runs, own, ({ peak }) => peak).toFixed(2)}`.padEnd(width);
}

/** The median over the rounds: what is set against each other was measured at nearly the same time. */
function ratioOf(runs: readonly Run[], own: readonly Run[], measure: (run: Run) => number): number {
  return spreadOf(runs.map((run, round) => measure(run) / measure(own[round]!))).median;
}
