import { type Site, type Terms, urlOf } from '../feeds/site.ts';
import type { Entry } from '../store/records.ts';
import { localDay, showDate, showDay, showMonth } from './dates.ts';
import { type Frame, renderFramed } from './frame.ts';
import { toItems } from './item.ts';
import type { Page } from './render.ts';

/** How many entries there are in each month or day (`2026-02`, `2026-02-08`) of the publication's timezone. */
export type Counts = ReadonlyMap<string, number>;

/** A month with more entries than this is a list of its days. */
export const mostInMonth = 300;

/** Where the archive, a month (`2026-02`) or a day (`2026-02-08`) of it lies. */
export function archivePagePath(period?: string): string {
  return period === undefined ? '/archive/' : `/archive/${period.replaceAll('-', '/')}/`;
}

/** The page that lists all months; `months` newest first. */
export function renderArchiveIndex(site: Site, months: Counts): Page {
  const years = Map.groupBy(months, ([month]) => month.slice(0, -3));
  return renderFramed(site, frameOf(site, 'Archive', undefined), 'archive', {
    years: Array.from(years, ([year, own]) => ({
      year,
      months: own.map(([month, count]) => link(site, month, count)),
    })),
  });
}

/** The page of one month. Of a busy one it lists the days; `entries` then are none. */
export function renderMonthPage(
  site: Site,
  month: string,
  { months, days, entries }: { readonly months: Counts; readonly days: Counts; readonly entries: readonly Entry[] },
  terms: Terms,
): Page {
  const byDay = Map.groupBy(entries, ({ published }) => localDay(site, published));
  return renderFramed(site, frameOf(site, showMonth(site, month), month), 'period', {
    days: Array.from(byDay, ([day, own]) => ({
      ...link(site, day),
      items: toItems(site, own, terms, dayOf(site, own)),
    })),
    list: entries.length > 0 ? undefined : Array.from(days, ([day, count]) => link(site, day, count)),
    ...neighboursOf(site, month, months),
  });
}

/** The page of one day. */
export function renderDayPage(
  site: Site,
  day: string,
  { days, entries }: { readonly days: Counts; readonly entries: readonly Entry[] },
  terms: Terms,
): Page {
  return renderFramed(site, frameOf(site, showDay(site, day), day), 'period', {
    days: [{ items: toItems(site, entries, terms, dayOf(site, entries)) }],
    ...neighboursOf(site, day, days),
  });
}

function dayOf(site: Site, entries: readonly Entry[]): string | undefined {
  const [first] = entries;
  return first === undefined ? undefined : showDate(site, first.published, 'day').text;
}

function frameOf(site: Site, title: string, period: string | undefined): Frame {
  return { title, canonical: urlOf(site, archivePagePath(period)) };
}

/** The months or days before and after; `all` newest first. */
function neighboursOf(
  site: Site,
  period: string,
  all: Counts,
): { earlier?: object | undefined; later?: object | undefined } {
  const periods = [...all.keys()];
  const at = periods.indexOf(period);
  const of = (one: string | undefined): object | undefined => (one === undefined ? undefined : link(site, one));
  return { earlier: of(periods[at + 1]), later: of(periods[at - 1]) };
}

function link(site: Site, period: string, count?: number): { title: string; href: string; count?: number } {
  const title = period.length > 7 ? showDay(site, period) : showMonth(site, period);
  return { title, href: urlOf(site, archivePagePath(period)), ...(count === undefined ? {} : { count }) };
}
