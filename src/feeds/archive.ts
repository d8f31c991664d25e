import { type Instant, toInstant } from '../lib/instant.ts';
import type { AbsoluteUrl } from '../lib/url.ts';
import type { FeedRecord } from '../store/records.ts';
import type { PlacedEntry, Store } from '../store/store.ts';
import { renderSound, viewOf } from './fragments.ts';
import { contentModeOf, documentPath, toHead } from './head.ts';
import type { FeedHead, Format } from './model.ts';
import { renderers } from './renderers.ts';
import { feedFolder, type Site, type Terms, urlOf } from './site.ts';
import { limitOf } from './window.ts';

/** How many places one archive document covers (RFC 5005 §4). */
export const archiveSize = 100;

const archiveNames: Readonly<Record<Format, string>> = { rss: 'rss.xml', atom: 'atom.xml', json: 'json' };

/** A document that is made when it is asked for. `changed` is absent where no one time tells that it is another. */
export type HistoryDocument = { readonly self: AbsoluteUrl; readonly text: string; readonly changed?: Instant };

/** What history is made of. */
export type HistoryParts = {
  readonly store: Store;
  readonly site: Site;
  readonly terms: Terms;
  readonly feed: FeedRecord;
};

/** The path of a feed's n-th archive document, 1 being the oldest. It never changes. */
export function archivePath(feed: string, n: number, format: Format): string {
  return `${feedFolder(feed)}archive/${n}.${archiveNames[format]}`;
}

/** Which feed's archive document a path names. */
export function parseArchivePath(path: string): { feed: string; n: number; format: Format } | undefined {
  const [, folder, n, name] = /^\/(.*\/)?archive\/([1-9]\d{0,8})\.(rss\.xml|atom\.xml|json)$/.exec(path) ?? [];
  if (n === undefined) return undefined;
  const format = name === 'json' ? 'json' : name === 'atom.xml' ? 'atom' : 'rss';
  return { feed: folder === undefined ? 'all' : folder.slice(0, -1), n: Number(n), format };
}

/** The links from a live document to what came before it. */
export function historyLinks(site: Site, feed: FeedRecord, format: Format): FeedHead['links'] {
  const href = urlOf(site, archivePath(feed.name, lastArchive(feed), format));
  return format === 'json' ? [{ rel: 'next', href }] : [{ rel: 'prev-archive', href }];
}

/**
 * The n-th archive document: the feed's places 100(n-1)+1 to 100n. The last one is still open. One that is alone has
 * no archive to be linked with, and so is not marked as one (`fh:archive`, RFC 5005 §4).
 */
export async function renderArchive(
  parts: HistoryParts,
  n: number,
  format: Format,
): Promise<HistoryDocument | undefined> {
  const { store, site, feed } = parts;
  const last = lastArchive(feed);
  if (n > last) return undefined;
  const to = n * archiveSize;
  // One place more: with it the next archive began, and this one got its link there.
  const placed = await store.places(feed.name, { from: to - archiveSize + 1, to: to + 1 });
  const own = placed.filter(({ place }) => place <= to);
  const changes = [site.changed, ...own.flatMap(({ joined, of }) => [joined, of.changed])];
  const changed = toInstant(
    Math.max(...changes, ...placed.filter(({ place }) => place > to).map(({ joined }) => joined)),
  );
  const link = (rel: FeedHead['links'][number]['rel'], m: number): FeedHead['links'] =>
    m < 1 || m > last ? [] : [{ rel, href: urlOf(site, archivePath(feed.name, m, format)) }];
  const links: FeedHead['links'] =
    format === 'json'
      ? link('next', n - 1)
      : [
          { rel: 'current', href: urlOf(site, documentPath(feed.name, format)) },
          ...link('prev-archive', n - 1),
          ...link('next-archive', n + 1),
        ];
  const self = urlOf(site, archivePath(feed.name, n, format));
  const text = await render(parts, own.toReversed(), format, changed, { self, links, archive: last > 1 });
  return { self, text, changed };
}

/**
 * The n-th page of a feed, n from 2: what the live document does not hold, from the place `floor` down, newest first. What
 * is withdrawn from one page moves all that come after it.
 */
export async function renderPaged(
  parts: HistoryParts,
  n: number,
  format: Format,
  floor: number,
): Promise<HistoryDocument | undefined> {
  const { store, site, feed } = parts;
  const size = limitOf(site, feed.name);
  const placed = await store.places(feed.name, { floor, offset: (n - 2) * size, limit: size + 1 });
  const own = placed.slice(0, size);
  if (own.length === 0) return undefined;
  const live = urlOf(site, documentPath(feed.name, format));
  const page = (m: number): AbsoluteUrl => (m === 1 ? live : (`${live}?page=${m}` as AbsoluteUrl));
  const links: FeedHead['links'] = [
    { rel: 'first', href: live },
    { rel: 'previous', href: page(n - 1) },
    ...(placed.length > size ? [{ rel: 'next' as const, href: page(n + 1) }] : []),
  ];
  const self = page(n);
  return { self, text: await render(parts, own, format, feed.updated, { self, links, archive: false }) };
}

/** The number of the archive document that is still open. */
export function lastArchive(feed: FeedRecord): number {
  return Math.ceil(feed.places / archiveSize);
}

async function render(
  { store, site, terms, feed }: HistoryParts,
  placed: readonly PlacedEntry[],
  format: Format,
  updated: Instant,
  head: Pick<FeedHead, 'self' | 'links' | 'archive'>,
): Promise<string> {
  const shown = placed.filter(({ active, of }) => active && of.status === 'live');
  const entries = shown.toSorted((a, b) => b.of.published - a.of.published || b.place - a.place).map(({ of }) => of);
  const texts = await store.texts(entries.map(({ id }) => id));
  const mode = contentModeOf(site, feed.name);
  const scheme = urlOf(site, '/tags/');
  const views = entries.flatMap(
    (entry) => viewOf(entry, texts.get(entry.id), site, terms, entry.content ?? mode) ?? [],
  );
  const fragments = renderSound(views, scheme, format);
  return renderers[format].renderDocument(
    { ...toHead(site, { ...feed, updated }, entries), hubs: [], ...head },
    fragments,
  );
}
