import type { Site } from '../feeds/site.ts';
import { type Instant, toIso, utcDay } from '../lib/instant.ts';
import { offsetAt } from '../source/zone.ts';

/** A date for people, in the publication's timezone and language, and for machines (RFC 3339). */
export type ShownDate = { readonly datetime: string; readonly text: string };

type Style = 'day' | 'date' | 'moment' | 'edition' | 'month' | 'clock';

const styles: Readonly<Record<Style, Intl.DateTimeFormatOptions>> = {
  day: { dateStyle: 'medium' },
  date: { dateStyle: 'long' },
  moment: {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
  },
  edition: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  month: { year: 'numeric', month: 'long' },
  clock: { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', numberingSystem: 'latn' },
};

/**
 * As little as a list needs (`day`), to the minute (`moment`), or with the day of the week (`edition`). Midnight sharp
 * is a date that nobody gave a time.
 */
export function showDate(site: Site, at: Instant, style: 'day' | 'moment' | 'edition'): ShownDate {
  const isMidnight = style === 'moment' && /\b00:00:00\b/.test(formatter(site, 'clock').format(at));
  return { datetime: toIso(at), text: formatter(site, isMidnight ? 'date' : style).format(at) };
}

/** The local day, `2026-02-08`. */
export function localDay(site: Site, at: number): string {
  return utcDay(at + offsetAt(at, site.publication.timezone));
}

/** `2026-02` as people write it. */
export function showMonth(site: Site, month: string): string {
  return formatter(site, 'month', 'UTC').format(Date.parse(`${month}-01T00:00:00Z`));
}

/** `2026-02-08` as people write it. */
export function showDay(site: Site, day: string): string {
  return formatter(site, 'edition', 'UTC').format(Date.parse(`${day}T00:00:00Z`));
}

// Making one takes longer than a thousand uses of it.
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter({ publication }: Site, style: Style, timeZone: string = publication.timezone): Intl.DateTimeFormat {
  const language = publication.language ?? 'en';
  const make = (): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(language, { ...styles[style], calendar: 'gregory', timeZone });
  return formatters.getOrInsertComputed(`${language} ${style} ${timeZone}`, make);
}
