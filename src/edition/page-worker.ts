import { parentPort, workerData } from 'node:worker_threads';
import type { Config } from '../config.ts';
import { type HistoryDocument, parseArchivePath, renderArchive, renderPaged } from '../feeds/archive.ts';
import { parseDocumentPath } from '../feeds/head.ts';
import type { Format } from '../feeds/model.ts';
import { type Site, storedSite, type Terms } from '../feeds/site.ts';
import { renderMessagePage } from '../pages/message-page.ts';
import { ttlOf } from '../schedule.ts';
import { termKey } from '../store/ledger.ts';
import { openStore } from '../store/open.ts';
import { encodePath } from '../store/paths.ts';
import type { Store } from '../store/store.ts';
import { toEntryPage, toHistoryResource, toPage } from './build.ts';
import type { FoundPage } from './page-desk.ts';
import { findArchivePage, findNeighbours, findSitemap, type StoredParts } from './stored-pages.ts';

const config = workerData as Config;
let opened: Store | undefined;

parentPort!.on('message', async ({ id, path, page }: { id: number; path: string; page: number }) => {
  const found = await find(path, page).catch((error: Error) => ({ fault: error.message }));
  parentPort!.postMessage({ id, found });
});

async function find(path: string, page: number): Promise<FoundPage | undefined> {
  opened ??= openStore(config.STORE_URL, { readOnly: true });
  const address = { publicUrl: config.PUBLIC_URL, ttl: ttlOf(config.REFRESH_CRON) };
  const site = storedSite(await opened.settings(), address);
  if (site === undefined) return undefined;
  const archive = parseArchivePath(path);
  if (archive !== undefined) {
    return findHistory(opened, site, path, archive, (parts) => renderArchive(parts, archive.n, archive.format));
  }
  const document = page > 1 ? parseDocumentPath(path) : undefined;
  if (document !== undefined) {
    return findHistory(opened, site, path, document, (parts) => renderPaged(parts, page, document.format));
  }
  const parts = { store: opened, site, terms: await readTerms(opened) };
  const archived = await findArchivePage(parts, path);
  if (archived !== undefined) return { path: archived.path, resource: archived };
  const sitemap = await findSitemap(parts, path, Date.now());
  // What is news is a matter of the time of asking.
  if (sitemap !== undefined) return { path: sitemap.path, resource: sitemap, fleeting: path === '/news-sitemap.xml' };
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
