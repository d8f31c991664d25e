import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Ledger } from '../../src/store/ledger.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import type { Store } from '../../src/store/store.ts';
import { testStore } from '../store/contract.ts';
import { type Cluster, startCluster } from './cluster.ts';

let cluster: Cluster;
beforeAll(() => {
  cluster = startCluster();
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
  const ledger = new Ledger(await first.load());
  ledger.putSetting('a', 'b');
  await new Promise((resolve) => setTimeout(resolve, 300));
  await ledger.save(first);
  await heard;
  expect(await second.generation()).toBe(generation + 1);
  await Promise.all([first.close(), second.close()]);
});

test('what one writes is there when the others hear of it, however long the commit takes', async () => {
  const url = cluster.newDatabase();
  const [first, second] = [openPostgres(url), openPostgres(url)];
  const ledger = new Ledger(await first.load());
  const sql = postgres(url);
  await sql.unsafe(`
    create function dawdle() returns trigger language plpgsql as $$ begin perform pg_sleep(0.4); return null; end $$;
    create constraint trigger dawdle after insert on settings deferrable initially deferred
      for each row execute function dawdle();`);
  const found = new Promise<number>((resolve) => {
    let calls = 0;
    void second.onWrite(() => {
      calls += 1;
      // The first call says only that it listens.
      if (calls === 2) resolve(second.generation());
    });
  });
  await new Promise((resolve) => setTimeout(resolve, 300));
  ledger.putSetting('a', 'b');
  await ledger.save(first);
  expect(await found).toBe(ledger.generation);
  await Promise.all([first.close(), second.close(), sql.end()]);
});

test('of two processes that ask at once, each notice is had by one', async () => {
  const url = cluster.newDatabase();
  const stores = [openPostgres(url), openPostgres(url)];
  const ledger = new Ledger(await stores[0]!.load());
  const topics = Array.from({ length: 60 }, (_, n) => `https://news.example.com/tags/${n}/rss.xml`);
  const times = { created: 1, due: 1 };
  ledger.putNotices(
    topics.map((topic) => ({ kind: 'websub', target: 'https://hub.example', topic, body: '', ...times })),
  );
  await ledger.save(stores[0]!);
  const had: string[] = [];
  const ask = async ({ outbox }: Store): Promise<void> => {
    while (had.length < topics.length) {
      const notice = await outbox.claim(2, 60_000);
      if (notice !== undefined) had.push(notice.topic);
    }
  };
  await Promise.all([...stores, ...stores, ...stores].map(ask));
  expect(had.toSorted()).toEqual(topics.toSorted());
  await Promise.all(stores.map((store) => store.close()));
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
