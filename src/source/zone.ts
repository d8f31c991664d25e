import dayjs from 'dayjs';
import timezonePlugin from 'dayjs/plugin/timezone.js';
import utcPlugin from 'dayjs/plugin/utc.js';

dayjs.extend(utcPlugin);
dayjs.extend(timezonePlugin);

const minute = 60_000;
const day = 24 * 60 * minute;

/**
 * The instant at which clocks in `timezone` (IANA name) show the wall time given as if it were UTC, in milliseconds.
 * The earlier one where clocks were set back over it; undefined where they skipped it.
 */
export function wallToInstant(wall: number, timezone: string): number | undefined {
  // dayjs.tz() on a string starts from today's offset, so that an hour that comes twice would depend on the day of
  // reading, and an hour that never came is moved. The offsets a day before and after are all there can be.
  for (const near of [wall - day, wall + day]) {
    const at = wall - offsetAt(near, timezone);
    if (at + offsetAt(at, timezone) === wall) return at;
  }
  return undefined;
}

/** Whether the runtime knows the IANA name. */
export function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function offsetAt(at: number, timezone: string): number {
  return timezone === 'UTC' ? 0 : Math.round(dayjs(at).tz(timezone).utcOffset() * minute);
}
