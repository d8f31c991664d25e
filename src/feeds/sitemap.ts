import { type Instant, toIso } from '../lib/instant.ts';
import type { AbsoluteUrl } from '../lib/url.ts';
import type { Entry } from '../store/records.ts';
import { type Site, siteTitle, urlOf } from './site.ts';
import { linkOf } from './view.ts';
import { writeDocument, type XmlElement } from './xml.ts';

/** The media type of sitemaps. */
export const sitemapType = 'application/xml; charset=utf-8';

/** Where the sitemap of what is news lies. */
export const newsSitemapPath = '/news-sitemap.xml';

/** As many as one sitemap may list (sitemaps.org, "XML tag definitions"), and as a news sitemap may. */
export const mostInSitemap = 50_000;
export const mostInNewsSitemap = 1000;

const sitemap = 'http://www.sitemaps.org/schemas/sitemap/0.9';
const news = 'http://www.google.com/schemas/sitemap-news/0.9';

/** A page, and when it last changed in a way that matters. */
export type Listed = { readonly loc: AbsoluteUrl; readonly lastmod?: Instant };

/** A sitemap of these pages. */
export function renderSitemap(pages: readonly Listed[]): string {
  const content = pages.map((page) => ({ name: 'url', content: toLocation(page) }));
  return writeDocument({ name: 'urlset', attributes: { xmlns: sitemap }, content });
}

/** An index of sitemaps. */
export function renderSitemapIndex(sitemaps: readonly Listed[]): string {
  const content = sitemaps.map((one) => ({ name: 'sitemap', content: toLocation(one) }));
  return writeDocument({ name: 'sitemapindex', attributes: { xmlns: sitemap }, content });
}

/** A news sitemap of these articles (Google, "Create a news sitemap"). */
export function renderNewsSitemap(site: Site, articles: readonly Entry[]): string {
  const content = articles.map((entry) => ({
    name: 'url',
    content: [...toLocation({ loc: urlOf(site, entry.path) }), toNews(site, entry)],
  }));
  return writeDocument({ name: 'urlset', attributes: { xmlns: sitemap, 'xmlns:news': news }, content });
}

/** Whether an entry's own page is what it leads to: what leads elsewhere is for that site to list. */
export function isListed(site: Site, entry: Entry): boolean {
  return linkOf(entry, site) === urlOf(site, entry.path);
}

function toNews(site: Site, entry: Entry): XmlElement {
  return {
    name: 'news:news',
    content: [
      {
        name: 'news:publication',
        content: [
          { name: 'news:name', content: siteTitle(site) },
          { name: 'news:language', content: toNewsLanguage(entry.language ?? site.publication.language) },
        ],
      },
      { name: 'news:publication_date', content: toIso(entry.published) },
      { name: 'news:title', content: entry.title },
    ],
  };
}

/** Two or three letters, but for Chinese, where the script matters. The element may not be missing. */
function toNewsLanguage(language: string = 'en'): string {
  const locale = new Intl.Locale(language).maximize();
  if (locale.language !== 'zh') return locale.language;
  return locale.script === 'Hant' ? 'zh-tw' : 'zh-cn';
}

function toLocation({ loc, lastmod }: Listed): readonly XmlElement[] {
  return [
    { name: 'loc', content: loc },
    ...(lastmod === undefined ? [] : [{ name: 'lastmod', content: toIso(lastmod) }]),
  ];
}
