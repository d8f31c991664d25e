import { toPlainText } from '../lib/text.ts';
import type { AbsoluteUrl } from '../lib/url.ts';
import { contentHtmlOf } from './content-text.ts';
import { mediaOf } from './media.ts';
import type { FeedEntry } from './model.ts';
import { isCdata } from './xml.ts';

/** Bytes of markup that every entry has, and those about one text: no format takes more. */
const entryMarkup = 1000;
const textMarkup = 100;

/**
 * So many bytes an entry takes at most in any format, found without rendering it. Infinity where a format may refuse the
 * entry: for a text that is empty where one has to be, or that XML cannot hold as it is, and for a link that is no URL.
 */
export function entryBound(entry: FeedEntry, scheme: AbsoluteUrl): number {
  const content = contentHtmlOf(entry);
  const needed = [entry.id, entry.atomId, entry.title, entry.summary ?? '-', content ?? '-'];
  // The npm package `feed` writes links as the URL standard spells them.
  const links = [entry.url, ...entry.authors.flatMap(({ uri }) => uri ?? [])].map(
    (link) => URL.parse(link)?.href ?? '',
  );
  const texts = [...textsOf(entry, scheme), ...links];
  const isSure =
    [...needed, ...links].every((text) => text !== '') &&
    texts.every((text) => toPlainText(text) === text) &&
    isCdata(content ?? '');
  if (!isSure) return Number.POSITIVE_INFINITY;
  const bytes = texts.reduce((sum, text) => sum + textBound(text), entryMarkup);
  // Content stands once, as it is in XML and as a JSON string in JSON.
  return bytes + Buffer.byteLength(JSON.stringify(content ?? ''));
}

/** All that an entry says but its content; the scheme stands with each tag. */
function textsOf(entry: FeedEntry, scheme: AbsoluteUrl): readonly string[] {
  const { id, atomId, url, externalUrl, title, summary, language, license, authors, tags } = entry;
  return [
    ...[id, atomId, url, externalUrl, title, summary, language, license],
    ...authors.flatMap(({ name, email, uri, avatar }) => [name, email, uri, avatar]),
    ...tags.flatMap(({ label }) => [label, scheme]),
    ...mediaOf(entry).flatMap((media) => [media.role, media.url, media.type, media.alt, media.caption, media.credit]),
  ].filter((text) => text !== undefined);
}

// A text stands in two places at most, and no character is written with more than five further bytes: `&#x26;`.
function textBound(text: string): number {
  const escapes = text.match(/[&<>"\\\t\n\r]/g)?.length ?? 0;
  return textMarkup + 2 * (Buffer.byteLength(text) + 5 * escapes);
}
