import { mainFeeds } from '../feeds/places.ts';
import { feedFolder, type Site, type Terms, urlOf } from '../feeds/site.ts';
import {
  isListed,
  type Listed,
  mostInNewsSitemap,
  mostInSitemap,
  newsSitemapPath,
  renderNewsSitemap,
  renderSitemap,
  renderSitemapIndex,
  sitemapType,
} from '../feeds/sitemap.ts';
import { aboutPath } from '../pages/about-page.ts';
import {
  archivePagePath,
  type Counts,
  mostInMonth,
  renderArchiveIndex,
  renderDayPage,
  renderMonthPage,
} from '../pages/archive-page.ts';
import { localDay } from '../pages/dates.ts';
import type { Neighbours } from '../pages/entry-page.ts';
import type { Entry } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { toPage, toTextResource } from './build.ts';
import type { Resource } from './resource.ts';

/** What pages are made of that are not in the edition. */
export type StoredParts = { readonly store: Store; readonly site: Site; readonly terms: Terms };

const dayMilliseconds = 24 * 3600 * 1000;

/** A page of the archive, by its path without a slash at the end; undefined for any other path, and for an empty period. */
export async function findArchivePage(parts: StoredParts, path: string): Promise<Resource | undefined> {
  const [, year, month, day] = /^\/archive(?:\/(\d{4})\/(\d{2})(?:\/(\d{2}))?)?$/.exec(path) ?? [];
  if (year === undefined) return path === '/archive' ? archiveIndex(parts) : undefined;
  return day === undefined ? monthPage(parts, `${year}-${month}`) : dayPage(parts, `${year}-${month}-${day}`);
}

/** A sitemap, by its path. `now` in milliseconds since 1970 says what is news. */
export async function findSitemap(
  { store, site }: StoredParts,
  path: string,
  now: number,
): Promise<Resource | undefined> {
  if (path === newsSitemapPath) return toSitemap(path, await newsSitemap(store, site, now));
  const [, number] = /^\/sitemap(?:-([1-9]\d{0,5}))?\.xml$/.exec(path) ?? [];
  if (number === undefined && path !== '/sitemap.xml') return undefined;
  const pages = fixedPages(site);
  const count = Math.max(1, Math.ceil((pages.length + (await store.liveDates()).length) / mostInSitemap));
  if (number === undefined && count > 1) return toSitemap(path, renderSitemapIndex(partsOf(site, count)));
  const n = Number(number ?? 1);
  if (n > count) return undefined;
  return toSitemap(path, renderSitemap(await sitemapPart(store, site, pages, n)));
}

/** The live entries of the same kind just before and after one. */
export async function findNeighbours(store: Store, entry: Entry): Promise<Neighbours> {
  const { kind } = entry;
  const [[previous], [next]] = await Promise.all([
    store.live({ kind, before: entry, order: 'newest first', limit: 1 }),
    store.live({ kind, after: entry, order: 'oldest first', limit: 1 }),
  ]);
  return { previous, next };
}

/** Every path that `findArchivePage` and `findSitemap` answer. */
export async function storedPaths({ store, site }: StoredParts): Promise<readonly string[]> {
  const days = await countDays(store, site);
  const pages = fixedPages(site).length + (await store.liveDates()).length;
  const count = Math.ceil(pages / mostInSitemap);
  const periods = [...monthsOf(days).keys(), ...days.keys()].map((period) => archivePagePath(period));
  return [
    ...[archivePagePath(), ...periods].map((path) => path.replace(/\/$/, '')),
    ...(count > 1 ? partsOf(site, count).map((_, index) => `/sitemap-${index + 1}.xml`) : []),
    '/sitemap.xml',
    newsSitemapPath,
  ];
}

async function archiveIndex({ store, site }: StoredParts): Promise<Resource> {
  return toPage(site, archivePagePath(), renderArchiveIndex(site, monthsOf(await countDays(store, site))));
}

async function monthPage({ store, site, terms }: StoredParts, month: string): Promise<Resource | undefined> {
  const days = await countDays(store, site);
  const months = monthsOf(days);
  const count = months.get(month);
  if (count === undefined) return undefined;
  const own = new Map([...days].filter(([day]) => day.startsWith(month)));
  const entries = count > mostInMonth ? [] : await entriesOf(store, site, month);
  return toPage(site, archivePagePath(month), renderMonthPage(site, month, { months, days: own, entries }, terms));
}

async function dayPage({ store, site, terms }: StoredParts, day: string): Promise<Resource | undefined> {
  const days = await countDays(store, site);
  if (!days.has(day)) return undefined;
  const entries = await entriesOf(store, site, day);
  return toPage(site, archivePagePath(day), renderDayPage(site, day, { days, entries }, terms));
}

async function countDays(store: Store, site: Site): Promise<Counts> {
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

async function newsSitemap(store: Store, site: Site, now: number): Promise<string> {
  const from = now - 2 * dayMilliseconds;
  const recent = await store.live({ kind: 'article', from, order: 'newest first', limit: mostInNewsSitemap });
  return renderNewsSitemap(
    site,
    recent.filter((entry) => isListed(site, entry)),
  );
}

/** The n-th part of all pages: those of feeds first, then entries from the oldest on, so that old parts stay as they are. */
async function sitemapPart(store: Store, site: Site, pages: readonly Listed[], n: number): Promise<readonly Listed[]> {
  const start = (n - 1) * mostInSitemap;
  const own = pages.slice(start, start + mostInSitemap);
  const range = { offset: Math.max(0, start - pages.length), limit: mostInSitemap - own.length };
  const entries = range.limit === 0 ? [] : await store.live({ ...range, order: 'oldest first' });
  const listed = entries.filter((entry) => isListed(site, entry));
  return [...own, ...listed.map(({ path, updated }) => ({ loc: urlOf(site, path), lastmod: updated }))];
}

/** The pages that are always there; those of tags and authors are linked from theirs. */
function fixedPages(site: Site): readonly Listed[] {
  const paths = [...mainFeeds.map(feedFolder), '/tags/', '/authors/', archivePagePath(), aboutPath];
  return paths.map((path) => ({ loc: urlOf(site, path) }));
}

function partsOf(site: Site, count: number): readonly Listed[] {
  return Array.from({ length: count }, (_, index) => ({ loc: urlOf(site, `/sitemap-${index + 1}.xml`) }));
}

function toSitemap(path: string, text: string): Promise<Resource> {
  return toTextResource(path, sitemapType, text);
}
