import dayjs from 'dayjs';
import { type Instant, toInstant } from '../lib/instant.ts';
import { toLine } from '../lib/text.ts';
import { describe } from './describe.ts';
import { wallToInstant } from './zone.ts';

const time =
  '(?<h>\\d{1,2}):(?<mi>\\d{2})(?::(?<s>\\d{2})(?:[.,](?<f>\\d{1,9}))?)?(?:\\s*(?<half>[ap])\\.?m\\b\\.?)?(?:\\s*(?<zone>(?:GMT|UTC)?[+-]\\d{2}(?::?\\d{2})?(?: \\([\\w ]+\\))?|[A-Z]{1,3}))?';
const weekday = '(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\\.?,?\\s+)?';
const month = '(?<month>[a-z]{3,9})\\.?,?';
const ordinal = '(?<d>\\d{1,2})(?:st|nd|rd|th)?';
const forms = [
  `(?<y>\\d{4})([-/])(?<mo>\\d{1,2})\\2(?<d>\\d{1,2})(?:(?:T|\\s+)${time})?`,
  `${weekday}${ordinal}(?:\\s+of)?[\\s-]+${month}[\\s-]+(?<y>\\d{4})(?:,?\\s+(?:at\\s+)?${time})?`,
  `${weekday}${month}\\s+${ordinal},?\\s+(?<y>\\d{4})(?:,?\\s+(?:at\\s+)?${time})?`,
].map((form) => new RegExp(`^${form}$`, 'i'));

const months = 'january february march april may june july august september october november december'.split(' ');
// RFC 822 §5.1; hours from UTC.
const zones: Readonly<Record<string, number>> = {
  Z: 0,
  UT: 0,
  UTC: 0,
  GMT: 0,
  EST: -5,
  EDT: -4,
  CST: -6,
  CDT: -5,
  MST: -7,
  MDT: -6,
  PST: -8,
  PDT: -7,
};

type Parts = Readonly<Record<string, string | undefined>>;

/**
 * A date as front matter, a line or a file name gives it: ISO 8601 with parts left out, RFC 822, a day with a named
 * English month, or the date value of TOML. With an offset it is that instant; without one it is the time on the
 * clocks of `timezone`, and has to exist there.
 */
export function readDate(value: unknown, timezone: string): { at: Instant } | { reason: string } {
  const text = value instanceof Date ? value.toISOString() : typeof value === 'string' ? toLine(value) : undefined;
  const parts = text === undefined || text.length > 80 ? undefined : matchForm(text);
  if (parts === undefined) {
    return { reason: `expected a date such as 2026-02-08 or 2026-02-08T09:30:00+01:00, found ${describe(value)}` };
  }
  return resolve(parts, timezone, value);
}

function matchForm(text: string): Parts | undefined {
  for (const form of forms) {
    const groups = form.exec(text)?.groups;
    if (groups !== undefined && (groups.month === undefined || monthOf(groups.month) !== 0)) return groups;
  }
  return undefined;
}

function resolve(parts: Parts, timezone: string, value: unknown): { at: Instant } | { reason: string } {
  // The zero of Go, which Hugo prints, and of .NET.
  if (parts.y === '0001') return { reason: `expected a date, found ${describe(value)}, which programs write for none` };
  const wall = toWall(parts);
  if (wall === undefined) return { reason: `expected a day and time that exist, found ${describe(value)}` };
  const at = parts.zone === undefined ? wallToInstant(wall, timezone) : withOffset(wall, parts.zone);
  if (at === undefined) {
    const expected = parts.zone === undefined ? `a time that clocks in ${timezone} show` : 'an offset such as +01:00';
    return { reason: `expected ${expected}, found ${describe(value)}` };
  }
  try {
    return { at: toInstant(at) };
  } catch {
    return { reason: `expected a year from 1 to 9999, found ${describe(value)}` };
  }
}

/** The wall time as if it were UTC; undefined when it is not on the calendar: what exists is printed as it was read. */
function toWall(parts: Parts): number | undefined {
  const hour = toHour(parts);
  if (hour === undefined) return undefined;
  const monthNumber = parts.mo ?? String(monthOf(parts.month!));
  const date = `${parts.y}-${two(monthNumber)}-${two(parts.d!)}`;
  const fraction = (parts.f ?? '').slice(0, 3).padEnd(3, '0');
  const text = `${date}T${two(String(hour))}:${parts.mi ?? '00'}:${parts.s ?? '00'}.${fraction}Z`;
  const wall = dayjs(text);
  return wall.isValid() && wall.toISOString() === text ? wall.valueOf() : undefined;
}

function toHour(parts: Parts): number | undefined {
  const hour = Number(parts.h ?? 0);
  if (parts.half === undefined) return hour;
  if (hour < 1 || hour > 12) return undefined;
  return (hour % 12) + (parts.half.toLowerCase() === 'p' ? 12 : 0);
}

function withOffset(wall: number, zone: string): number | undefined {
  const hours = zones[zone.toUpperCase()];
  if (hours !== undefined) return wall - hours * 3_600_000;
  const numeric = /([+-])(\d{2}):?(\d{2})?/.exec(zone);
  if (numeric === null) return undefined;
  const minutes = Number(numeric[2]) * 60 + Number(numeric[3] ?? 0);
  // No clock on Earth is further from UTC than 14 hours.
  if (minutes > 14 * 60 || Number(numeric[3] ?? 0) > 59) return undefined;
  return wall - (numeric[1] === '-' ? -1 : 1) * minutes * 60_000;
}

/** 1 to 12; 0 when the word names no month. */
function monthOf(word: string): number {
  const name = word.toLowerCase();
  return months.findIndex((month) => name === month || name === month.slice(0, 3)) + 1 || (name === 'sept' ? 9 : 0);
}

function two(number: string): string {
  return number.padStart(2, '0');
}
