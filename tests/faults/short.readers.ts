import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Cluster, startCluster } from '../postgres/cluster.ts';
import { toRandom } from '../year/random.ts';
import { type Figures, runCampaign } from './campaign.ts';

const seed = Date.now() % 1_000_000;

let cluster: Cluster;
beforeAll(() => {
  cluster = startCluster();
});
afterAll(() => cluster.remove());

function look(figures: Figures): void {
  console.log(JSON.stringify({ seed, ...figures }, undefined, 1));
  expect(figures.faults).toEqual([]);
  expect(figures.failed).toBe(0);
  expect(figures.polls).toBeGreaterThan(1000);
}

const options = { timeout: 600_000, retry: 0 };

test(
  'whatever befalls a server on SQLite, feeds are answered throughout and the next article is published',
  options,
  async () => {
    look(await runCampaign({ rounds: 1, random: toRandom(seed) }));
  },
);

test('a store that is cut off or overwritten costs no poll and no article', options, async () => {
  look(await runCampaign({ rounds: 1, random: toRandom(seed), damages: true }));
});

test('on Postgres, which is restarted, it is the same', options, async () => {
  const database = { ...cluster, url: cluster.newDatabase() };
  // What is done to processes is the same, and three of them are killed by tests/postgres.
  const only = ['Postgres', 'terminated'];
  look(await runCampaign({ rounds: 1, random: toRandom(seed), only, database }));
});
