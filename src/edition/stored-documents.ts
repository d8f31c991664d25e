import type { HistoryDocument, HistoryParts } from '../feeds/archive.ts';
import type { Document } from '../feeds/documents.ts';
import { FragmentCache } from '../feeds/fragments.ts';
import { documentPath, parseDocumentPath } from '../feeds/head.ts';
import { type Format, formats } from '../feeds/model.ts';
import type { Site } from '../feeds/site.ts';
import { floorOfStored, renderStored } from '../feeds/stored-document.ts';
import type { StoredRendering } from '../feeds/stored-window.ts';
import type { Instant } from '../lib/instant.ts';
import { encodePath } from '../store/paths.ts';
import { toHistoryResource, toStoredDocument } from './build.ts';
import type { PlainResource } from './resource.ts';
import type { StoredParts } from './stored-pages.ts';

/** A document that the edition does not hold: that it is there, and which version of it (in seconds since 1970). */
export type DocumentStamp = { readonly path: string; readonly version: number };

/** The documents of a tag or author, by what the store's record says of it; `path` is percent-encoded. */
export function stampsOf({ name, version }: { readonly name: string; readonly version: number }): DocumentStamp[] {
  return formats.map((format) => ({ path: encodePath(documentPath(name, format)), version }));
}

/** A document of a feed's history, made by `render`; undefined where there is no such feed, or nothing of it. */
export async function findHistory(
  parts: StoredParts,
  document: Omit<Document, 'text'>,
  render: (parts: HistoryParts) => Promise<HistoryDocument | undefined>,
): Promise<PlainResource | undefined> {
  const feed = await parts.store.feed(document.feed);
  const made = feed && (await render({ ...parts, feed }));
  return made && toHistoryResource(parts.site, document, made);
}

/** How many bytes of rendered entries are kept from one document to the next. */
const fragmentBytes = 24 * 2 ** 20;

/** How often a document is begun anew because the store was written meanwhile. */
const tries = 5;

/** Makes documents of tags and authors from the store; what they share is rendered once. */
export class StoredDocuments {
  #fragments = new FragmentCache<StoredRendering>(fragmentBytes);
  #madeFor = '';

  /** The document at a decoded path, as the store has it at one moment; undefined when there is none. */
  async find(parts: StoredParts, path: string, now: Instant): Promise<PlainResource | undefined> {
    const document = parseDocumentPath(path);
    if (document === undefined) return undefined;
    for (let left = tries; ; left -= 1) {
      const generation = await parts.store.generation();
      const feed = await parts.store.feed(document.feed);
      if (feed === undefined) return undefined;
      const fragments = this.#fragmentsFor(parts.site, await parts.store.epoch());
      const text = await renderStored({ ...parts, feed, fragments }, document.format, now);
      const isWhole = generation === (await parts.store.generation());
      if (isWhole) return toStoredDocument(parts.site, feed, document.format, text);
      if (left === 0) throw new Error('pages: the store is written faster than it can be read');
    }
  }

  /** The place from which on down a feed's further pages go. */
  async floorOf(parts: HistoryParts, format: Format): Promise<number> {
    return floorOfStored({ ...parts, fragments: this.#fragmentsFor(parts.site, await parts.store.epoch()) }, format);
  }

  #fragmentsFor(site: Site, epoch: string): FragmentCache<StoredRendering> {
    const madeFor = `${epoch} ${JSON.stringify(site)}`;
    if (madeFor !== this.#madeFor) this.#fragments.clear();
    this.#madeFor = madeFor;
    return this.#fragments;
  }
}
