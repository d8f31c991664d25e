import { type AbsoluteUrl, basePath } from '../lib/url.ts';
import type { SourceEntry, SourceHead } from './source-feed.ts';

/** Where an entry's page is to be. */
export type Place = {
  /** The path of the old page below PUBLIC_URL, as a URL writes it; absent when it tells no entry from another. */
  readonly permalink?: string;
  /** The page elsewhere that the entry is about. */
  readonly link?: AbsoluteUrl;
  /** The page on the old site. */
  readonly old?: AbsoluteUrl;
};

/**
 * Tells the old site's own pages from pages elsewhere, by their host: that of one of the `addresses` or of the feed's
 * page, or, where few entries have a page there, that of most. An own page keeps its path, unless its query, its
 * fragment or nothing tells it from another's. The first of `addresses` is PUBLIC_URL.
 */
export function choosePlaces(
  head: SourceHead,
  entries: readonly SourceEntry[],
  addresses: readonly [string, ...string[]],
): (entry: SourceEntry) => Place {
  const hosts = new Set([...addresses, head.home].map(hostOf).filter((host) => host !== undefined));
  const urls = countAll(entries.flatMap(({ pages, externalUrl }) => [...new Set([...pages, externalUrl])]));
  // Some link blogs have their own page as the one that is related to the page elsewhere: then it is nobody else's.
  const related = ({ externalUrl }: SourceEntry) => (urls.get(externalUrl) === 1 ? externalUrl : undefined);
  const ownPage = (entry: SourceEntry) =>
    [...entry.pages, related(entry)].find((page) => page !== undefined && hosts.has(hostOf(page)!));
  const isKnown = entries.filter(ownPage).length * 2 > entries.length;
  const common = isKnown ? undefined : commonHost(entries);
  if (common !== undefined) hosts.add(common);
  const own = entries.map(ownPage).filter((page) => page !== undefined);
  const queries = countAll(own.map(queryOf));
  const paths = countAll(own.map((page) => pathOf(page, addresses[0]).toLowerCase()));
  return (entry) => {
    const page = ownPage(entry);
    const link = [entry.externalUrl, entry.pages[0]].find((one) => one !== undefined && one !== page);
    const path = page === undefined ? '' : pathOf(page, addresses[0]);
    const query = page === undefined ? '' : queryOf(page);
    // A query that others have too says where readers came from.
    const isTold = path !== '' && paths.get(path.toLowerCase()) === 1 && (query === '' || queries.get(query)! > 1);
    return {
      ...(isTold ? { permalink: path } : {}),
      ...(link === undefined ? {} : { link }),
      // The site's first page is no entry's.
      ...(page === undefined || path + query === '' ? {} : { old: page }),
    };
  };
}

/** The host without `www.`, since sites answer at both. */
function hostOf(url: string | undefined): string | undefined {
  return url === undefined ? undefined : URL.parse(url)?.host.replace(/^www\./, '');
}

/** Query and fragment, without what newsletters add. */
function queryOf(page: AbsoluteUrl): string {
  const url = new URL(page);
  for (const name of [...url.searchParams.keys()]) if (name.startsWith('utm_')) url.searchParams.delete(name);
  return url.search + url.hash;
}

/** The path, below that of PUBLIC_URL where the page lies there; empty for the site's first page. */
function pathOf(page: AbsoluteUrl, publicUrl: string): string {
  const { pathname } = new URL(page);
  const prefix = basePath(publicUrl);
  const isBelow = hostOf(page) === hostOf(publicUrl) && pathname.startsWith(`${prefix}/`);
  const path = isBelow ? pathname.slice(prefix.length) : pathname;
  return path === '/' ? '' : path;
}

function commonHost(entries: readonly SourceEntry[]): string | undefined {
  const hosts = countAll(entries.map(({ pages }) => hostOf(pages[0])));
  return [...hosts].find(([, count]) => count * 2 > entries.length)?.[0];
}

function countAll<T>(values: readonly T[]): ReadonlyMap<T, number> {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
