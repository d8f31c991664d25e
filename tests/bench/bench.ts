import { cpus, totalmem } from 'node:os';
import { measureRefresh } from './refresh.ts';

const count = Number(process.argv[2] ?? 10_000);
const machine = `${cpus().length} cores (${cpus()[0]?.model}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;

function spread(milliseconds: readonly number[]): string {
  const sorted = milliseconds.toSorted((a, b) => a - b);
  const [low, middle, high] = [sorted[0]!, sorted[Math.floor(sorted.length / 2)]!, sorted.at(-1)!];
  return `${middle.toFixed(0)} ms (${low.toFixed(0)} to ${high.toFixed(0)})`;
}

process.stdout.write(`${machine}\n\nRefresh of ${count} Markdown articles of 4 kB\n`);
const figures = await measureRefresh(count, 5);
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
process.stdout.write(`  first                ${figures.first.toFixed(0)} ms
  nothing changed      ${spread(figures.unchanged)}, 1/${(figures.first / median(figures.unchanged)).toFixed(0)} of the first
  one file changed     ${spread(figures.oneChanged)}, 1/${(figures.first / median(figures.oneChanged)).toFixed(0)} of the first
  start from the store ${figures.restore.toFixed(0)} ms
`);
