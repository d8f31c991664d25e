declare const instant: unique symbol;

/** A point in time: whole milliseconds since 1970-01-01T00:00:00Z, within the years 1 to 9999. */
export type Instant = number & { readonly [instant]: true };

const first = new Date('0001-01-01T00:00:00Z').getTime();
const last = new Date('9999-12-31T23:59:59.999Z').getTime();

/** Milliseconds as an Instant. Throws a RangeError outside the years that RFC 3339 and RFC 822 can write. */
export function toInstant(milliseconds: number): Instant {
  if (Number.isInteger(milliseconds) && milliseconds >= first && milliseconds <= last) return milliseconds as Instant;
  throw new RangeError(`instant: expected whole milliseconds within the years 1 to 9999, found ${milliseconds}`);
}

/** RFC 3339 §5.6 in UTC; milliseconds only when there are any. */
export function toIso(at: Instant): string {
  return new Date(at).toISOString().replace('.000Z', 'Z');
}

/** The UTC day of a time in milliseconds, `2026-02-08`. */
export function utcDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** RFC 822 §5 with a four-digit year and GMT; seconds, as RSS and HTTP want. */
export function toRfc822(at: Instant): string {
  return new Date(at).toUTCString();
}
