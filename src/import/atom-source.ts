import type { AtomFeed } from 'feedsmith';
import { generator as ours } from '../feeds/product.ts';
import { type PlainText, toLine } from '../lib/text.ts';
import { longestSummary } from '../source/bounds.ts';
import { compact } from '../source/compact.ts';
import { toLanguage } from '../source/language.ts';
import { absoluteHtml, htmlToLine, textToMarkup, xhtmlToHtml } from './markup.ts';
import { longestBeside, toBase, toPages, toPersons, toSummary } from './source-facts.ts';
import type { SourceEntry, SourceFeed } from './source-feed.ts';
import { toMedia } from './source-media.ts';

type Entry = AtomFeed.Entry<string>;
type Link = AtomFeed.Link<string>;
/** What all entries of a document share. */
type Place = { readonly base: string | undefined; readonly hasBase: boolean; readonly isOurs: boolean };

/** Atom 1.0 and 0.3 (RFC 4287). `url` is the document's own. */
export function fromAtom(feed: AtomFeed.Feed<string>, url: string | undefined): SourceFeed {
  const links = feed.links ?? [];
  const base = toBase(url ?? hrefOf(links, 'self'), feed.xml?.base);
  const [home] = toPages([hrefOf(links, 'alternate')], base);
  const hasBase = feed.xml?.base !== undefined;
  const isOurs = feed.generator?.text === ours.name;
  return compact<SourceFeed>({
    format: 'Atom',
    head: compact<SourceFeed['head']>({
      title: toText(feed.title),
      description: toText(feed.subtitle),
      home,
      language: toLanguage(feed.xml?.lang ?? ''),
      authors: toPersons(feed.authors ?? []),
      rights: toText(feed.rights),
      logo: toPages([feed.logo], base)[0],
      generator: feed.generator?.text,
    }),
    entries: (feed.entries ?? []).map((entry) => toEntry(entry, { base, hasBase, isOurs })),
    older: toPages([hrefOf(links, 'prev-archive'), hrefOf(links, 'next')], base)[0],
  });
}

function toEntry(entry: Entry, feed: Place): SourceEntry {
  const links = entry.links ?? [];
  const base = toBase(feed.base, entry.xml?.base);
  const pages = toPages([alternateOf(links)], base);
  const title = toText(entry.title);
  const hasBase = feed.hasBase || [entry, entry.content].some((one) => one?.xml?.base !== undefined);
  // Most feeds without `xml:base` mean the entry's page, as browsers do, and not the feed's own address.
  const contentBase = hasBase ? toBase(base, entry.content?.xml?.base) : (pages[0] ?? base);
  return compact<SourceEntry>({
    id: entry.id ?? pages[0],
    pages,
    externalUrl: toPages([hrefOf(links, 'related')], base)[0],
    title,
    draft: entry.app?.control?.draft === true ? true : undefined,
    date: entry.published ?? entry.updated,
    updated: entry.published === undefined ? undefined : entry.updated,
    authors: toPersons(entry.authors ?? entry.source?.authors ?? []),
    tags: (entry.categories ?? []).map(({ label, term }) => label ?? term).filter((tag) => tag !== undefined),
    ...textOf(entry, title, contentBase, feed.isOurs ? longestSummary : longestBeside),
    language: toLanguage(entry.xml?.lang ?? ''),
    media: mediaOf(entry, links, base),
  });
}

function textOf(
  { content, summary, media }: Entry,
  title: PlainText | undefined,
  base: string | undefined,
  mostBeside: number,
): { readonly html?: string | undefined; readonly summary?: PlainText | undefined } {
  const short = summary === undefined ? undefined : toMarkup(summary.value, summary.type);
  const told = media?.description ?? media?.groups?.[0]?.description;
  if (content?.value !== undefined && /text|html/.test(content.type ?? 'text')) {
    const summary = toSummary(short, title, mostBeside);
    // Where there is no article, some text has to stand in its place.
    const isStandIn = !isMarkup(content) && [title, summary].includes(toLine(content.value));
    return { html: isStandIn ? undefined : absoluteHtml(toMarkup(content.value, content.type), base), summary };
  }
  if (summary !== undefined && (isMarkup(summary) || summary.value.length > longestSummary))
    return { html: absoluteHtml(short!, base) };
  return {
    html: told === undefined ? undefined : textToMarkup(told.value),
    summary: toSummary(short, title, longestSummary),
  };
}

function mediaOf({ media }: Entry, links: readonly Link[], base: string | undefined): SourceEntry['media'] {
  const enclosures = links
    .filter(({ rel }) => rel === 'enclosure')
    .map(({ href, type, length, title }) => ({ url: href, type, length, alt: title }));
  const all = [media, ...(media?.groups ?? [])];
  const contents = all
    .flatMap((one) => one?.contents ?? [])
    .map(({ fileSize, url, type, medium, duration }) => ({ url, type, medium, duration, length: fileSize }));
  return toMedia(
    [...enclosures, ...contents],
    all.map((one) => one?.thumbnails?.[0]?.url),
    base,
  );
}

/** The page: of several, the one that is HTML. */
function alternateOf(links: readonly Link[]): string | undefined {
  const all = links.filter(({ rel }) => rel === undefined || rel === 'alternate');
  return (all.find(({ type }) => type === undefined || type.includes('html')) ?? all[0])?.href;
}

function hrefOf(links: readonly Link[], rel: string): string | undefined {
  return rel === 'alternate' ? alternateOf(links) : links.find((link) => link.rel === rel)?.href;
}

/** Whether a text construct or content is HTML (RFC 4287 §3.1.1 and §4.1.3.1). */
function isMarkup({ type = 'text' }: AtomFeed.Content): boolean {
  return type.includes('html');
}

function toMarkup(value: string, type = 'text'): string {
  if (!isMarkup({ type })) return textToMarkup(value);
  return type === 'xhtml' ? xhtmlToHtml(value) : value;
}

function toText(text: AtomFeed.Text | undefined): PlainText | undefined {
  if (text === undefined) return undefined;
  return (isMarkup(text) ? htmlToLine(toMarkup(text.value, text.type)) : toLine(text.value)) || undefined;
}
