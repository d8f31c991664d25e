import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPostgres } from '../../src/store/postgres.ts';
import { testStore } from '../store/contract.ts';
import { type Cluster, startCluster } from './cluster.ts';

let cluster: Cluster;
beforeAll(() => {
  cluster = startCluster(54_311);
});
afterAll(() => cluster.remove());

testStore(async () => {
  const url = cluster.newDatabase();
  return { store: openPostgres(url), again: () => openPostgres(url) };
});

test('one of several leads, and another takes over when it has gone', async () => {
  const url = cluster.newDatabase();
  const [first, second] = [openPostgres(url), openPostgres(url)];
  expect([await first.lead(), await second.lead(), await first.lead()]).toEqual([true, false, true]);
  await first.close();
  expect(await second.lead()).toBe(true);
  await second.close();
});

test('what one writes the others hear of', async () => {
  const url = cluster.newDatabase();
  const [first, second] = [openPostgres(url), openPostgres(url)];
  const { generation } = await first.load();
  const heard = new Promise<void>((resolve) => void second.onWrite(resolve));
  await second.generation();
  const { Ledger } = await import('../../src/store/ledger.ts');
  const ledger = new Ledger(await first.load());
  ledger.putSetting('a', 'b');
  await new Promise((resolve) => setTimeout(resolve, 300));
  await ledger.save(first);
  await heard;
  expect(await second.generation()).toBe(generation + 1);
  await Promise.all([first.close(), second.close()]);
});

test('a database that is away is said to be, and works again when it is back', async () => {
  const store = openPostgres(cluster.newDatabase());
  await store.load();
  cluster.stop();
  await expect(store.settings()).rejects.toThrow(/^store: cannot read: /);
  cluster.start();
  expect(await store.generation()).toBe(0);
  await store.close();
});
