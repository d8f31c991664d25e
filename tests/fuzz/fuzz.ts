import { parseArgs } from 'node:util';
import { fuzzData } from './data-campaign.ts';
import { fuzzHttp } from './http-campaign.ts';
import { measureLengths } from './lengths.ts';
import type { CampaignFigures } from './rounds.ts';
import { startWatchdog } from './watchdog.ts';

const usage = `Usage: npm run fuzz -- data|http|lengths [--cases N] [--seed S]

  data     files of any bytes through readers, store and renderers
  http     requests of any bytes to a server
  lengths  how the time to read a file grows with its length, for every shape that is known to be hostile
A fault is printed with the seed that brings it back: --seed S --cases 1
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { cases: { type: 'string', default: '100000' }, seed: { type: 'string' } },
});
const campaigns: Readonly<Record<string, typeof fuzzData>> = {
  data: fuzzData,
  http: fuzzHttp,
  lengths: measureLengths,
};
const [name = ''] = positionals;
const campaign = campaigns[name];
if (campaign === undefined) {
  process.stderr.write(usage);
  process.exit(2);
}

const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 30));
const started = performance.now();
const alive = startWatchdog(`${name}: nothing has moved for a minute`);
process.stdout.write(`${name}: seed ${seed}\n`);
let told = 0;
const figures = await campaign(
  {
    seed,
    cases: Number(values.cases),
    onProgress: (done) => {
      alive(done);
      if (done - told < 5000) return;
      told = done;
      process.stdout.write(`  ${done} cases, ${Math.round((performance.now() - started) / 1000)} s\n`);
    },
  },
  1000,
);
print(figures);
process.exit(figures.faults.length > 0 ? 1 : 0);

function print({ cases, faults, slowest }: CampaignFigures): void {
  for (const fault of faults) process.stdout.write(`${fault}\n\n`);
  const seconds = Math.round((performance.now() - started) / 1000);
  process.stdout.write(
    `${name}: ${cases} cases in ${seconds} s, ${faults.length} faults; the slowest took ${Math.round(slowest.milliseconds)} ms (seed ${slowest.seed})\n`,
  );
}
