import { mainFeeds } from '../feeds/places.ts';
import { feedFolder, type Site, urlOf } from '../feeds/site.ts';
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
import { archivePagePath } from '../pages/archive-page.ts';
import type { Store } from '../store/store.ts';
import { toTextResource } from './build.ts';
import type { PlainResource } from './resource.ts';
import type { StoredParts } from './stored-pages.ts';

const newsMilliseconds = 48 * 3600 * 1000;

/** A sitemap, by its path. `now` in milliseconds since 1970 says what is news. */
export async function findSitemap(
  { store, site }: StoredParts,
  path: string,
  now: number,
): Promise<PlainResource | undefined> {
  if (path === newsSitemapPath) return toSitemap(path, await newsSitemap(store, site, now));
  const [, number] = /^\/sitemap(?:-([1-9]\d{0,5}))?\.xml$/.exec(path) ?? [];
  if (number === undefined && path !== '/sitemap.xml') return undefined;
  const pages = fixedPages(site);
  const count = await countParts(store, site);
  if (number === undefined && count > 1) return toSitemap(path, renderSitemapIndex(partsOf(site, count)));
  const n = Number(number ?? 1);
  if (n > count) return undefined;
  return toSitemap(path, renderSitemap(await sitemapPart(store, site, pages, n)));
}

/** Every path that `findSitemap` answers. */
export async function sitemapPaths({ store, site }: StoredParts): Promise<readonly string[]> {
  const count = await countParts(store, site);
  const parts = count > 1 ? partsOf(site, count).map((_, index) => `/sitemap-${index + 1}.xml`) : [];
  return ['/sitemap.xml', ...parts, newsSitemapPath];
}

async function countParts(store: Store, site: Site): Promise<number> {
  return Math.max(1, Math.ceil((fixedPages(site).length + (await store.liveDates()).length) / mostInSitemap));
}

async function newsSitemap(store: Store, site: Site, now: number): Promise<string> {
  const from = now - newsMilliseconds;
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

function toSitemap(path: string, text: string): PlainResource {
  return toTextResource(path, sitemapType, text);
}
