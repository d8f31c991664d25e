import { pageHeaders } from '../edition/page-headers.ts';
import { hubsOf } from '../feeds/head.ts';
import { opmlType } from '../feeds/opml.ts';
import { mainFeeds } from '../feeds/places.ts';
import type { Site } from '../feeds/site.ts';
import { sitemapType } from '../feeds/sitemap.ts';
import type { Headers } from '../http/answer.ts';
import { sharedFor } from '../http/freshness.ts';

/** Types of the documents that no server tells by their names. */
export const otherTypes: Readonly<Record<string, string>> = {
  '/feeds.opml': opmlType,
  '/.well-known/feeds': opmlType,
  '/sitemap.xml': sitemapType,
  '/news-sitemap.xml': sitemapType,
};

/** What a page says besides its policy: of itself, or as one that other sites may frame. */
export function frameHeaders(site: Site, isFrame: boolean): Headers {
  const flat = pageHeaders(site, { styles: [], scripts: [], isFrame });
  const headers = flat.flatMap((name, index) => (index % 2 === 0 ? [[name, flat[index + 1]!] as const] : []));
  return headers.filter(([name]) => name.toLowerCase() !== 'content-security-policy');
}

/** Cache-Control of documents and pages: nobody knows here when the next export is, only how often one may be. */
export function freshness({ ttl }: Site): string {
  return sharedFor(ttl * 60);
}

/** The feeds whose documents name hubs. */
export function pushedFeeds(site: Site): readonly string[] {
  const names = new Set([...mainFeeds, ...Object.keys(site.publication.feeds)]);
  return [...names].filter((name) => hubsOf(site, name).length > 0);
}
