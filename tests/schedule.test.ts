import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Schedule, startSchedule } from '../src/schedule.ts';

const noon = Date.UTC(2026, 1, 8, 12);
const minute = 60_000;

let runs: number;
const run = async (): Promise<void> => {
  runs += 1;
};
let schedule: Schedule;
beforeEach(() => {
  vi.useFakeTimers({ now: noon + 1000 });
  runs = 0;
  schedule = startSchedule('*/5 * * * *', 'UTC', run);
});
afterEach(async () => {
  await schedule.stop();
  vi.useRealTimers();
});

test('a clock that is put back by an hour does not stop the schedule for an hour', async () => {
  await vi.advanceTimersByTimeAsync(minute);
  vi.setSystemTime(Date.now() - 60 * minute);
  await vi.advanceTimersByTimeAsync(2000);
  expect(runs).toBe(1);
  expect(schedule.nextRun()).toBe(noon - 55 * minute);
  await vi.advanceTimersByTimeAsync(10 * minute);
  expect(runs).toBe(3);
});

test('what is due at an instant is not late by as much as the clock was put forward', async () => {
  schedule.wakeAt(noon + 62 * minute);
  vi.setSystemTime(noon + 61 * minute);
  await vi.advanceTimersByTimeAsync(2000);
  expect(runs).toBe(1);
  await vi.advanceTimersByTimeAsync(minute);
  expect(runs).toBe(2);
});

test('an instant that has come comes once, also when the clock is set later', async () => {
  schedule.wakeAt(noon + minute);
  await vi.advanceTimersByTimeAsync(2 * minute);
  expect(runs).toBe(1);
  vi.setSystemTime(Date.now() + 90_000);
  await vi.advanceTimersByTimeAsync(2000);
  expect(runs).toBe(2);
});

test('a machine that slept over two million runs does not answer for them one by one', async () => {
  await schedule.stop();
  schedule = startSchedule('* * * * * *', 'UTC', run);
  vi.setSystemTime(Date.now() + 30 * 24 * 60 * minute);
  await vi.advanceTimersByTimeAsync(1000);
  expect(runs).toBe(1);
  expect(schedule.nextRun()).toBe(Date.now() + 1000);
});

test('a schedule that was stopped runs no more, also when it is told of an instant afterwards', async () => {
  await schedule.stop();
  schedule.wakeAt(noon + 2 * minute);
  schedule.wakeAt(undefined);
  schedule.wakeAt(noon + 3 * minute);
  await vi.advanceTimersByTimeAsync(10 * minute);
  expect(runs).toBe(0);
});

test('a run that is under way when the next is due is not joined by a second one', async () => {
  await schedule.stop();
  const ends: (() => void)[] = [];
  schedule = startSchedule('*/5 * * * *', 'UTC', () => new Promise<void>((resolve) => ends.push(resolve)));
  await vi.advanceTimersByTimeAsync(12 * minute);
  expect(ends).toHaveLength(1);
  ends[0]!();
  await vi.advanceTimersByTimeAsync(5 * minute);
  expect(ends).toHaveLength(2);
});

test('an instant that has come is not left out because a run is under way', async () => {
  await schedule.stop();
  let started = 0;
  schedule = startSchedule('*/5 * * * *', 'UTC', () => {
    started += 1;
    return new Promise<void>(() => {});
  });
  schedule.wakeAt(noon + 6 * minute);
  await vi.advanceTimersByTimeAsync(7 * minute);
  expect(started).toBe(2);
});
