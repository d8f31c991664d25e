import type { Site } from '../feeds/site.ts';
import {
  archivePagePath,
  type Counts,
  mostInMonth,
  renderArchiveIndex,
  renderDayPage,
  renderMonthPage,
} from '../pages/archive-page.ts';
import { localDay } from '../pages/dates.ts';
import type { Entry } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { toPage } from './build.ts';
import type { PlainResource } from './resource.ts';
import type { StoredParts } from './stored-pages.ts';

const dayMilliseconds = 24 * 3600 * 1000;

/** A page of the archive, by its path without a slash at the end; undefined for any other path, and for an empty period. */
export async function findArchivePage(parts: StoredParts, path: string): Promise<PlainResource | undefined> {
  const [, year, month, day] = /^\/archive(?:\/(\d{4})\/(\d{2})(?:\/(\d{2}))?)?$/.exec(path) ?? [];
  if (year === undefined) return path === '/archive' ? archiveIndex(parts) : undefined;
  return day === undefined ? monthPage(parts, `${year}-${month}`) : dayPage(parts, `${year}-${month}-${day}`);
}

/** Every path that `findArchivePage` answers. */
export async function archivePaths(parts: StoredParts): Promise<readonly string[]> {
  const days = await countDays(parts);
  const periods = [undefined, ...monthsOf(days).keys(), ...days.keys()];
  return periods.map((period) => archivePagePath(period).replace(/\/$/, ''));
}

async function archiveIndex(parts: StoredParts): Promise<PlainResource> {
  const { site } = parts;
  return toPage(site, archivePagePath(), renderArchiveIndex(site, monthsOf(await countDays(parts))));
}

async function monthPage(parts: StoredParts, month: string): Promise<PlainResource | undefined> {
  const { store, site, terms } = parts;
  const days = await countDays(parts);
  const months = monthsOf(days);
  const count = months.get(month);
  if (count === undefined) return undefined;
  const own = new Map([...days].filter(([day]) => day.startsWith(month)));
  const entries = count > mostInMonth ? [] : await entriesOf(store, site, month);
  return toPage(site, archivePagePath(month), renderMonthPage(site, month, { months, days: own, entries }, terms));
}

async function dayPage(parts: StoredParts, day: string): Promise<PlainResource | undefined> {
  const { store, site, terms } = parts;
  const days = await countDays(parts);
  if (!days.has(day)) return undefined;
  const entries = await entriesOf(store, site, day);
  return toPage(site, archivePagePath(day), renderDayPage(site, day, { days, entries }, terms));
}

/** How many live entries each day of the publication's timezone has, newest first. */
export async function countDays({ store, site, days: known }: StoredParts): Promise<Counts> {
  if (known !== undefined) return known;
  const days = new Map<string, number>();
  for (const at of await store.liveDates()) {
    const day = localDay(site, at);
    days.set(day, (days.get(day) ?? 0) + 1);
  }
  return days;
}

function monthsOf(days: Counts): Counts {
  const months = new Map<string, number>();
  for (const [day, count] of days) months.set(day.slice(0, 7), (months.get(day.slice(0, 7)) ?? 0) + count);
  return months;
}

/** Those of a local month or day: local time is less than a day away from UTC. */
async function entriesOf(store: Store, site: Site, period: string): Promise<readonly Entry[]> {
  const isDay = period.length > 7;
  const start = Date.parse(isDay ? period : `${period}-01`);
  const length = (isDay ? 1 : 31) * dayMilliseconds;
  const range = { from: start - dayMilliseconds, to: start + length + dayMilliseconds };
  const near = await store.live({ ...range, order: 'newest first' });
  return near.filter(({ published }) => localDay(site, published).startsWith(period));
}
