import { parentPort, workerData } from 'node:worker_threads';
import type { Config } from '../config.ts';
import { type HistoryDocument, parseArchivePath, renderArchive, renderPaged } from '../feeds/archive.ts';
import { parseDocumentPath } from '../feeds/head.ts';
import type { Format } from '../feeds/model.ts';
import { type Site, storedSite, type Terms } from '../feeds/site.ts';
import { renderStored } from '../feeds/stored-document.ts';
import { toInstant } from '../lib/instant.ts';
import { renderMessagePage } from '../pages/message-page.ts';
import { ttlOf } from '../schedule.ts';
import { termKey } from '../store/ledger.ts';
import { editionFileOf, openStore } from '../store/open.ts';
import { decodePath, encodePath } from '../store/paths.ts';
import type { Store } from '../store/store.ts';
import { toEntryPage, toHistoryResource, toPage } from './build.ts';
import { loadEdition } from './edition-file.ts';
import type { FoundPage, PageQuestion } from './page-desk.ts';
import { bodyHash, buffersOf, copyOf, type Resource, type ResourceHead, toResource } from './resource.ts';
import { findNeighbours, findStoredPage, type StoredParts } from './stored-pages.ts';

const config = workerData as Config;
let opened: Store | undefined;

parentPort!.on('message', async ({ id, question }: { id: number; question: PageQuestion }) => {
  const finding = 'head' in question ? findDocument(question.head) : find(question.path, question.page);
  const found = await finding.catch((error: Error) => ({ fault: error.message }));
  parentPort!.postMessage(
    { id, found },
    found !== undefined && 'resource' in found ? [...buffersOf(found.resource!)] : [],
  );
});

async function openSite(): Promise<{ readonly store: Store; readonly site: Site | undefined }> {
  opened ??= openStore(config.STORE_URL, { readOnly: true });
  const address = { publicUrl: config.PUBLIC_URL, ttl: ttlOf(config.REFRESH_CRON) };
  return { store: opened, site: storedSite(await opened.settings(), address) };
}

/** The document as the edition has it; where the store cannot say any more, as the last edition's file has it. */
async function findDocument(head: ResourceHead): Promise<FoundPage | undefined> {
  const made = await remake(head).catch(() => undefined);
  if (made !== undefined) return { path: head.path, resource: made };
  const kept = await loadEdition(editionFileOf(config.STORE_URL));
  const resource = kept?.put.find(({ path }) => path === head.path);
  return resource === undefined ? undefined : { path: head.path, resource: copyOf(resource) };
}

/** The store may be a moment ahead of the edition, or behind it: then what is made has not the hash that is asked for. */
async function remake(head: ResourceHead): Promise<Resource | undefined> {
  const { store, site } = await openSite();
  const document = parseDocumentPath(decodePath(head.path)!);
  const feed = document === undefined ? undefined : await store.feed(document.feed);
  if (site === undefined || document === undefined || feed === undefined) return undefined;
  const parts = { store, site, feed, terms: await readTerms(store) };
  const text = await renderStored(parts, document.format, toInstant(Date.now()));
  return head.etag.endsWith(`-${bodyHash(text)}"`) ? toResource(head, text) : undefined;
}

async function find(path: string, page: number): Promise<FoundPage | undefined> {
  const { store, site } = await openSite();
  if (site === undefined) return undefined;
  const archive = parseArchivePath(path);
  if (archive !== undefined) {
    return findHistory(store, site, path, archive, (parts) => renderArchive(parts, archive.n, archive.format));
  }
  const document = page > 1 ? parseDocumentPath(path) : undefined;
  if (document !== undefined) {
    return findHistory(store, site, path, document, (parts) => renderPaged(parts, page, document.format));
  }
  const parts = { store, site, terms: await readTerms(store) };
  const made = await findStoredPage(parts, path, Date.now());
  if (made !== undefined) return { path: made.path, resource: made };
  return findEntry(parts, path);
}

async function findHistory(
  store: Store,
  site: Site,
  path: string,
  { feed: name, format }: { feed: string; format: Format },
  render: (parts: Parameters<typeof renderArchive>[0]) => Promise<HistoryDocument | undefined>,
): Promise<FoundPage | undefined> {
  const feed = await store.feed(name);
  if (feed === undefined) return undefined;
  const made = await render({ store, site, feed, terms: await readTerms(store) });
  if (made === undefined) return undefined;
  return { path: encodePath(path), resource: await toHistoryResource(site, { path, feed: name, format }, made) };
}

async function findEntry({ store, site, terms }: StoredParts, path: string): Promise<FoundPage | undefined> {
  const entry = await store.entryAt(path);
  if (entry === undefined || entry.status === 'scheduled') return undefined;
  const canonical = encodePath(entry.path);
  if (entry.path !== path) return { path: canonical };
  if (entry.status === 'withdrawn') return { path: canonical, resource: await gonePage(site, path) };
  const text = (await store.texts([entry.id])).get(entry.id);
  return { path: canonical, resource: await toEntryPage(site, entry, text, terms, await findNeighbours(store, entry)) };
}

function gonePage(site: Site, path: string): ReturnType<typeof toPage> {
  return toPage(site, path, renderMessagePage(site, 'Gone', 'This was withdrawn.'), undefined, 410);
}

async function readTerms(from: Store): Promise<Terms> {
  const terms = new Map((await from.terms()).map((term) => [`${term.kind}/${term.key}`, term]));
  return { term: (kind, label) => terms.get(`${kind}/${termKey(label)}`) };
}
