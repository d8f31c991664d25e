import { parentPort, workerData } from 'node:worker_threads';
import type { Config } from '../config.ts';
import { parseArchivePath, renderArchive, renderPaged } from '../feeds/archive.ts';
import { parseDocumentPath } from '../feeds/head.ts';
import { type Site, storedSite } from '../feeds/site.ts';
import type { ClerkAnswer, ClerkQuestion } from '../lib/clerk.ts';
import { toInstant } from '../lib/instant.ts';
import { tidyAtRest } from '../lib/tidy-heap.ts';
import { renderMessagePage } from '../pages/message-page.ts';
import { ttlOf } from '../schedule.ts';
import { openDoubts } from '../store/doubt.ts';
import { openStore } from '../store/open.ts';
import { decodePath, encodePath } from '../store/paths.ts';
import { recoveredSetting } from '../store/recovered-setting.ts';
import type { Store } from '../store/store.ts';
import { toEntryPage, toPage } from './build.ts';
import { shelfOf } from './kept-files.ts';
import type { FoundPage, PageQuestion } from './page-desk.ts';
import type { PlainResource } from './resource.ts';
import { openShelf } from './shelf.ts';
import { type DocumentStamp, findHistory, StoredDocuments } from './stored-documents.ts';
import { findNeighbours, findStoredPage, readTerms, type StoredParts } from './stored-pages.ts';

const config = workerData as Config;
const documents = new StoredDocuments();
const shelf = openShelf(shelfOf(config.STORE_URL));
const doubt = openDoubts();
let opened: Store | undefined;

parentPort!.on('message', async ({ id, question }: ClerkQuestion<PageQuestion>) => {
  const finding = 'stamp' in question ? findDocument(question.stamp) : find(question.path, question.page);
  const answer: ClerkAnswer<FoundPage | undefined> = await finding.then(
    (found) => ({ id, ...(found === undefined ? {} : { found }) }),
    (error: Error) => {
      doubt(error);
      return { id, fault: error.message };
    },
  );
  const resource = answer.found?.resource;
  parentPort!.postMessage(answer, resource === undefined ? [] : [resource.identity.buffer]);
  tidyAtRest();
});

async function openSite(): Promise<{
  readonly store: Store;
  readonly site: Site | undefined;
  /** False after a recovery, until what was lost is made anew. */
  readonly isWhole: boolean;
}> {
  opened ??= openStore(config.STORE_URL, { readOnly: true });
  const address = { publicUrl: config.PUBLIC_URL, ttl: ttlOf(config.REFRESH_CRON) };
  const settings = await opened.settings();
  return { store: opened, site: storedSite(settings, address), isWhole: !settings.has(recoveredSetting) };
}

/**
 * The document as the store has it; where it cannot say any more, as it was when it was last made. A store that was begun
 * anew knows it again a moment later.
 */
async function findDocument({ path }: DocumentStamp): Promise<FoundPage | undefined> {
  try {
    const resource = (await makeDocument(path)) ?? (await shelf.find(path));
    return resource && { path, resource };
  } catch (error) {
    doubt(error);
    const resource = await shelf.find(path);
    if (resource === undefined) throw error;
    return { path, resource };
  }
}

async function makeDocument(path: string): Promise<PlainResource | undefined> {
  const { store, site, isWhole } = await openSite();
  if (site === undefined) return undefined;
  const kept = isWhole ? undefined : await shelf.find(path);
  if (kept !== undefined) return kept;
  const parts = { store, site, terms: await readTerms(store) };
  const resource = await documents.find(parts, decodePath(path)!, toInstant(Date.now()));
  if (resource !== undefined) shelf.keep(resource);
  return resource;
}

async function find(path: string, page: number): Promise<FoundPage | undefined> {
  const { store, site } = await openSite();
  if (site === undefined) return undefined;
  const parts = { store, site, terms: await readTerms(store) };
  const made = await makePage(parts, path, page);
  return made === undefined ? findEntry(parts, path) : { path: made.path, resource: made };
}

async function makePage(parts: StoredParts, path: string, page: number): Promise<PlainResource | undefined> {
  const archive = parseArchivePath(path);
  if (archive !== undefined) {
    const { n, format } = archive;
    return findHistory(parts, { path, ...archive }, (history) => renderArchive(history, n, format));
  }
  const document = page > 1 ? parseDocumentPath(path) : undefined;
  if (document === undefined) return findStoredPage(parts, path, toInstant(Date.now()));
  const { format } = document;
  return findHistory(parts, { path, ...document }, async (history) =>
    renderPaged(history, page, format, await documents.floorOf(history, format)),
  );
}

async function findEntry({ store, site, terms }: StoredParts, path: string): Promise<FoundPage | undefined> {
  const entry = await store.entryAt(path);
  if (entry === undefined || entry.status === 'scheduled') return undefined;
  const canonical = encodePath(entry.path);
  if (entry.path !== path) return { path: canonical };
  if (entry.status === 'withdrawn') return { path: canonical, resource: gonePage(site, path) };
  const text = (await store.texts([entry.id])).get(entry.id);
  return { path: canonical, resource: toEntryPage(site, entry, text, terms, await findNeighbours(store, entry)) };
}

function gonePage(site: Site, path: string): ReturnType<typeof toPage> {
  return toPage(site, path, renderMessagePage(site, 'Gone', 'This was withdrawn.'), undefined, 410);
}
