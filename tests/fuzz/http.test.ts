import { expect, test } from 'vitest';
import { fuzzHttp } from './http-campaign.ts';

test('whatever comes over a socket, every answer is well-framed, and no feed is refused', async () => {
  const { cases, faults } = await fuzzHttp({ seed: 20_260_208, cases: 3000 });
  expect(faults).toEqual([]);
  expect(cases).toBeGreaterThanOrEqual(3000);
}, 300_000);
