import { stringify } from 'yaml';
import { urlNamespace, uuidV5 } from '../lib/uuid.ts';
import { compact } from '../source/compact.ts';
import type { SourceHead } from './source-feed.ts';

/** publication.yaml as the head of a feed has it; with the old site's id where the publication has none yet. */
export function toSettingsText(head: SourceHead, isNew: boolean): string {
  const { title, description, home, language, authors, rights, logo } = head;
  const settings = compact<Record<string, unknown>>({
    // What the publication's id would be at the old address, so that it stays the same at any other.
    id: home === undefined || !isNew ? undefined : `urn:uuid:${uuidV5(urlNamespace, home)}`,
    title,
    description: description === title ? undefined : description,
    language,
    authors: authors.length === 0 || authors[0]!.name === title ? undefined : authors,
    rights,
    logo,
  });
  return stringify(settings, { lineWidth: 0, aliasDuplicateObjects: false });
}
