import { expect, test } from 'vitest';
import { looksInYear, playHistory } from './play.ts';

// YEAR_HISTORIES=1000 plays so many, YEAR_SECONDS=120 so long, YEAR_SEED=7 from that seed on.
const { YEAR_HISTORIES, YEAR_SECONDS, YEAR_SEED } = process.env;
const histories = Number(YEAR_HISTORIES ?? Number.POSITIVE_INFINITY);
const seconds = Number(YEAR_SECONDS ?? (YEAR_HISTORIES === undefined ? 8 : Number.POSITIVE_INFINITY));
const first = Number(YEAR_SEED ?? Date.now() % 1_000_000);

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
