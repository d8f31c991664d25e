import { findHistory } from '../edition/stored-documents.ts';
import type { StoredParts } from '../edition/stored-pages.ts';
import { archivePath, renderArchive } from '../feeds/archive.ts';
import { formats } from '../feeds/model.ts';
import type { Digests } from './digests.ts';
import type { Making } from './entry-pages.ts';

/** Every archive document of a feed. */
export function* archiveDocuments(parts: StoredParts, name: string, { archives }: Digests): Iterable<Making> {
  for (const [index, key] of archives.entries()) {
    for (const format of formats) {
      const path = archivePath(name, index + 1, format);
      const make: Making['make'] = () =>
        findHistory(parts, { path, feed: name, format }, (history) => renderArchive(history, index + 1, format));
      yield { path, isPage: false, key, make };
    }
  }
}
