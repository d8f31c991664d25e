import type { Site, Terms } from '../feeds/site.ts';
import type { Instant } from '../lib/instant.ts';
import { termKey } from '../lib/term-key.ts';
import type { Counts } from '../pages/archive-page.ts';
import { framePath } from '../pages/embed/builder.ts';
import type { Neighbours } from '../pages/entry-page.ts';
import type { Entry } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { findFeedList, listPaths } from './feed-lists.ts';
import type { PlainResource } from './resource.ts';
import { archivePaths, findArchivePage } from './stored-archive.ts';
import { findFeedPage } from './stored-feed-pages.ts';
import { findSitemap, sitemapPaths } from './stored-sitemaps.ts';

/** What pages are made of that are not in the edition. */
export type StoredParts = {
  readonly store: Store;
  readonly site: Site;
  readonly terms: Terms;
  /** How many live entries each day has, where many pages are made of one state of the store. */
  readonly days?: Counts;
};

/** A feed's page, a list, a page of the archive, or a sitemap, by its path without a slash at the end. `now` says what is news. */
export async function findStoredPage(
  parts: StoredParts,
  path: string,
  now: Instant,
): Promise<PlainResource | undefined> {
  return (
    (await findFeedPage(parts, path)) ??
    (await findFeedList(parts, path, now)) ??
    (await findArchivePage(parts, path)) ??
    (await findSitemap(parts, path, now))
  );
}

/** The live entries of the same kind just before and after one. */
export async function findNeighbours(store: Store, entry: Entry): Promise<Neighbours> {
  const { kind } = entry;
  const [[previous], [next]] = await Promise.all([
    store.live({ kind, before: entry, order: 'newest first', limit: 1 }),
    store.live({ kind, after: entry, order: 'oldest first', limit: 1 }),
  ]);
  return { previous, next };
}

/** Every path that `findStoredPage` answers, where `feeds` are those that are served. */
export async function storedPaths(parts: StoredParts, feeds: readonly string[]): Promise<readonly string[]> {
  const ofTerms = feeds.filter((name) => name.includes('/'));
  return [
    ...ofTerms.flatMap((name) => [`/${name}`, framePath(name)]),
    ...listPaths,
    ...(await archivePaths(parts)),
    ...(await sitemapPaths(parts)),
  ];
}

type KnownTerms = { readonly store: Store; readonly moment: string; readonly terms: Terms };
let known: KnownTerms | undefined;

/** How tags and authors are spelt and addressed, as the store has it. There may be thousands: read once for each write. */
export async function readTerms(store: Store): Promise<Terms> {
  const moment = `${await store.epoch()} ${await store.generation()}`;
  if (known?.store !== store || known.moment !== moment) known = { store, moment, terms: await readAllTerms(store) };
  return known.terms;
}

async function readAllTerms(store: Store): Promise<Terms> {
  const terms = new Map((await store.terms()).map((term) => [`${term.kind}/${term.key}`, term]));
  return { term: (kind, label) => terms.get(`${kind}/${termKey(label)}`) };
}
