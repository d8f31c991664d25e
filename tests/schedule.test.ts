import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Schedule, startSchedule } from '../src/schedule.ts';

const noon = Date.UTC(2026, 1, 8, 12);
const minute = 60_000;

let runs: number;
let schedule: Schedule;
beforeEach(() => {
  vi.useFakeTimers({ now: noon + 1000 });
  runs = 0;
  const run = async (): Promise<void> => {
    runs += 1;
  };
  schedule = startSchedule('*/5 * * * *', 'UTC', run, console);
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
