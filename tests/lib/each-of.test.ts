import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { eachOf } from '../../src/lib/each-of.ts';

test('a few are worked on at a time, and all of them', async () => {
  let underWay = 0;
  let most = 0;
  const done: number[] = [];
  await eachOf([30, 20, 10, 5, 1], 2, async (milliseconds) => {
    underWay += 1;
    most = Math.max(most, underWay);
    await sleep(milliseconds);
    underWay -= 1;
    done.push(milliseconds);
  });
  expect(done.toSorted((a, b) => a - b)).toEqual([1, 5, 10, 20, 30]);
  expect([most, underWay]).toEqual([2, 0]);
});

test('what fails while the next is waited for is told when the others have ended, and nothing more is begun', async () => {
  const begun: string[] = [];
  const ended: string[] = [];
  const all = async function* (): AsyncIterable<string> {
    yield 'slow';
    yield 'faulty';
    await sleep(30);
    yield 'late';
  };
  const work = async (name: string): Promise<void> => {
    begun.push(name);
    await sleep(name === 'slow' ? 60 : 1);
    if (name === 'faulty') throw new Error('no space left');
    ended.push(name);
  };
  await expect(eachOf(all(), 8, work)).rejects.toThrow('no space left');
  expect([begun, ended]).toEqual([['slow', 'faulty'], ['slow']]);
});

test('what fails in finding the next is told when those under way have ended', async () => {
  const ended: number[] = [];
  const all = async function* (): AsyncIterable<number> {
    yield 20;
    throw new Error('the store is away');
  };
  const work = async (milliseconds: number): Promise<void> => {
    await sleep(milliseconds);
    ended.push(milliseconds);
  };
  await expect(eachOf(all(), 8, work)).rejects.toThrow('the store is away');
  expect(ended).toEqual([20]);
});
