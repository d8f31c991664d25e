import type { IncomingMessage } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { textAnswer } from '../../src/http/answer.ts';
import { type Batch, figureAt } from '../../src/stats/batch.ts';
import { type Counter, openCounter } from '../../src/stats/counter.ts';
import { estimate } from '../../src/stats/sketch.ts';
import { openVisits } from '../../src/stats/visits.ts';
import { type FigureName, figureNames } from '../../src/store/readership.ts';

const noon = Date.UTC(2026, 1, 8, 12) / 1000;
const answer = textAnswer(304, '');
const document = { path: '/rss.xml', identity: new Uint8Array(1000) };

function open(saltOf: (day: string) => readonly [number, number] = (day) => [Number(day.slice(-2)), 2]): {
  counter: Counter;
  batches: Batch[];
} {
  const batches: Batch[] = [];
  const counter = openCounter({ proxies: 0, saltOf, emit: async (batch) => void batches.push(batch) });
  return { counter, batches };
}

function ask(
  counter: Counter,
  second: number,
  address = '203.0.113.1',
  of: { readonly path: string } = document,
): void {
  const request = {
    headers: { 'user-agent': 'curl/8.5.0' },
    socket: { remoteAddress: address },
    method: 'GET',
    url: of.path,
  };
  counter.count(request as unknown as IncomingMessage, of, answer, { second, age: 300, shared: '', own: '' });
}

const sum = (batches: readonly Batch[], name: FigureName): number =>
  batches.flatMap(({ tallies }) => tallies).reduce((all, { figures }) => all + figures[figureAt[name]]!, 0);
const hoursAfter = (batches: readonly Batch[]): readonly number[] => batches.map(({ hour }) => hour - noon / 3600);

test('what was polled in an hour is handed on as that hour’s, when the next one begins', async () => {
  const { counter, batches } = open();
  ask(counter, noon);
  ask(counter, noon + 3599);
  expect(batches).toEqual([]);
  ask(counter, noon + 3600);
  expect([hoursAfter(batches), sum(batches, 'unmodified')]).toEqual([[0], 2]);
  await counter.flush();
  expect([hoursAfter(batches), sum(batches, 'unmodified')]).toEqual([[0, 1], 3]);
  await counter.flush();
  expect(batches.length).toBe(2);
});

test('the time between two polls of a client is measured against the max-age that it was told', async () => {
  const { counter, batches } = open();
  for (const second of [0, 299, 299 + 300, 5000]) ask(counter, noon + second);
  ask(counter, noon + 5001, '203.0.113.2');
  // Another document of the same feed is another matter.
  ask(counter, noon + 5002, '203.0.113.1', { path: '/atom.xml' });
  await counter.flush();
  expect([sum(batches, 'gaps'), sum(batches, 'waited'), sum(batches, 'early')]).toEqual([3, 5000, 1]);
});

test('an interval goes on over a minute’s end, an hour’s and a new edition, and ends with the day', async () => {
  const { counter, batches } = open();
  ask(counter, noon);
  await counter.flush();
  ask(counter, noon + 600, '203.0.113.1', { ...document });
  ask(counter, noon + 7200, '203.0.113.1', { ...document });
  expect(sum(batches, 'gaps')).toBe(1);
  await counter.flush();
  expect([sum(batches, 'gaps'), sum(batches, 'waited')]).toEqual([2, 7200]);
  ask(counter, noon + 86_400);
  await counter.flush();
  expect(sum(batches, 'gaps')).toBe(2);
});

test('while the clock goes back polls are counted in the hour that it shows, and no interval is negative', async () => {
  const { counter, batches } = open();
  ask(counter, noon);
  ask(counter, noon - 7200);
  ask(counter, noon + 60);
  await counter.flush();
  expect(hoursAfter(batches)).toEqual([0, -2, 0]);
  expect([sum(batches, 'unmodified'), sum(batches, 'waited')]).toEqual([3, 7260]);
});

test('a secret that comes later tells clients apart from then on', async () => {
  let salt: readonly [number, number] = [1, 2];
  const { counter, batches } = open(() => salt);
  ask(counter, noon);
  salt = [3, 4];
  counter.renew();
  ask(counter, noon + 1);
  ask(counter, noon + 2);
  counter.renew();
  ask(counter, noon + 3);
  await counter.flush();
  expect(sum(batches, 'gaps')).toBe(2);
});

test('what would take too much memory is counted together', async () => {
  const { counter, batches } = open();
  for (let n = 0; n < 20_500; n += 1) ask(counter, noon, '203.0.113.1', { path: `/tags/t${n}/rss.xml` });
  await counter.flush();
  expect(batches[0]!.tallies.length).toBe(20_001);
  expect(sum(batches, 'unmodified')).toBe(20_500);
  expect(batches[0]!.tallies.at(-1)).toMatchObject({ feed: '', format: '', product: 'curl' });
});

test('when more clients come than are remembered, some of them are followed, often and seldom ones alike', () => {
  const visits = openVisits(4096);
  const tally = {
    ...({ feed: 'all', format: 'rss', product: 'curl' } as const),
    ...{ figures: new Float64Array(figureNames.length), sketch: new Map<number, number>(), sayings: new Set<never>() },
  };
  const clients = 40_000;
  let state = 1;
  const random = (): number => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x6d2b79f5;
    return state | 0;
  };
  const all = Array.from({ length: clients }, () => ({ first: random(), second: random() }));
  // Each comes once an hour: none of them is early.
  for (let hour = 0; hour < 12; hour += 1) {
    for (const client of all)
      visits.note(tally, client, 7, { second: noon + hour * 3600, age: 300, shared: '', own: '' });
  }
  const gaps = tally.figures[figureAt.gaps]!;
  expect(gaps).toBeGreaterThan(1000);
  expect(tally.figures[figureAt.early]).toBe(0);
  expect(tally.figures[figureAt.waited]! / gaps).toBe(3600);
  expect(Math.abs(estimate(tally.sketch) - clients)).toBeLessThan(clients * 0.06);
});

test('a document that was polled does not stay in memory until its polls are handed on', async () => {
  const { counter, batches } = open();
  const poll = (): WeakRef<object> => {
    const served = { path: '/tags/ferry/rss.xml', identity: new Uint8Array(1_000_000) };
    ask(counter, noon, '203.0.113.1', served);
    return new WeakRef(served);
  };
  const served = poll();
  // What a WeakRef gave, or was made for, stays until the turn is over.
  await new Promise(setImmediate);
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  expect(served.deref()).toBeUndefined();
  await counter.flush();
  expect(sum(batches, 'unmodified')).toBe(1);
});
