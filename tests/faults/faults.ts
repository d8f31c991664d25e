import { parseArgs } from 'node:util';
import { startCluster } from '../postgres/cluster.ts';
import { toRandom } from '../year/random.ts';
import { type Figures, runCampaign } from './campaign.ts';
import type { Kind } from './kind.ts';
import { damageKinds, kinds } from './kinds.ts';

const usage = `Usage: npm run faults [-- [--rounds N] [--seed S] [--only WORD,…] [--postgres]]

Breaks a server in every way there is while an editor saves and readers poll. In each round comes each of:
  ${[...kinds, ...damageKinds].map(({ name }) => name).join('\n  ')}
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
// Whoever ends the campaign ends all that it has started.
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(1));
const orders = {
  rounds: Number(values.rounds),
  random: toRandom(Number(values.seed)),
  only: values.only?.split(','),
  onProgress: print,
};
let isFaultless = true;
const show = (name: string, figures: Figures): void => {
  print(`${name}: ${JSON.stringify(figures, undefined, 1)}`);
  isFaultless &&= figures.faults.length === 0 && figures.failed === 0;
};
const database = cluster && { ...cluster, url: cluster.newDatabase() };
if (chosen(kinds)) show('the store as it was written', await runCampaign({ ...orders, database }));
// No id can be held to what it was where that is destroyed.
if (!database && chosen(damageKinds)) show('the store destroyed', await runCampaign({ ...orders, damages: true }));
process.exit(isFaultless ? 0 : 1);

function chosen(all: readonly Kind[]): boolean {
  return all.some(({ name }) => orders.only?.some((word) => name.includes(word)) ?? true);
}
