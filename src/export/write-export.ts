import type { Config } from '../config.ts';
import type { EditionChange } from '../edition/edition.ts';
import { toBody } from '../edition/resource.ts';
import { countDays } from '../edition/stored-archive.ts';
import type { Site } from '../feeds/site.ts';
import { eachOf } from '../lib/each-of.ts';
import { toInstant } from '../lib/instant.ts';
import type { Ledger } from '../store/ledger.ts';
import { decodePath } from '../store/paths.ts';
import type { Store } from '../store/store.ts';
import { digestFeeds } from './digests.ts';
import { entryPages, type Making } from './entry-pages.ts';
import { readStates } from './entry-states.ts';
import { type Counts, type ExportFolder, openExportFolder } from './export-folder.ts';
import { fatesOf } from './fates.ts';
import { toFileName } from './file-name.ts';
import { dataFolderIn } from './guard.ts';
import { archiveDocuments } from './history.ts';
import { hostHeaders } from './host-headers.ts';
import { hostRedirects } from './host-redirects.ts';
import { listPages } from './list-pages.ts';
import { makerOf } from './maker.ts';
import type { Manifest } from './manifest.ts';
import { exportMedia } from './media.ts';
import { nginxSnippet } from './nginx.ts';
import { placeOf, policiesOf, rootOf } from './policies.ts';
import { termDocuments } from './term-documents.ts';
import { toOutput } from './to-output.ts';

/** What an export is made of, besides the edition. */
export type Sources = {
  readonly store: Store;
  readonly ledger: Ledger;
  readonly site: Site;
  readonly feeds: readonly string[];
};

/** What was done, what an operator should know, and what could not be written. */
type Result = { readonly counts: Counts; readonly notes: readonly string[]; readonly faults: readonly string[] };

/** How many files are made at a time: while some are encoded, others are rendered. */
const mostUnderWay = 8;

/** What could not be written, the files that have a page, and the folders that they lie in. */
type Log = {
  readonly faults: string[];
  readonly taken: Set<string>;
  readonly folders: Set<string>;
  /** Where the data folder lies, if it does so below the export's. */
  readonly data: string | undefined;
};

/**
 * Writes files, a few at a time: what documents lead to before the documents, and what is not published any more
 * is taken away last.
 */
export async function writeExport(
  out: string,
  before: Manifest | undefined,
  sources: Sources,
  change: EditionChange,
  config: Pick<Config, 'DATA_DIR'>,
): Promise<Result> {
  const { store, ledger, site } = sources;
  const folder = openExportFolder(out, before, { publication: site.publicationId, maker: makerOf(site) });
  await exportMedia(folder, config.DATA_DIR, change.media);
  const data = dataFolderIn(out, config.DATA_DIR);
  const log: Log = { faults: [], taken: new Set(), folders: new Set(), data };
  for (const file of folder.files.keys()) take(file, log);
  const inEdition = new Set(change.put.map(({ path }) => decodePath(path)!));
  await eachOf(makings(sources), mostUnderWay, async (making) => {
    if (!inEdition.has(making.path)) await make(folder, making, log);
  });
  await writeEdition(folder, change, log);
  const notes = await writeServers(folder, before, sources, change);
  if ((await store.generation()) !== ledger.generation) {
    notes.push('another process has written to the store meanwhile; the next build writes what is newer');
  }
  return { counts: folder.close(), notes, faults: log.faults };
}

/** All that the edition does not hold. */
async function* makings({ store, ledger, site, feeds }: Sources): AsyncIterable<Making> {
  const parts = { store, site, terms: ledger };
  const now = toInstant(Date.now());
  const states = readStates(ledger, site);
  const digests = digestFeeds(ledger, feeds, states);
  yield* entryPages(parts);
  yield* listPages({ ...parts, days: await countDays(parts) }, digests, states, now);
  for (const [name, own] of digests) yield* archiveDocuments(parts, name, own);
  yield* termDocuments(
    parts,
    feeds.map((name) => ledger.feeds.get(name)!),
    now,
  );
}

async function make(folder: ExportFolder, { path, isPage, key, make }: Making, log: Log): Promise<void> {
  await place(path, isPage, log, async (file) => {
    if (key !== undefined && folder.keep(file, key)) return;
    const resource = await make();
    if (resource !== undefined) await folder.put(toOutput(file, resource, false, key));
  });
}

/** Documents last. */
async function writeEdition(folder: ExportFolder, change: EditionChange, log: Log): Promise<void> {
  const { true: documents = [], false: pages = [] } = Object.groupBy(
    change.put,
    ({ version }) => `${version !== undefined}`,
  );
  for (const resources of [pages, documents]) {
    await eachOf(resources, mostUnderWay, (resource) => {
      const isPage = resource.contentType.startsWith('text/html');
      const put = (file: string): Promise<void> => folder.put(toOutput(file, resource, true));
      return place(decodePath(resource.path)!, isPage, log, put);
    });
  }
}

// The name is too long for this disk, or a part of it is another page's file.
const ofOnePage = ['ENAMETOOLONG', 'ENOTDIR', 'EISDIR', 'EEXIST'];

/** Whether a file is free; then it is no more. */
function take(file: string, { taken, folders }: Log): boolean {
  const above = file.split('/').flatMap((_, depth, names) => (depth === 0 ? [] : [names.slice(0, depth).join('/')]));
  if (taken.has(file) || folders.has(file) || above.some((one) => taken.has(one))) return false;
  taken.add(file);
  for (const folder of above) folders.add(folder);
  return true;
}

/** Finds the file of a path. One that can have none harms its own page only; a full disk ends the export. */
async function place(path: string, isPage: boolean, log: Log, write: (file: string) => Promise<void>): Promise<void> {
  const file = toFileName(path, isPage);
  if (file === undefined) log.faults.push(`${path}: no file can have this name`);
  else if (log.data !== undefined && `${file}/`.startsWith(`${log.data}/`))
    log.faults.push(`${path}: the data folder is there`);
  else if (!take(file, log)) log.faults.push(`${path}: another page lies in ${file}`);
  else {
    await write(file).catch((error: NodeJS.ErrnoException) => {
      if (!ofOnePage.includes(error.code ?? '')) throw error;
      log.faults.push(`${path}: ${error.message}`);
    });
  }
}

/** The files that tell servers what they cannot know by themselves. */
async function writeServers(
  folder: ExportFolder,
  before: Manifest | undefined,
  { ledger, site }: Sources,
  change: EditionChange,
): Promise<string[]> {
  const fates = fatesOf(ledger, change);
  const texts = {
    _headers: hostHeaders(site, policiesOf(folder.files, rootOf)),
    _redirects: hostRedirects(site, fates),
    'nginx.conf': nginxSnippet(site, fates, policiesOf(folder.files, placeOf), change.media),
  };
  for (const [file, text] of Object.entries(texts)) await folder.put({ file, identity: toBody(text) });
  const known = before?.files.get('nginx.conf');
  const isNew = known !== undefined && known.hash !== folder.files.get('nginx.conf')!.hash;
  return isNew ? ['nginx.conf has changed; an nginx that includes it has to be reloaded'] : [];
}
