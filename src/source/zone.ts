const minute = 60_000;
const day = 24 * 60 * minute;

/**
 * The instant at which clocks in `timezone` (IANA name) show the wall time given as if it were UTC, in milliseconds.
 * The earlier one where clocks were set back over it; undefined where they skipped it.
 */
export function wallToInstant(wall: number, timezone: string): number | undefined {
  // dayjs.tz() starts from today's offset, so that an hour that comes twice would depend on the day of reading, and an
  // hour that never came is moved; it also takes ten times as long. The offsets a day before and after are all there can be.
  for (const near of [wall - day, wall + day]) {
    const at = wall - offsetAt(near, timezone);
    if (at + offsetAt(at, timezone) === wall) return at;
  }
  return undefined;
}

/** Whether the runtime knows the IANA name. */
export function isTimezone(name: string): boolean {
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timezone: string): Intl.DateTimeFormat {
  return formats.getOrInsertComputed(
    timezone,
    (timeZone) => new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }),
  );
}

/** Milliseconds that clocks are ahead of UTC: `GMT+05:30`, `GMT`, and before standard time `GMT+00:53:28`. */
export function offsetAt(at: number, timezone: string): number {
  const offset = /GMT([+-])(\d{2}):(\d{2})(?::(\d{2}))?$/.exec(formatOf(timezone).format(at));
  if (offset === null) return 0;
  const seconds = Number(offset[2]) * 3600 + Number(offset[3]) * 60 + Number(offset[4] ?? 0);
  return (offset[1] === '-' ? -1 : 1) * seconds * 1000;
}
