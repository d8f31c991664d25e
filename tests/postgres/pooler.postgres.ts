import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { openPostgres } from '../../src/store/postgres.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { startPooler } from './pooler.ts';

let cluster: Cluster;
beforeAll(() => {
  cluster = startCluster();
});
afterAll(() => cluster.remove());

test('what is asked at once through a pooler that deals out transactions is all answered', async () => {
  const pooler = await startPooler(cluster.newDatabase());
  onTestFinished(pooler.close);
  const store = openPostgres(pooler.url, 3000);
  await store.load();
  for (let round = 0; round < 50; round += 1) {
    const asked = [store.generation(), store.entryAt('/articles/none'), store.generation(), store.entryAt('/none')];
    expect(await Promise.all(asked)).toEqual([0, undefined, 0, undefined]);
  }
  await store.close();
});
