import type { Instant } from '../lib/instant.ts';
import type { PlainText } from '../lib/text.ts';
import { type AbsoluteUrl, toAbsoluteUrl } from '../lib/url.ts';
import type { Publication } from '../publication.ts';
import type { AuthorKeys } from '../source/author-keys.ts';
import { encodePath } from '../store/paths.ts';
import type { Term } from '../store/records.ts';
import type { FeedImage } from './model.ts';

/** What the configuration says of a site; the store has the rest. */
export type SiteAddress = {
  /** PUBLIC_URL without a slash at its end. */
  readonly publicUrl: string;
  /** Minutes between refreshes, 5..60. */
  readonly ttl: number;
};

/** What documents and pages are made with, besides entries. */
export type Site = SiteAddress & {
  readonly publication: Publication;
  /** The IRI that ids are made from. */
  readonly publicationId: string;
  /** The publication's own pictures, found in the data folder. */
  readonly images: SiteImages;
  /** Who writes under which key. */
  readonly authors: readonly AuthorKeys[];
  /** When these settings last changed. */
  readonly changed: Instant;
};

type SiteImages = { readonly icon?: FeedImage; readonly logo?: FeedImage; readonly cover?: FeedImage };

/** Looks up how a tag or author is spelt and addressed. */
export type Terms = { readonly term: (kind: Term['kind'], label: string) => Term | undefined };

/** The names under which the store keeps what describes the site. */
export const settingNames = {
  publication: 'publication',
  publicationId: 'publication-id',
  images: 'images',
  authors: 'authors',
  /** JSON of `[changed, what the settings were then]`. */
  changed: 'settings-changed',
  /** What all documents were last made with, besides entries. */
  rendering: 'rendering',
} as const;

/** The site that the store's settings describe; undefined when nothing was ever published. */
export function storedSite(settings: ReadonlyMap<string, string>, address: SiteAddress): Site | undefined {
  const publication = settings.get(settingNames.publication);
  const publicationId = settings.get(settingNames.publicationId);
  if (publication === undefined || publicationId === undefined) return undefined;
  return {
    ...address,
    publication: JSON.parse(publication) as Publication,
    publicationId,
    images: JSON.parse(settings.get(settingNames.images) ?? '{}') as SiteImages,
    authors: storedAuthors(settings),
    changed: JSON.parse(settings.get(settingNames.changed) ?? '[0]')[0] as Instant,
  };
}

/** The address that the documents in the store were last made for; undefined when none were. */
export function storedAddress(settings: ReadonlyMap<string, string>): SiteAddress | undefined {
  const [, facts] = JSON.parse(settings.get(settingNames.changed) ?? '[]') as [number?, string?];
  return facts === undefined ? undefined : (JSON.parse(facts) as [SiteAddress])[0];
}

/** Who writes under which key, as the store has it. */
export function storedAuthors(settings: ReadonlyMap<string, string>): readonly AuthorKeys[] {
  return JSON.parse(settings.get(settingNames.authors) ?? '[]') as readonly AuthorKeys[];
}

/** Paths of the publication's own pictures in the data folder, as publication.yaml writes them. */
export function pictureReferences({ publication }: Pick<Site, 'publication'>): readonly string[] {
  const { icon, logo, webfeeds } = publication;
  return [icon, logo, webfeeds?.cover].filter(
    (one) => one !== undefined && toAbsoluteUrl(one) === undefined,
  ) as string[];
}

/** The absolute URL of a decoded path below PUBLIC_URL. */
export function urlOf(site: Site, path: string): AbsoluteUrl {
  return (site.publicUrl + encodePath(path)) as AbsoluteUrl;
}

/** The publication's title; without one, its host's name. */
export function siteTitle(site: Site): PlainText {
  return site.publication.title ?? (new URL(site.publicUrl).hostname as PlainText);
}

/** The folder of a feed below PUBLIC_URL: `/` for all, `/articles/`, `/tags/SLUG/`. */
export function feedFolder(feed: string): string {
  return feed === 'all' ? '/' : `/${feed}/`;
}
