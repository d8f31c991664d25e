import type { Draft, Person } from './draft.ts';

/** Characters of the longest title that is carried. */
export const longestTitle = 2000;
const longestName = 500;
/** Characters of the longest summary that is read. */
export const longestSummary = 10_000;
/** No browser or reader takes a longer address. */
const longestUrl = 4000;
/** Bytes of the longest name that the store finds an entry or a file by: an index of Postgres takes no 2,700. */
export const longestKey = 2600;
const mostTags = 100;
const mostPeople = 50;
const mostMedia = 100;

/** What is measured, with how much of it there is and how much there may be. */
type Measure = readonly [what: string, found: number, most: number, of: 'characters' | 'bytes' | 'values'];

/**
 * The first thing in a draft that is too long, or of which there is too much, as a problem says it; undefined when there
 * is none. A body has no bound of its own: one that is too big for a feed is carried by its summary.
 */
export function excessOf(draft: Draft): string | undefined {
  const excess = [...common(draft), ...own(draft)].find(([, found, most]) => found > most);
  if (excess === undefined) return undefined;
  const [what, found, most, of] = excess;
  return `${what}: expected at most ${count(most)} ${of}, found ${count(found)}`;
}

function common({ title, tags, authors, summary, link }: Draft): readonly Measure[] {
  return [
    length('title', title, longestTitle),
    length('summary', summary, longestSummary),
    length('link', link, longestUrl),
    ['tags', tags.length, mostTags, 'values'],
    ...tags.map((tag) => length('tags', tag, longestName)),
    ['authors', authors.length, mostPeople, 'values'],
    ...authors.flatMap(person),
  ];
}

function own(draft: Draft): readonly Measure[] {
  if (draft.kind === 'headline') return [];
  const { slug, permalink, guid, id, media } = draft;
  return [
    size('slug', slug?.text),
    size('permalink', permalink),
    size('guid', guid),
    size('id', id),
    ['media', media.length, mostMedia, 'values'],
    ...media.flatMap(({ role, url, type, alt, caption, credit }) => [
      length(role, url, longestUrl),
      length(role, type, longestName),
      ...[alt, caption, credit].map((text) => length(role, text, longestSummary)),
    ]),
  ];
}

function person({ name, uri, avatar }: Person): readonly Measure[] {
  return [
    length('authors', name, longestName),
    length('authors', uri, longestUrl),
    length('authors', avatar, longestUrl),
  ];
}

function length(what: string, text: string | undefined, most: number): Measure {
  return [what, text?.length ?? 0, most, 'characters'];
}

function size(what: string, text = ''): Measure {
  return [what, Buffer.byteLength(text), longestKey, 'bytes'];
}

function count(n: number): string {
  return n.toLocaleString('en');
}
