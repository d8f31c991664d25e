import type { Config } from '../config.ts';
import { newsSitemapPath } from '../feeds/sitemap.ts';
import { createByteCache } from './byte-cache.ts';
import { openPageClerk } from './page-clerk.ts';
import { type Encoding, encodeInPool, type PlainResource, type ResourceHead, toHead } from './resource.ts';
import type { DocumentStamp } from './stored-documents.ts';

/** An entry's page, or where it is now: percent-encoded path below PUBLIC_URL. */
export type FoundPage = {
  readonly path: string;
  readonly resource?: PlainResource;
};

/** Finds what is not part of the edition: documents of tags and authors, older pages, former addresses. */
export type PageDesk = {
  /**
   * By decoded path, and for a feed's document the page of it. Undefined when nothing is or was there. Rejects when
   * the store cannot be read.
   */
  readonly find: (path: string, page: number) => Promise<FoundPage | undefined>;
  /** What is known of the document without making it. */
  readonly head: (stamp: DocumentStamp) => ResourceHead | undefined;
  /**
   * The document that the edition has only the stamp of; while it can be made in no way, the one of before. Rejects when
   * none is remembered.
   */
  readonly document: (stamp: DocumentStamp) => Promise<PlainResource>;
  /** The body of what was found, in an encoding that is asked for. */
  readonly encode: (resource: PlainResource, encoding: Encoding) => Promise<Uint8Array>;
  /** Forgets what may have changed: to be called when an edition is swapped. */
  readonly clear: () => void;
  /** Has the store opened anew. */
  readonly renew: () => void;
  readonly close: () => Promise<void>;
};

/** What is asked of the worker. */
export type PageQuestion = { readonly path: string; readonly page: number } | { readonly stamp: DocumentStamp };

/** How many found pages are remembered between two editions, and how many bytes they may take. */
const rememberedPages = 1000;
const pageBytes = 16 * 2 ** 20;

/** Starts the worker that reads the store, with a connection of its own, so that a refresh holds nobody up. */
export function openPageDesk(config: Config): PageDesk {
  const clerk = openPageClerk(config);
  const sizeOfFound = (found: FoundPage | undefined): number => (found?.resource?.identity.byteLength ?? 0) + 200;
  const pages = createByteCache<FoundPage | undefined>(pageBytes, sizeOfFound, rememberedPages);
  const documents = createByteCache<PlainResource | Uint8Array>(config.EDITION_MEMORY * 2 ** 20, sizeOfKept);
  const heads = new Map<string, ResourceHead>();
  const make = (stamp: DocumentStamp): Promise<PlainResource> =>
    documents.get(`${stamp.version} ${stamp.path}`, async () => {
      const resource = await documentOf(clerk.ask({ stamp }));
      heads.set(stamp.path, toHead(resource));
      return resource;
    });
  return {
    find: (path, page) => {
      const ask = (): Promise<FoundPage | undefined> => clerk.ask({ path, page });
      // What is news is a matter of the time of asking.
      return path === newsSitemapPath ? ask() : pages.get(`${page} ${path}`, ask);
    },
    head: ({ path, version }) => {
      const known = heads.get(path);
      return known?.version === version ? known : undefined;
    },
    document: (stamp) =>
      make(stamp).catch((error: Error) => {
        const before = heads.get(stamp.path)?.version;
        if (before === undefined || before === stamp.version) throw error;
        return documents.get(`${before} ${stamp.path}`, () => Promise.reject(error));
      }),
    encode: (resource, encoding) =>
      documents.get(`${encoding} ${resource.etag} ${resource.path}`, () => encodeInPool(resource.identity, encoding)),
    clear: () => pages.clear(),
    renew: clerk.renew,
    close: clerk.close,
  };
}

function sizeOfKept(kept: PlainResource | Uint8Array): number {
  return ('identity' in kept ? kept.identity : kept).byteLength;
}

async function documentOf(found: Promise<FoundPage | undefined>): Promise<PlainResource> {
  const resource = (await found)?.resource;
  if (resource === undefined) throw new Error('pages: expected a document, found none');
  return resource;
}
