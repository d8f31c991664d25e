import type { Person } from '../source/draft.ts';
import type { FeedEntry } from './model.ts';
import { toMailAuthor } from './rss-author.ts';
import { toMediaElements } from './rss-media.ts';
import { textElement, type XmlElement } from './xml.ts';

/** What an item says besides what `feed` writes of it. */
export function toItemElements(entry: FeedEntry): readonly XmlElement[] {
  const { authors, updated, language, license } = entry;
  return [
    ...toAuthors(authors),
    { name: 'atom:updated', content: new Date(updated).toISOString() },
    ...textElement('dc:language', language),
    ...textElement('creativeCommons:license', license),
    ...toMediaElements(entry),
  ];
}

// An item has one `author` at most, and one beside `dc:creator` says the same twice, as the feed validator warns.
function toAuthors(authors: readonly Person[]): readonly XmlElement[] {
  const author = authors.length === 1 ? toMailAuthor(authors) : undefined;
  if (author !== undefined) return [{ name: 'author', content: author }];
  return authors.map(({ name }) => ({ name: 'dc:creator', content: name }));
}
