import { expect, onTestFinished, test, vi } from 'vitest';
import type { Tally } from '../../src/stats/batch.ts';
import { openKeeper } from '../../src/stats/keeper.ts';
import { openStore } from '../../src/store/open.ts';
import { figureNames } from '../../src/store/readership.ts';
import type { Store } from '../../src/store/store.ts';
import { newFolder } from '../harness.ts';

const hour = Date.UTC(2026, 1, 8, 12) / 3_600_000;
const day = '2026-02-08';

function tally(feed: string, client = 1): Tally {
  const figures = new Float64Array(figureNames.length).fill(1);
  return { feed, format: 'rss', product: 'curl', figures, sketch: new Map([[client, 1]]), sayings: new Set() };
}

const open = (): Store => openStore(`sqlite:${newFolder()}/store.db`);

test('what cannot be written waits for the store, hour by hour, and is then added once', async () => {
  const store = open();
  const faults: string[] = [];
  let isAway = true;
  const keeper = openKeeper(
    () => {
      if (isAway) throw new Error('store: away');
      return store.readership;
    },
    { days: 400, onFault: ({ message }) => faults.push(message) },
  );
  await keeper.take({ hour, tallies: [tally('all', 1)] });
  await keeper.take({ hour, tallies: [tally('all', 2), tally('articles')] });
  await keeper.take({ hour: hour + 1, tallies: [tally('all', 3)] });
  expect(faults).toEqual(['store: away', 'store: away', 'store: away']);
  isAway = false;
  await keeper.close();
  expect((await store.readership.hours(0)).map((one) => [one.hour - hour, one.whole])).toEqual([
    [0, 3],
    [1, 1],
  ]);
  const [row] = await store.readership.rowsOf(day, ['all']);
  expect(row).toMatchObject({ whole: 3, bytes: 3, clients: 3 });
  await store.close();
});

test('a store that takes its time to fail is not tried again before there is more to write', async () => {
  const store = open();
  vi.useFakeTimers({ toFake: ['performance'] });
  onTestFinished(() => void vi.useRealTimers());
  let asked = 0;
  const rowsOf = async (): Promise<never> => {
    asked += 1;
    vi.advanceTimersByTime(5000);
    throw new Error('store: away');
  };
  const keeper = openKeeper(() => ({ ...store.readership, rowsOf }), { days: 400, onFault: () => undefined });
  await keeper.take({ hour, tallies: [tally('all')] });
  expect(asked).toBe(1);
  await keeper.close();
  expect(asked).toBe(2);
  await store.close();
});

test('a full day goes on counting the feeds that it has, and the others together', async () => {
  const store = open();
  const faults: Error[] = [];
  const keeper = openKeeper(() => store.readership, { days: 400, onFault: (error) => faults.push(error) });
  await keeper.take({ hour, tallies: Array.from({ length: 9999 }, (_, n) => tally(`tags/t${n}`)) });
  await keeper.take({ hour, tallies: [tally('tags/t5'), tally('tags/new'), tally('tags/newer')] });
  expect(faults).toEqual([]);
  const rows = await store.readership.rowsOf(day, ['tags/t5', 'tags/new', 'tags/newer', '']);
  expect(rows.map(({ feed, whole }) => [feed, whole]).toSorted()).toEqual([
    ['', 2],
    ['tags/t5', 2],
  ]);
  expect((await store.readership.hours(0))[0]!.whole).toBe(10_002);
  await store.close();
});

test('daily sums are kept as long as they are to be', async () => {
  const store = open();
  const keeper = openKeeper(() => store.readership, { days: 30, onFault: (error) => expect.fail(error.message) });
  for (const days of [0, 29, 30, 31]) await keeper.take({ hour: hour + days * 24, tallies: [tally('all')] });
  const kept = await store.readership.byProduct({ from: '2026-01-01', to: '2026-12-31' });
  expect(kept.map((one) => one.day)).toEqual(['2026-03-09', '2026-03-10', '2026-03-11']);
  await store.close();
});
