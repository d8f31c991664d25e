import type { HistoryDocument } from '../feeds/archive.ts';
import type { BuiltFeed, Document } from '../feeds/documents.ts';
import { documentPath, feedTitle, hubsOf, settingsOf } from '../feeds/head.ts';
import { type Format, formats } from '../feeds/model.ts';
import { renderers } from '../feeds/renderers.ts';
import { feedFolder, type Site, urlOf } from '../feeds/site.ts';
import type { PlainText } from '../lib/text.ts';
import type { AbsoluteUrl } from '../lib/url.ts';
import { renderEntryPage, renderFeedPage, renderMessagePage } from '../pages/pages.ts';
import type { Ledger } from '../store/ledger.ts';
import { encodePath } from '../store/paths.ts';
import type { DocumentState, Entry, EntryText, FeedRecord } from '../store/records.ts';
import { bodyHash, type Resource, toResource } from './resource.ts';

/** The Content-Type of pages. */
const htmlType = 'text/html; charset=utf-8';

/** The document as a resource; its version and tag stay when its bytes did. Notes the new state in the ledger. */
export function toDocumentResource(ledger: Ledger, site: Site, document: Document, now: number): Promise<Resource> {
  return versioned(
    site,
    { ...document, self: urlOf(site, document.path), hubs: hubsOf(site, document.feed) },
    nextState(ledger, document, now),
  );
}

/** An archive document or page as a resource; its version is the time of the last change of what it shows. */
export function toHistoryResource(
  site: Site,
  document: Omit<Document, 'text'>,
  { self, text, changed }: HistoryDocument,
): Promise<Resource> {
  const state = { version: Math.floor(changed / 1000), hash: bodyHash(text) };
  return versioned(site, { ...document, text, self, hubs: [] }, state);
}

function versioned(
  site: Site,
  {
    path,
    feed,
    format,
    text,
    self,
    hubs,
  }: Document & { readonly self: AbsoluteUrl; readonly hubs: readonly AbsoluteUrl[] },
  { version, hash }: Pick<DocumentState, 'version' | 'hash'>,
): Promise<Resource> {
  const links = [
    `<${self}>; rel="self"`,
    ...hubs.map((hub) => `<${hub}>; rel="hub"`),
    `<${urlOf(site, feedFolder(feed))}>; rel="alternate"; type="text/html"`,
  ];
  const { contentType } = renderers[format];
  const head = { path: encodePath(path), contentType, etag: `W/"${version}-${hash}"`, version, status: 200 as const };
  return toResource({ ...head, link: links.join(', ') }, text);
}

function nextState(ledger: Ledger, document: Document, now: number): DocumentState {
  const known = ledger.documents.get(document.path);
  const hash = bodyHash(document.text);
  if (known?.hash === hash) return known;
  const version = Math.max((known?.version ?? 0) + 1, Math.floor(now / 1000));
  const state = { path: document.path, version, hash };
  ledger.putDocument(state);
  return state;
}

/** The page for people of a built feed. */
export function toFeedPage(ledger: Ledger, site: Site, feed: BuiltFeed, served: readonly string[]): Promise<Resource> {
  const nameOf = ({ name, label }: FeedRecord): { name: string; title: PlainText } => ({
    name,
    title: feedTitle(site, label === undefined ? { name } : { name, label }),
  });
  const names = feed.name === 'all' ? served.filter((name) => name !== 'all').toSorted() : [];
  const description = settingsOf(site, feed.name)?.description ?? site.publication.description;
  const page = {
    ...nameOf(ledger.feeds.get(feed.name)!),
    ...(description === undefined ? {} : { description }),
    entries: feed.entries,
  };
  const links = formats.map((format) => alternate(site, feed.name, format));
  return toPage(
    feedFolder(feed.name),
    renderFeedPage(
      site,
      page,
      names.map((name) => nameOf(ledger.feeds.get(name)!)),
    ),
    links,
  );
}

/** The page for people of one entry. */
export function toEntryPage(
  site: Site,
  entry: Entry,
  text: EntryText | undefined,
  terms: Parameters<typeof renderEntryPage>[3],
): Promise<Resource> {
  return toPage(entry.path, renderEntryPage(site, entry, text, terms));
}

/** What people see where nothing is, and where something was. */
export function toMessagePages(site: Site): Promise<readonly Resource[]> {
  return Promise.all([
    toPage('/404.html', renderMessagePage(site, 'Not found', 'There is nothing at this address.'), [], 404),
    toPage('/410.html', renderMessagePage(site, 'Gone', 'This has ended.'), [], 410),
  ]);
}

/** HTML as a resource. */
export function toPage(
  path: string,
  html: string,
  links: readonly string[] = [],
  status: Resource['status'] = 200,
): Promise<Resource> {
  const head = { path: encodePath(path), contentType: htmlType, etag: `W/"${bodyHash(html)}"`, status };
  return toResource(links.length === 0 ? head : { ...head, link: links.join(', ') }, html);
}

function alternate(site: Site, feed: string, format: Format): string {
  const type = renderers[format].contentType.split(';')[0];
  return `<${urlOf(site, documentPath(feed, format))}>; rel="alternate"; type="${type}"`;
}
