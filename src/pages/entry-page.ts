import { feedTitle } from '../feeds/head.ts';
import { mediaOf, mediaTitle } from '../feeds/media.ts';
import type { FeedEntry, Media } from '../feeds/model.ts';
import { type Site, type Terms, urlOf } from '../feeds/site.ts';
import { linkOf, toFeedEntry } from '../feeds/view.ts';
import { toIso } from '../lib/instant.ts';
import type { AbsoluteUrl } from '../lib/url.ts';
import { decodePath } from '../store/paths.ts';
import type { Entry, EntryText } from '../store/records.ts';
import { mediaOrigins, toPageHtml } from './article-html.ts';
import { showDate } from './dates.ts';
import { type NamedFeed, type Notice, renderFramed } from './frame.ts';
import type { Page } from './render.ts';
import { toEntryProperties, toNewsArticle } from './structured-data.ts';

/** The entries of the same kind that came just before and just after. */
export type Neighbours = { readonly previous?: Entry | undefined; readonly next?: Entry | undefined };

/** The page of one entry; with a notice it is one that is not published as it stands there. */
export function renderEntryPage(
  site: Site,
  entry: Entry,
  text: EntryText | undefined,
  terms: Terms,
  neighbours: Neighbours,
  notice?: Notice,
): Page {
  const view = toFeedEntry(entry, text, site, terms, 'full');
  const html = view.kind === 'article' ? (view.contentHtml ?? '') : '';
  const canonical = entry.kind === 'article' ? view.url : urlOf(site, entry.path);
  const media = mediaOf(view);
  // Content writes no other sign of a URL as a reference.
  const isShown = ({ url }: Media): boolean => html.includes(url.replaceAll('&', '&amp;'));
  const image = media.find((one) => one.role === 'image' && !isShown(one));
  const frame = {
    title: entry.title,
    canonical,
    feed: sectionOf(site, entry),
    description: entry.summary,
    language: entry.language,
    notice,
    isUnlisted: notice !== undefined,
    properties: toEntryProperties(site, view, canonical),
    data: toNewsArticle(site, view),
  };
  const data = {
    entry: view,
    attributes: entry.direction === undefined ? '' : ' dir="rtl"',
    published: showDate(site, view.published, 'moment'),
    updated: toIso(view.updated),
    changed: view.updated - view.published >= 60_000 ? showDate(site, view.updated, 'moment') : undefined,
    image,
    media: media.filter((one) => one.role !== 'image').map(toPlayer),
    html: toPageHtml(html),
    external: entry.link,
    host: entry.link === undefined ? undefined : new URL(entry.link).hostname.replace(/^www\./, ''),
    tags: view.tags.map((tag) => ({ title: tag.label, href: urlOf(site, `/tags/${tag.slug}/`) })),
    by: toAuthorLinks(site, view, terms),
    section: { href: urlOf(site, `/${entry.kind}s/`) },
    previous: toNeighbour(site, neighbours.previous),
    next: toNeighbour(site, neighbours.next),
  };
  const origins = mediaOrigins(
    html,
    media.map(({ url }) => url),
  );
  return renderFramed(site, frame, 'entry', data, { media: origins });
}

function sectionOf(site: Site, { kind }: Entry): NamedFeed {
  const name = `${kind}s`;
  return { name, title: feedTitle(site, { name }) };
}

function toPlayer(media: Media): object {
  return { ...media, name: mediaTitle(media) ?? fileName(media.url) };
}

function fileName(url: AbsoluteUrl): string {
  const name = new URL(url).pathname.split('/').at(-1)!;
  return decodePath(name) ?? name;
}

function toAuthorLinks(site: Site, view: FeedEntry, terms: Terms): readonly { title: string; href: string }[] {
  return view.authors.flatMap(({ name }) => {
    const term = terms.term('authors', name);
    return term === undefined ? [] : [{ title: term.label, href: urlOf(site, `/authors/${term.slug}/`) }];
  });
}

function toNeighbour(site: Site, entry: Entry | undefined): { title: string; href: string } | undefined {
  if (entry === undefined) return undefined;
  return { title: entry.title, href: entry.kind === 'article' ? linkOf(entry, site) : urlOf(site, entry.path) };
}
