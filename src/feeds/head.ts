import type { PlainText } from '../lib/text.ts';
import type { AbsoluteUrl } from '../lib/url.ts';
import type { FeedSettings } from '../publication.ts';
import { compact } from '../source/compact.ts';
import type { Entry, FeedRecord } from '../store/records.ts';
import { type FeedHead, type Format, formats } from './model.ts';
import { isMain } from './places.ts';
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

type Webfeeds = NonNullable<FeedHead['webfeeds']>;

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
  const { language, authors, rights, license, tags, webfeeds } = publication;
  return compact<Omit<FeedHead, 'self'>>({
    id: feed.atomId,
    title: feedTitle(site, feed),
    description: settings?.description ?? publication.description,
    page: urlOf(site, feedFolder(feed.name)),
    updated: feed.updated,
    published: entries[0]?.published,
    language,
    authors: authors.length > 0 ? authors : [{ name: siteTitle(site) }],
    rights,
    license,
    tags,
    icon,
    logo,
    hubs: hubsOf(site, feed.name),
    ttl: site.ttl,
    webfeeds: webfeeds && compact<Webfeeds>({ accentColor: webfeeds.accentColor, cover: cover?.url }),
    links: [],
    archive: false,
    expired,
  });
}

/** What publication.yaml says of this feed. */
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
  return isMain(feed) || feeds[feed]?.push === true ? hubs : [];
}

/** How a feed is called. */
export function feedTitle(site: Site, feed: Pick<FeedRecord, 'name' | 'label'>): PlainText {
  const settings = settingsOf(site, feed.name);
  if (settings?.title !== undefined) return settings.title;
  const name = feed.label ?? feed.name.replace(/^./, (first) => first.toUpperCase());
  return feed.name === 'all' ? siteTitle(site) : (`${siteTitle(site)}: ${name}` as PlainText);
}
