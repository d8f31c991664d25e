import { describe, expect, test } from 'vitest';
import { readDate } from '../../src/source/dates.ts';

const zone = 'Europe/Berlin';

function iso(value: unknown, timezone: string = zone): string {
  const reading = readDate(value, timezone);
  return 'at' in reading ? new Date(reading.at).toISOString() : reading.reason;
}

describe('a date', () => {
  test.each([
    ['2026-02-08', '2026-02-07T23:00:00.000Z'],
    ['2026-2-8', '2026-02-07T23:00:00.000Z'],
    ['2026/02/08', '2026-02-07T23:00:00.000Z'],
    ['2026-02-08T10:00', '2026-02-08T09:00:00.000Z'],
    ['2026-07-08 10:00', '2026-07-08T08:00:00.000Z'],
    ['2026-02-08 10:00:15', '2026-02-08T09:00:15.000Z'],
    ['2026-02-08T10:00:15.25', '2026-02-08T09:00:15.250Z'],
    ['2026-02-08T10:00:15.123456789Z', '2026-02-08T10:00:15.123Z'],
    ['2026-02-08T10:00:00.000Z', '2026-02-08T10:00:00.000Z'],
    ['2026-02-08T10:00+05:30', '2026-02-08T04:30:00.000Z'],
    ['2026-02-08 10:00:00 +0900', '2026-02-08T01:00:00.000Z'],
    ['2026-02-08 10:00:00 -05', '2026-02-08T15:00:00.000Z'],
    ['2026-02-08 5:30 PM', '2026-02-08T16:30:00.000Z'],
    ['Sun, 08 Feb 2026 15:04:05 GMT', '2026-02-08T15:04:05.000Z'],
    ['Sun, 08 Feb 2026 15:04:05 MST', '2026-02-08T22:04:05.000Z'],
    ['08 Feb 2026 15:04 -0300', '2026-02-08T18:04:00.000Z'],
    ['Jul 08 2022', '2022-07-07T22:00:00.000Z'],
    ['8 February 2026', '2026-02-07T23:00:00.000Z'],
    ['Feb. 8, 2026', '2026-02-07T23:00:00.000Z'],
    ['Sept 3rd, 2026', '2026-09-02T22:00:00.000Z'],
    ['February 8, 2026 at 12:30 a.m.', '2026-02-07T23:30:00.000Z'],
    ['Sun Feb 08 2026 10:00:00 GMT+0100 (CET)', '2026-02-08T09:00:00.000Z'],
    ['  2026-02-08  ', '2026-02-07T23:00:00.000Z'],
  ])('%s is understood', (text, expected) => {
    expect(iso(text)).toBe(expected);
  });

  test.each([
    '08/02/2026',
    '8.2.2026',
    '2026',
    '2026-02',
    'yesterday',
    '20260208',
    '3 Smarch 2026',
    'May be 3 2026',
    '',
    '1'.repeat(500),
  ])('%s is refused, not guessed', (text) => {
    expect(iso(text)).toMatch(/^expected a date such as 2026-02-08 or .*, found /);
  });

  test.each([
    '2026-02-30',
    '2026-13-01',
    '2025-02-29',
    '31 April 2026',
    '2026-02-08T24:00',
    '2026-02-08T10:60',
    '2026-02-08T10:00:60Z',
    '2026-02-08 13:00 pm',
  ])('%s does not exist', (text) => {
    expect(iso(text)).toBe(`expected a day and time that exist, found “${text}”`);
  });

  test('there is no year 0', () => {
    expect(iso('0000-01-01')).toBe('expected a year from 1 to 9999, found “0000-01-01”');
  });

  test.each(['0001-01-01', '0001-01-01T00:00:00Z', 'Mon, 01 Jan 0001 00:00:00 +0000'])('%s is no date', (text) => {
    expect(iso(text)).toBe(`expected a date, found “${text}”, which programs write for none`);
  });

  test('an offset beyond any clock on Earth is refused', () => {
    expect(iso('2026-02-08T10:00+19:00')).toContain('expected an offset such as +01:00');
  });

  test('an hour that the clocks skipped is a problem', () => {
    expect(iso('2026-03-29 02:30')).toBe('expected a time that clocks in Europe/Berlin show, found “2026-03-29 02:30”');
  });

  test('an hour that comes twice is its first, whatever the season of reading', () => {
    expect(iso('2026-10-25 02:30')).toBe('2026-10-25T00:30:00.000Z');
    expect(iso('2026-11-01 01:30', 'America/New_York')).toBe('2026-11-01T05:30:00.000Z');
    expect(iso('2026-04-05 01:45', 'Australia/Lord_Howe')).toBe('2026-04-04T14:45:00.000Z');
  });

  test('the host’s own time zone has no say', () => {
    const before = process.env.TZ;
    const zones = ['UTC', 'America/New_York', 'Asia/Kathmandu', 'Europe/Berlin'];
    try {
      // 8 March is the day on which New York skips an hour.
      const readings = zones.map((name) => {
        process.env.TZ = name;
        return [iso('2026-03-08 02:30'), iso('2026-03-08 02:30', 'Asia/Tokyo'), iso('8 March 2026', 'UTC')].join();
      });
      expect(readings).toEqual(
        zones.map(() => '2026-03-08T01:30:00.000Z,2026-03-07T17:30:00.000Z,2026-03-08T00:00:00.000Z'),
      );
    } finally {
      if (before === undefined) delete process.env.TZ;
      else process.env.TZ = before;
    }
  });
});
