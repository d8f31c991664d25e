import type { AbsoluteUrl } from '../lib/url.ts';
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
 * Tells the old site's own pages from pages elsewhere, by their host: that of one of the `addresses`, of the feed's
 * page, or of most entries. An own page keeps its path, unless only its query or fragment tells it from another's.
 * The first of `addresses` is PUBLIC_URL.
 */
export function choosePlaces(
  head: SourceHead,
  entries: readonly SourceEntry[],
  addresses: readonly [string, ...string[]],
): (entry: SourceEntry) => Place {
  const hosts = new Set([...addresses, head.home].map(hostOf).filter((host) => host !== undefined));
  const common = commonHost(entries);
  if (common !== undefined) hosts.add(common);
  const ownPage = ({ pages }: SourceEntry) => pages.find((page) => hosts.has(hostOf(page)!));
  const path = (page: AbsoluteUrl | undefined) => (page === undefined ? '' : pathOf(page, addresses[0]));
  const holders = Object.groupBy(entries, (entry) => path(ownPage(entry)).toLowerCase());
  return (entry) => {
    const old = ownPage(entry);
    const link = entry.externalUrl ?? entry.pages[0];
    const permalink = path(old);
    const isAlone = permalink !== '' && holders[permalink.toLowerCase()]?.length === 1;
    return {
      ...(isAlone ? { permalink } : {}),
      ...(link === undefined || link === old ? {} : { link }),
      ...(old === undefined ? {} : { old }),
    };
  };
}

/** The host without `www.`, since sites answer at both. */
function hostOf(url: string | undefined): string | undefined {
  return url === undefined ? undefined : URL.parse(url)?.host.replace(/^www\./, '');
}

/** The path, below that of PUBLIC_URL where the page lies there; empty for the site's first page. */
function pathOf(page: AbsoluteUrl, publicUrl: string): string {
  const { pathname } = new URL(page);
  const prefix = new URL(publicUrl).pathname.replace(/\/$/, '');
  const isBelow = hostOf(page) === hostOf(publicUrl) && pathname.startsWith(`${prefix}/`);
  const path = isBelow ? pathname.slice(prefix.length) : pathname;
  return path === '/' ? '' : path;
}

function commonHost(entries: readonly SourceEntry[]): string | undefined {
  const hosts = Map.groupBy(entries, ({ pages }) => hostOf(pages[0]));
  return [...hosts].find(([, its]) => its.length * 2 > entries.length)?.[0];
}
