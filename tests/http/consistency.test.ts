import { expect, test } from 'vitest';
import { checkConsistency } from '../bench/consistency.ts';

test('while files change, every answer is whole: body, tag, date, length and encoding are of one edition', async () => {
  const { answers, versions, statuses, faults } = await checkConsistency({ answers: 5000, versions: 12 });
  expect(faults).toEqual([]);
  expect(answers).toBeGreaterThanOrEqual(5000);
  expect(versions).toBeGreaterThanOrEqual(12);
  expect(Object.keys(statuses).toSorted()).toEqual(['200', '226', '304']);
}, 120_000);
