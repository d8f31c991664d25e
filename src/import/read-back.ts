import { toContent } from '../content/to-content.ts';
import { toLine } from '../lib/text.ts';
import type { Publication } from '../publication.ts';
import { readSourceFile } from '../source/read-file.ts';
import { titleOf, toDate } from './article-text.ts';
import type { KnownEntry } from './history.ts';
import type { Place } from './place.ts';

/** What of an entry does not come out of its file as it went in, in a sentence each: the project's own reader says. */
export function readBack(
  file: string,
  bytes: Uint8Array,
  { entry, place }: { readonly entry: KnownEntry; readonly place: Place },
  publication: Publication,
): readonly string[] {
  const { drafts, problems } = readSourceFile(file, bytes, publication);
  const [draft] = drafts;
  const faults = problems.map(({ message }) => message);
  if (draft?.kind !== 'article') return [...faults, 'expected an article, found none'];
  const expected = (what: string, written: unknown, read: unknown): void => {
    if (written !== undefined && written !== read)
      faults.push(`${what}: expected ${JSON.stringify(written)}, found ${JSON.stringify(read)}`);
  };
  expected('guid', entry.id, draft.guid);
  expected('title', entry.title ?? titleOf(entry), toContent(draft, publication.language).title);
  expected('date', entry.date === undefined ? undefined : (toDate(entry.date) ?? entry.date), draft.date);
  expected(
    'updated',
    entry.updated === undefined ? undefined : (toDate(entry.updated) ?? entry.updated),
    draft.updated,
  );
  expected('link', place.link, draft.link);
  expected('permalink', place.permalink, draft.permalink);
  expected('authors', String(entry.authors.map(({ name }) => name)), String(draft.authors.map(({ name }) => name)));
  const tags = new Set(entry.tags.map((tag) => toLine(tag).toLowerCase()).filter(Boolean));
  expected('tags', tags.size, draft.tags.length);
  expected('media', entry.media.length, draft.media.length);
  return faults;
}
