import { parseArgs } from 'node:util';
import { startCluster } from '../postgres/cluster.ts';
import { toRandom } from '../year/random.ts';
import { runCampaign } from './campaign.ts';
import { kinds } from './kinds.ts';

const usage = `Usage: npm run faults [-- [--rounds N] [--seed S] [--only WORD,…] [--postgres]]

Breaks a server in every way there is while an editor saves and readers poll. In each round comes each of:
  ${kinds.map(({ name }) => name).join('\n  ')}
`;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    only: { type: 'string' },
    postgres: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
if (values.help) {
  process.stdout.write(usage);
  process.exit(0);
}
const print = (line: string): void => void process.stdout.write(`${line}\n`);
print(`seed ${values.seed}`);
const cluster = values.postgres ? startCluster() : undefined;
process.once('exit', () => cluster?.remove());
const figures = await runCampaign({
  rounds: Number(values.rounds),
  database: cluster && { ...cluster, url: cluster.newDatabase() },
  random: toRandom(Number(values.seed)),
  only: values.only?.split(','),
  onProgress: print,
});
print(JSON.stringify(figures, undefined, 1));
process.exit(figures.faults.length > 0 ? 1 : 0);
