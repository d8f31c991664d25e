import type { PlainText } from '../lib/text.ts';
import type { AbsoluteUrl } from '../lib/url.ts';
import type { FeedSettings } from '../publication.ts';
import type { Entry, FeedRecord } from '../store/records.ts';
import { type FeedHead, type FeedImage, type Format, formats } from './model.ts';
import { feedFolder, type Site, siteTitle, urlOf } from './site.ts';

/** The file name of a feed's live document in each format. */
const documentNames: Readonly<Record<Format, string>> = {
  rss: 'rss.xml',
  atom: 'atom.xml',
  json: 'feed.json',
};

/** A live document's path below PUBLIC_URL. */
export function documentPath(feed: string, format: Format): string {
  return feedFolder(feed) + documentNames[format];
}

/** Which feed's live document a path names. */
export function parseDocumentPath(path: string): { readonly feed: string; readonly format: Format } | undefined {
  const format = formats.find((one) => path.endsWith(`/${documentNames[one]}`));
  if (format === undefined) return undefined;
  const folder = path.slice(1, -documentNames[format].length - 1);
  return { feed: folder === '' ? 'all' : folder, format };
}

/** A feed's head but for the URL of the document it stands in. */
export function toHead(
  site: Site,
  feed: FeedRecord,
  entries: readonly Entry[],
  expired = false,
): Omit<FeedHead, 'self'> {
  const { publication } = site;
  const settings = settingsOf(site, feed.name);
  const { icon, logo, cover } = site.images;
  const description = settings?.description ?? publication.description;
  const published = entries[0]?.published;
  return {
    id: feed.atomId,
    title: feedTitle(site, feed),
    ...(description === undefined ? {} : { description }),
    page: urlOf(site, feedFolder(feed.name)),
    updated: feed.updated,
    ...(published === undefined ? {} : { published }),
    ...(publication.language === undefined ? {} : { language: publication.language }),
    authors: publication.authors.length > 0 ? publication.authors : [{ name: siteTitle(site) }],
    ...(publication.rights === undefined ? {} : { rights: publication.rights }),
    ...(publication.license === undefined ? {} : { license: publication.license }),
    tags: publication.tags,
    ...(icon === undefined ? {} : { icon }),
    ...(logo === undefined ? {} : { logo }),
    hubs: hubsOf(site, feed.name),
    ttl: site.ttl,
    ...(publication.webfeeds === undefined ? {} : { webfeeds: toWebfeeds(publication.webfeeds, cover) }),
    links: [],
    archive: false,
    expired,
  };
}

/** What publication.yaml says of this feed; tags and authors may stand there by name or by slug. */
export function settingsOf(site: Site, feed: string): FeedSettings | undefined {
  return site.publication.feeds[feed];
}

/** Whether a feed's documents carry entries in full, where an entry does not say so itself. */
export function contentModeOf(site: Site, feed: string): 'full' | 'summary' {
  return settingsOf(site, feed)?.content ?? site.publication.content;
}

/** The hubs that a feed's documents name: those of the main feeds, and of feeds with `push: true`. */
export function hubsOf(site: Pick<Site, 'publication'>, feed: string): readonly AbsoluteUrl[] {
  const { feeds, hubs } = site.publication;
  const isTopic = feed === 'all' || feed === 'articles' || feed === 'headlines' || feeds[feed]?.push === true;
  return isTopic ? hubs : [];
}

/** How a feed is called. */
export function feedTitle(site: Site, feed: Pick<FeedRecord, 'name' | 'label'>): PlainText {
  const settings = settingsOf(site, feed.name);
  if (settings?.title !== undefined) return settings.title;
  const name = feed.label ?? feed.name.replace(/^./, (first) => first.toUpperCase());
  return feed.name === 'all' ? siteTitle(site) : (`${siteTitle(site)}: ${name}` as PlainText);
}

function toWebfeeds(
  { accentColor }: NonNullable<Site['publication']['webfeeds']>,
  cover: FeedImage | undefined,
): NonNullable<FeedHead['webfeeds']> {
  return {
    ...(accentColor === undefined ? {} : { accentColor }),
    ...(cover === undefined ? {} : { cover: cover.url }),
  };
}
