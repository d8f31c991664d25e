import type { JsonFeed } from 'feedsmith';
import { toLine } from '../lib/text.ts';
import { compact } from '../source/compact.ts';
import { toLanguage } from '../source/language.ts';
import { absoluteHtml, textToMarkup } from './markup.ts';
import { toPages, toPersons } from './source-facts.ts';
import type { SourceEntry, SourceFeed } from './source-feed.ts';
import { toMedia } from './source-media.ts';

type Item = JsonFeed.Item<string>;

/** JSON Feed 1.0 and 1.1. `url` is the document's own. */
export function fromJson(feed: JsonFeed.Feed<string>, url: string | undefined): SourceFeed {
  const base = url ?? feed.feed_url;
  const [home] = toPages([feed.home_page_url], base);
  return compact<SourceFeed>({
    format: 'JSON Feed',
    head: compact<SourceFeed['head']>({
      title: toLine(feed.title ?? '') || undefined,
      description: toLine(feed.description ?? '') || undefined,
      home,
      language: toLanguage(feed.language ?? ''),
      authors: writers(feed.authors),
      logo: toPages([feed.icon], base)[0],
    }),
    entries: (feed.items ?? []).map((item) => toEntry(item, base)),
    older: toPages([feed.next_url], base)[0],
  });
}

function toEntry(item: Item, base: string | undefined): SourceEntry {
  const pages = toPages([item.url], base);
  const title = toLine(item.title ?? '') || undefined;
  const summary = toLine(item.summary ?? '') || undefined;
  return compact<SourceEntry>({
    id: item.id ?? pages[0],
    pages,
    externalUrl: toPages([item.external_url], base)[0],
    title,
    date: item.date_published ?? item.date_modified,
    updated: item.date_published === undefined ? undefined : item.date_modified,
    authors: writers(item.authors),
    tags: item.tags ?? [],
    summary: summary === title ? undefined : summary,
    html: htmlOf(item, title, summary, pages[0] ?? base),
    language: toLanguage(item.language ?? ''),
    media: toMedia(attachmentsOf(item), [item.image, item.banner_image], base),
  });
}

function htmlOf(item: Item, title: string | undefined, summary: string | undefined, base: string | undefined) {
  if (item.content_html !== undefined) return absoluteHtml(item.content_html, base);
  const text = item.content_text;
  // Where there is no article, some text has to stand in its place.
  const isStandIn = text === undefined || toLine(text) === title || toLine(text) === summary;
  return isStandIn ? undefined : textToMarkup(text);
}

function attachmentsOf({ image, attachments }: Item): Parameters<typeof toMedia>[0] {
  const files = (attachments ?? []).map((one) => ({
    url: one.url,
    type: one.mime_type,
    length: one.size_in_bytes,
    duration: one.duration_in_seconds,
    alt: one.title,
  }));
  return image === undefined ? files : [{ url: image, medium: 'image' }, ...files];
}

function writers(authors: readonly JsonFeed.Author[] | undefined): SourceEntry['authors'] {
  return toPersons((authors ?? []).map(({ name, url, avatar }) => ({ name, uri: url, avatar })));
}
