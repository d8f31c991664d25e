import { expect, test } from 'vitest';
import { looksInYear, playHistory } from './play.ts';

const seconds = Number(process.env.YEAR_SECONDS ?? 8);
const histories = Number(process.env.YEAR_HISTORIES ?? 1e9);
const first = Number(process.env.YEAR_SEED ?? Date.now() % 1e6);

test('whatever a newsroom does in a year, subscribers get everything once, and nothing early, twice or again', async () => {
  const end = Date.now() + seconds * 1000;
  let played = 0;
  do {
    await playHistory(first + played);
    played += 1;
  } while (played < histories && Date.now() < end);
  console.log(`played ${played} histories of ${looksInYear} looks from seed ${first}`);
  expect(played).toBeGreaterThan(0);
}, 1e9);
