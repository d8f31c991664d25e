import { bodyHash } from '../edition/resource.ts';
import { StoredDocuments } from '../edition/stored-documents.ts';
import type { StoredParts } from '../edition/stored-pages.ts';
import { documentPath } from '../feeds/head.ts';
import { formats } from '../feeds/model.ts';
import { isMain } from '../feeds/places.ts';
import type { Instant } from '../lib/instant.ts';
import type { FeedRecord } from '../store/records.ts';
import type { Making } from './entry-pages.ts';

/** The live documents of tags and authors. */
export function* termDocuments(parts: StoredParts, feeds: Iterable<FeedRecord>, now: Instant): Iterable<Making> {
  const documents = new StoredDocuments();
  for (const { name, version, stamp } of feeds) {
    if (isMain(name)) continue;
    const key = bodyHash(`${version} ${stamp}`);
    for (const format of formats) {
      const path = documentPath(name, format);
      yield { path, isPage: false, key, make: () => documents.find(parts, path, now) };
    }
  }
}
