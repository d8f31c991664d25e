import { stringify } from 'yaml';
import { directionOf } from '../content/direction.ts';
import { readHtml } from '../content/html.ts';
import { toLines } from '../content/plain-text.ts';
import { toHtml } from '../content/serialize.ts';
import { isElement } from '../content/tree.ts';
import { type Instant, toInstant, toIso } from '../lib/instant.ts';
import { typeOfName } from '../lib/media-type.ts';
import { toLine } from '../lib/text.ts';
import { compact } from '../source/compact.ts';
import { readDate } from '../source/dates.ts';
import type { DraftMedia, Person } from '../source/draft.ts';
import { titleFromText } from '../source/titles.ts';
import type { KnownEntry } from './history.ts';
import type { Place } from './place.ts';
import type { SourceEntry } from './source-feed.ts';

/** An article file's text: front matter in YAML and the content as HTML. `language` is the publication's. */
export function toArticleText(entry: KnownEntry, place: Place, language: string | undefined): string {
  const { authors, tags, media, summary } = entry;
  const image = media.find(({ role }) => role === 'image');
  const matter = compact<Record<string, unknown>>({
    title: titleOf(entry),
    draft: entry.draft,
    date: isoOf(entry.date),
    updated: isoOf(entry.updated),
    authors: some(authors.map(toAuthor)),
    tags: some(tags.map(toLine).filter((tag) => tag !== '')),
    description: summary,
    lang: entry.language === language ? undefined : entry.language,
    image: image === undefined ? undefined : toValue(image),
    audio: valuesOf(media, 'audio'),
    video: valuesOf(media, 'video'),
    enclosure: valuesOf(media, 'enclosure'),
    link: place.link,
    permalink: place.permalink,
    guid: toLine(entry.id),
  });
  const yaml = stringify(matter, { lineWidth: 0, aliasDuplicateObjects: false });
  return `---\n${yaml}---\n${bodyOf(entry, language)}`;
}

/** The instant of a date as feeds write it; without an offset it is UTC's. Undefined when it is none. */
export function toDate(written: string): Instant | undefined {
  // What .NET writes for no date.
  if (/(?<![+-])\b000\d\b/.test(written)) return undefined;
  const reading = readDate(written, 'UTC');
  if ('at' in reading) return reading.at;
  // Feeds have days with the wrong name and hours with one digit, which mean what they say all the same.
  const at = /[+-]\d{2}:?\d{2}$|Z$|\b(?:GMT|UTC?|[ECMP][SD]T)$/.test(written.trim()) ? Date.parse(written) : Number.NaN;
  try {
    return toInstant(at);
  } catch {
    return undefined;
  }
}

/**
 * The entry's title; without one, its first sentence, written down so that reading takes no line out of the content.
 */
export function titleOf(entry: SourceEntry): string | undefined {
  if (entry.title !== undefined) return entry.title;
  const lines = entry.html === undefined ? [] : toLines(readHtml(entry.html).nodes);
  const text = lines.find((line) => /[\p{L}\p{N}]/u.test(line)) ?? entry.summary;
  const name = URL.parse(entry.pages[0] ?? '');
  return (text && titleFromText(text)) || (name === null ? entry.id : name.host + name.pathname);
}

function bodyOf({ html = '' }: KnownEntry, language: string | undefined): string {
  const { nodes } = readHtml(html);
  const [only, ...more] = nodes;
  const text = toLines(nodes).join('\n');
  // Publishing puts text that runs from right to left into such an element; once is enough.
  const isWrapped =
    isElement(only, 'div') &&
    more.length === 0 &&
    only.attributes.dir === 'rtl' &&
    directionOf(text, language) === 'rtl';
  const body = isWrapped ? toHtml(only.children) : html.trim();
  return body === '' ? '' : `${body}\n`;
}

function isoOf(written: string | undefined): string | undefined {
  const at = written === undefined ? undefined : toDate(written);
  return at === undefined ? undefined : toIso(at);
}

function toAuthor(person: Person): unknown {
  return Object.keys(person).length === 1 && !person.name.endsWith('>') ? person.name : person;
}

function valuesOf(media: readonly DraftMedia[], role: DraftMedia['role']): unknown {
  return some(media.filter((one) => one.role === role).map(toValue));
}

function toValue({ role, ...rest }: DraftMedia): unknown {
  const type = rest.type === typeOfName(new URL(rest.url).pathname) ? undefined : rest.type;
  const value = compact<Omit<DraftMedia, 'role'>>({ ...rest, type });
  return Object.keys(value).length === 1 ? value.url : value;
}

function some<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}
