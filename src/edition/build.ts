import type { HistoryDocument } from '../feeds/archive.ts';
import type { Document } from '../feeds/documents.ts';
import { documentPath, hubsOf } from '../feeds/head.ts';
import { type Format, formats } from '../feeds/model.ts';
import { renderers } from '../feeds/renderers.ts';
import { feedFolder, type Site, type Terms, urlOf } from '../feeds/site.ts';
import type { AbsoluteUrl } from '../lib/url.ts';
import { framePath } from '../pages/embed/builder.ts';
import { renderFrameMessage } from '../pages/embed/frame-page.ts';
import { type Neighbours, renderEntryPage } from '../pages/entry-page.ts';
import { renderMessagePage } from '../pages/message-page.ts';
import type { Page } from '../pages/render.ts';
import type { Ledger } from '../store/ledger.ts';
import { encodePath } from '../store/paths.ts';
import type { DocumentState, Entry, EntryText, FeedRecord } from '../store/records.ts';
import { pageHeaders } from './page-headers.ts';
import { bodyHash, type PlainResource, toPlainResource } from './resource.ts';

/** The Content-Type of pages. */
const htmlType = 'text/html; charset=utf-8';

/** The document as a resource; its version and tag stay when its bytes did. Notes the new state in the ledger. */
export function toDocumentResource(ledger: Ledger, site: Site, document: Document, now: number): PlainResource {
  return versioned(
    site,
    { ...document, self: urlOf(site, document.path), hubs: hubsOf(site, document.feed) },
    nextState(ledger, document, now),
  );
}

/** A document of a tag or author as a resource; its version is the feed's. */
export function toStoredDocument(site: Site, feed: FeedRecord, format: Format, text: string): PlainResource {
  const path = documentPath(feed.name, format);
  const hubs = hubsOf(site, feed.name);
  return versioned(
    site,
    { path, feed: feed.name, format, text, self: urlOf(site, path), hubs },
    { version: feed.version, hash: bodyHash(text) },
  );
}

/**
 * An archive document or page as a resource; its version is the time of the last change of what it shows, and where that
 * is not known, it has none.
 */
export function toHistoryResource(
  site: Site,
  document: Omit<Document, 'text'>,
  { self, text, changed }: HistoryDocument,
): PlainResource {
  const state = { version: changed && Math.floor(changed / 1000), hash: bodyHash(text) };
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
  { version, hash }: { readonly version: number | undefined; readonly hash: string },
): PlainResource {
  const { contentType } = renderers[format];
  const head = { path: encodePath(path), contentType, status: 200 as const, link: linksOf(site, feed, self, hubs) };
  const validators = version === undefined ? { etag: `W/"${hash}"` } : { etag: `W/"${version}-${hash}"`, version };
  return toPlainResource({ ...head, ...validators }, text);
}

/** The Link header (RFC 8288) of a feed's document: hubs look for themselves here first (WebSub §4). */
export function linksOf(site: Site, feed: string, self: AbsoluteUrl, hubs: readonly AbsoluteUrl[]): string {
  return [
    `<${self}>; rel="self"`,
    ...hubs.map((hub) => `<${hub}>; rel="hub"`),
    `<${urlOf(site, feedFolder(feed))}>; rel="alternate"; type="text/html"`,
  ].join(', ');
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

/** The page for people of one entry. */
export function toEntryPage(
  site: Site,
  entry: Entry,
  text: EntryText | undefined,
  terms: Terms,
  neighbours: Neighbours,
): PlainResource {
  return toPage(site, entry.path, renderEntryPage(site, entry, text, terms, neighbours), `${entry.kind}s`);
}

/** What people see where nothing is, and where something was. */
export function toMessagePages(site: Site): readonly PlainResource[] {
  const messages = [
    [404, 'Not found', 'There is nothing at this address.'],
    [410, 'Gone', 'This has ended.'],
  ] as const;
  return messages.flatMap(([status, title, message]) => [
    toPage(site, `/${status}.html`, renderMessagePage(site, title, message), undefined, status),
    toPage(site, framePath(`${status}.html`), renderFrameMessage(site, message), undefined, status),
  ]);
}

/** HTML as a resource, with links to the documents of its own feed, if it has one, and then to those of everything. */
export function toPage(
  site: Site,
  path: string,
  { html, sources }: Page,
  feed?: string,
  status: PlainResource['status'] = 200,
): PlainResource {
  const feeds = feed === undefined || feed === 'all' ? ['all'] : [feed, 'all'];
  const link = feeds.flatMap((name) => formats.map((format) => alternate(site, name, format))).join(', ');
  const headers = pageHeaders(site, sources);
  const etag = `W/"${bodyHash(JSON.stringify([html, headers]))}"`;
  const head = { path: encodePath(path), contentType: htmlType, etag, status, headers };
  return toPlainResource(sources.isFrame === true ? head : { ...head, link }, html);
}

/** Any other text as a resource. */
export function toTextResource(path: string, contentType: string, text: string): PlainResource {
  const head = { path: encodePath(path), contentType, etag: `W/"${bodyHash(text)}"`, status: 200 as const };
  return toPlainResource(head, text);
}

function alternate(site: Site, feed: string, format: Format): string {
  const type = renderers[format].contentType.split(';')[0];
  return `<${urlOf(site, documentPath(feed, format))}>; rel="alternate"; type="${type}"`;
}
