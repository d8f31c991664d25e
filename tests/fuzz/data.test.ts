import { expect, test } from 'vitest';
import { fuzzData } from './data-campaign.ts';

test('whatever lies in the data folder, documents are well-formed, agree, and stay the same', async () => {
  const { cases, faults } = await fuzzData({ seed: 20_260_208, cases: 1500 });
  expect(faults).toEqual([]);
  expect(cases).toBeGreaterThanOrEqual(1500);
}, 300_000);
