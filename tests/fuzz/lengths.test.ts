import { expect, test } from 'vitest';
import { shapes, timeOf } from './lengths.ts';

test('a file of one scrap without end is read to its end, whatever the scrap and wherever it stands', async () => {
  // The square of this length would take longer than a test may.
  for (const shape of shapes().filter(({ whole }) => !whole)) {
    expect(await timeOf(shape, 20_000), JSON.stringify(shape)).toBeGreaterThan(0);
  }
}, 300_000);
