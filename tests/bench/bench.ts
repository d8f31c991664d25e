import { cpus, loadavg, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { reportArchives } from './archive-report.ts';
import { checkConsistency } from './consistency.ts';
import { type Contenders, linecasterName, startContenders } from './contenders.ts';
import { measureCounting } from './counting.ts';
import { show, spreadOf } from './cpu.ts';
import { reportGenerators } from './generators-report.ts';
import { type Latency, measureOpenLoop } from './open-loop.ts';
import { measurePolls, type PollFigures } from './poll.ts';
import { measureRefresh } from './refresh.ts';
import { replayDay } from './replay.ts';
import { reportSoak } from './soak-report.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    articles: { type: 'string' },
    rounds: { type: 'string' },
    minutes: { type: 'string', default: '10' },
    rate: { type: 'string' },
    corpus: { type: 'string' },
    'no-export': { type: 'boolean', default: false },
  },
});
const sizes = values.articles?.split(',').map(Number);
const articles = sizes?.[0] ?? 10_000;
const sections: Readonly<Record<string, () => Promise<void>>> = { refresh, polls, import: open, consistency, counting };
/** What takes many minutes runs only when it is named. */
const longSections: typeof sections = { archive, generators, soak };
const unknown = positionals.find((name) => !Object.hasOwn({ ...sections, ...longSections }, name));
if (unknown !== undefined) {
  const known = Object.keys({ ...sections, ...longSections }).join(', ');
  throw new Error(`bench: expected one of ${known}, found ${unknown}`);
}
const print = (line: string): void => void process.stdout.write(`${line}\n`);

print(
  `${cpus().length} cores (${cpus()[0]?.model}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, load ${loadavg()[0]!.toFixed(1)}`,
);
for (const [name, section] of Object.entries(sections)) {
  if (positionals.length === 0 || positionals.includes(name)) await section();
}
for (const [name, section] of Object.entries(longSections)) if (positionals.includes(name)) await section();

async function refresh(): Promise<void> {
  print(`\nRefresh of ${articles} Markdown articles of 4 kB`);
  const { first, unchanged, oneChanged, restore } = await measureRefresh(articles, 5);
  const line = (values: readonly number[]): string =>
    `${show(spreadOf(values), 0)} ms, 1/${(first / spreadOf(values).median).toFixed(0)} of the first`;
  print(`  first                ${first.toFixed(0)} ms`);
  print(`  nothing changed      ${line(unchanged)}`);
  print(`  one file changed     ${line(oneChanged)}`);
  print(`  start from the store ${restore.toFixed(0)} ms`);
}

async function polls(): Promise<void> {
  const contenders = await startContenders();
  try {
    const figures = await measurePolls(contenders.all, { rounds: Number(values.rounds ?? 7), milliseconds: 600 });
    for (const kind of new Set(figures.map((one) => one.kind))) {
      printPolls(
        kind,
        figures.filter((one) => one.kind === kind),
      );
    }
    await day(contenders);
  } finally {
    await contenders.stop();
  }
}

function printPolls(kind: string, figures: readonly PollFigures[]): void {
  const own = figures.find(({ server }) => server === linecasterName)!.cpu.median;
  print(`\n${kind}: requests a second; CPU microseconds for each; how much of that Linecaster's is`);
  for (const { server, perSecond, cpu } of figures) {
    const columns = [server.padEnd(36), show(perSecond, 0).padEnd(28), show(cpu, 1).padEnd(26)];
    print(`  ${columns.join('')}${(own / cpu.median).toFixed(3)}`);
  }
}

async function day(contenders: Contenders): Promise<void> {
  // With fewer, most of what is counted is code that V8 has yet to make fast.
  const sample = 1000;
  print(`\nA day of a million subscribers, from a sample of ${sample}: for each subscriber; for all`);
  for (const { server, bytes, cpuMicroseconds, polls: count, statuses } of await replayDay(contenders, sample)) {
    const seconds = cpuMicroseconds.toFixed(0);
    const all = `${(bytes / 1000).toFixed(0)} GB, ${cpuMicroseconds.toFixed(0)} CPU s`;
    const answers = Object.entries(statuses).map(
      ([status, n]) => `${((n * 100) / (count * sample)).toFixed(0)} % ${status}`,
    );
    print(`  ${server.padEnd(36)}${(bytes / 1000).toFixed(1)} kB, ${seconds} CPU µs; ${all}; ${answers.join(', ')}`);
  }
}

async function open(): Promise<void> {
  print(`\n300 requests a second while ${articles} changed articles are refreshed`);
  const { seconds, own, loop, control } = await measureOpenLoop(articles, 300);
  const latency = ({ p50, p99, max }: Latency): string =>
    `median ${p50.toFixed(1)} ms, 99 % ${p99.toFixed(1)} ms, longest ${max.toFixed(1)} ms`;
  print(`  ${own.requests} requests in a refresh of ${seconds.toFixed(1)} s, ${own.failed} failed`);
  print(`  latency:    ${latency(own)}`);
  print(`  event loop: 99 % ${loop.p99.toFixed(1)} ms, longest ${loop.max.toFixed(1)} ms`);
  print(`  a server that only answers, beside it: ${latency(control)}`);
}

async function consistency(): Promise<void> {
  print('\n100000 answers while files change ten times a second');
  const { versions, statuses, faults } = await checkConsistency({ answers: 100_000, versions: 50 });
  const answers = Object.entries(statuses).map(([status, count]) => `${count} × ${status}`);
  print(`  ${answers.join(', ')}; ${versions} versions of documents; ${faults.length} faults`);
  for (const fault of faults.slice(0, 10)) print(`  ${fault}`);
}

async function counting(): Promise<void> {
  const rounds = Number(values.rounds ?? 20);
  print(`\nCounting who reads: CPU microseconds for a 304, in ${rounds} rounds with and without`);
  const figures = await measureCounting(rounds);
  print(`  with STATS=true      ${show(figures.counting, 2)}`);
  print(`  with STATS=false     ${show(figures.silent, 2)}`);
  print(`  difference           ${show(figures.difference, 2)}`);
  print(`  the counting alone   ${show(figures.kept, 2)}; on a new connection for each ${show(figures.fresh, 2)}`);
}

function archive(): Promise<void> {
  const options = { sizes: sizes ?? [1000, 10_000, 100_000], keep: values.corpus, noExport: values['no-export'] };
  return reportArchives(options, print);
}

function generators(): Promise<void> {
  return reportGenerators(sizes ?? [1000, 10_000], Number(values.rounds ?? 3), print);
}

function soak(): Promise<void> {
  return reportSoak(Number(values.minutes), values.rate === undefined ? undefined : Number(values.rate), print);
}
