import { parseArchivePath } from '../feeds/archive.ts';
import { parseDocumentPath } from '../feeds/head.ts';
import { pageNumber } from '../http/target.ts';
import { decodePath } from '../store/paths.ts';
import type { ReadershipKey } from '../store/readership.ts';
import { hashOf } from './hash.ts';

/** A document of a feed. */
export type FeedDocument = Pick<ReadershipKey, 'feed' | 'format'> & {
  /** A number of its own. */
  readonly mark: number;
  /** Bytes without encoding; 0 while that is not known. */
  size: number;
};

/** How many documents are remembered; then all are forgotten. */
const remembered = 50_000;

/** Finds what feed a served document belongs to; undefined for what is no feed's. */
export type FindFeedDocument = (
  document: { readonly path: string; readonly identity?: Uint8Array },
  target: string,
) => FeedDocument | undefined;

/** Remembers documents by their path, since an edition or a request may know no more of one. */
export function rememberDocuments(): FindFeedDocument {
  const known = new Map<string, FeedDocument>();
  return ({ path, identity }, target) => {
    const key = keyOf(path, target);
    if (key === undefined) return undefined;
    const name = `${key.format} ${path}`;
    const found = known.get(name) ?? { ...key, mark: hashOf(name, [0, 0]).first, size: 0 };
    if (identity !== undefined) found.size = identity.byteLength;
    if (known.size >= remembered) known.clear();
    known.set(name, found);
    return found;
  };
}

function keyOf(path: string, target: string): Pick<ReadershipKey, 'feed' | 'format'> | undefined {
  const decoded = decodePath(path) ?? path;
  const archive = parseArchivePath(decoded);
  if (archive !== undefined) return { feed: archive.feed, format: 'history' };
  const document = parseDocumentPath(decoded);
  return document === undefined || pageNumber(target) === 1 ? document : { feed: document.feed, format: 'history' };
}
