import { mediaOf } from '../feeds/media.ts';
import type { FeedEntry, Media } from '../feeds/model.ts';
import { type Site, siteTitle, urlOf } from '../feeds/site.ts';
import { toIso } from '../lib/instant.ts';
import type { AbsoluteUrl } from '../lib/url.ts';

/** Schema.org's NewsArticle; nothing for a headline, which has no article here. */
export function toNewsArticle(site: Site, view: FeedEntry): object | undefined {
  if (view.kind !== 'article') return undefined;
  const { logo } = site.images;
  const pictures = picturesOf(view);
  const publisher = { '@type': 'Organization', name: siteTitle(site), url: urlOf(site, '/'), logo: logo?.url };
  const authors = view.authors.map((one) => ({ '@type': 'Person', name: one.name, url: one.uri }));
  return {
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    headline: view.title,
    description: view.summary,
    url: view.url,
    mainEntityOfPage: view.url,
    datePublished: toIso(view.published),
    dateModified: toIso(view.updated),
    author: authors.length > 0 ? authors : [publisher],
    publisher,
    image: pictures.length === 0 ? undefined : pictures.map(({ url }) => url),
    inLanguage: view.language ?? site.publication.language,
    keywords: view.tags.length === 0 ? undefined : view.tags.map(({ label }) => label),
    license: view.license,
  };
}

/** What a link to an entry looks like elsewhere: Open Graph, with its article vocabulary, and Twitter's card. */
export function toEntryProperties(
  site: Site,
  view: FeedEntry,
  canonical: AbsoluteUrl,
): readonly (readonly [string, string])[] {
  const [picture] = picturesOf(view);
  return [
    ...toPageProperties(site, { title: view.title, description: view.summary, canonical, type: 'article' }),
    ['article:published_time', toIso(view.published)],
    ['article:modified_time', toIso(view.updated)],
    ...view.authors.map(({ name }) => ['article:author', name] as const),
    ...view.tags.map(({ label }) => ['article:tag', label] as const),
    ...(picture === undefined ? [] : [['og:image', picture.url] as const]),
    ...(picture?.alt === undefined ? [] : [['og:image:alt', picture.alt] as const]),
    ['twitter:card', picture === undefined ? 'summary' : 'summary_large_image'],
  ];
}

/** The same for any page. */
export function toPageProperties(
  site: Site,
  page: {
    readonly title: string;
    readonly description?: string | undefined;
    readonly canonical: string;
    readonly type?: string;
  },
): readonly (readonly [string, string])[] {
  return [
    ['og:type', page.type ?? 'website'],
    ['og:title', page.title],
    ['og:url', page.canonical],
    ['og:site_name', siteTitle(site)],
    ...(page.description === undefined ? [] : [['og:description', page.description] as const]),
  ];
}

function picturesOf(view: FeedEntry): readonly Media[] {
  return mediaOf(view).filter(({ role }) => role === 'image');
}
