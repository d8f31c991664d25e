import { expect, test } from 'vitest';
import { judge } from '../../src/stats/belief.ts';
import type { OfDay, ReadershipKey, SubscriberClaim } from '../../src/store/readership.ts';

const key: ReadershipKey = { feed: 'all', format: 'rss', product: 'Feedly' };
const noted = (day: string, most: number, fetcher = ''): OfDay & SubscriberClaim => ({
  ...key,
  day,
  fetcher,
  most,
  doubted: 0,
});
const today = '2026-02-08';
const said = (subscribers: number, fetcher = ''): Parameters<typeof judge>[2] => [{ ...key, fetcher, subscribers }];
const week = [1, 2, 3, 4, 5, 6, 7].map((day) => noted(`2026-02-0${day}`, 300));

test('a number of subscribers is believed up to ten times what it was in the middle of the last seven days', () => {
  expect(judge(week, today, said(3000))).toEqual([{ ...key, fetcher: '', most: 3000, doubted: 0 }]);
  expect(judge(week, today, said(3001))).toEqual([{ ...key, fetcher: '', most: 0, doubted: 3001 }]);
  const oneAbsurd = [...week.slice(0, 6), noted('2026-02-07', 9_000_000)];
  expect(judge(oneAbsurd, today, said(3001))[0]).toMatchObject({ most: 0, doubted: 3001 });
});

test('a small feed may grow to a thousand in a day, and a new one be of any size up to ten million', () => {
  expect(judge([noted('2026-02-07', 2)], today, said(1000))[0]).toMatchObject({ most: 1000 });
  expect(judge([noted('2026-02-07', 2)], today, said(1001))[0]).toMatchObject({ most: 0, doubted: 1001 });
  expect(judge([], today, said(10_000_000))[0]).toMatchObject({ most: 10_000_000 });
  expect(judge([], today, said(10_000_001))[0]).toMatchObject({ most: 0, doubted: 10_000_001 });
});

test('all fetchers of a product together are believed no more than one', () => {
  const [first, second, third] = judge(week, today, [...said(2000, 'a'), ...said(900, 'b'), ...said(101, 'c')]);
  expect([first, second, third]).toMatchObject([{ most: 2000 }, { most: 900 }, { most: 0, doubted: 101 }]);
  expect(judge([...week, noted(today, 2950, 'a')], today, said(51, 'b'))[0]).toMatchObject({ most: 0, doubted: 51 });
  expect(judge([...week, noted(today, 2950, 'a')], today, said(3000, 'a'))[0]).toMatchObject({ most: 3000 });
});

test('a product with more fetchers than sixteen has no more', () => {
  const many = Array.from({ length: 20 }, (_, n) => ({ ...key, fetcher: String(n), subscribers: 10 }));
  const judged = judge([], today, many);
  expect(judged.slice(0, 16).every(({ most }) => most === 10)).toBe(true);
  expect(judged.slice(16)).toEqual(Array(4).fill({ ...key, fetcher: '', most: 0, doubted: 10 }));
});
