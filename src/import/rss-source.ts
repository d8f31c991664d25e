import type { RdfFeed, RssFeed } from 'feedsmith';
import { generator as ours } from '../feeds/product.ts';
import { type PlainText, toLine } from '../lib/text.ts';
import { longestSummary } from '../source/bounds.ts';
import { compact } from '../source/compact.ts';
import { toLanguage } from '../source/language.ts';
import { isUrl } from './document.ts';
import { absoluteHtml, looseTitle, textToMarkup } from './markup.ts';
import { longestBeside, toBase, toPages, toPersons, toSummary } from './source-facts.ts';
import type { SourceEntry, SourceFeed } from './source-feed.ts';
import { type Found, toMedia } from './source-media.ts';

type Item = RssFeed.Item<string> & Pick<RdfFeed.Item<string>, 'rdf'>;
type Channel = Omit<RssFeed.Feed<string>, 'items'> &
  Pick<RdfFeed.Feed<string>, 'rdf'> & { readonly items?: readonly Item[] };
/** What all items of a document share. */
type Place = { readonly base: string | undefined; readonly home: string | undefined; readonly isOurs: boolean };

/** RSS 0.9x and 2.0, and RSS 1.0, which has the same elements in another nesting. `url` is the document's own. */
export function fromRss(channel: Channel, format: 'RSS' | 'RDF', url: string | undefined): SourceFeed {
  const links = channel.atom?.links ?? [];
  const base = toBase(url ?? links.find(({ rel }) => rel === 'self')?.href, channel.xml?.base);
  const [home] = toPages([channel.link, channel.rdf?.about], base);
  const place = {
    base: channel.xml?.base === undefined ? (home ?? base) : base,
    home,
    isOurs: channel.generator === ours.name,
  };
  const older = ['prev-archive', 'next'].map((rel) => links.find((link) => link.rel === rel)?.href);
  return compact<SourceFeed>({
    format,
    head: toHead(channel, home, place.isOurs),
    entries: (channel.items ?? []).map((item) => toEntry(item, place)),
    older: older.find((href) => href !== undefined),
  });
}

function toHead(channel: Channel, home: SourceFeed['head']['home'], isOurs: boolean): SourceFeed['head'] {
  const editor = channel.managingEditor ?? channel.itunes?.owner;
  return compact<SourceFeed['head']>({
    title: toTitle(channel.title, isOurs),
    description: toTitle(channel.description ?? channel.itunes?.summary, isOurs),
    home,
    language: toLanguage(channel.language ?? channel.dc?.languages?.[0] ?? ''),
    authors: toPersons(editor === undefined ? named(channel.dc?.creators) : [editor]),
    rights: toLine(channel.copyright ?? channel.dc?.rights?.[0] ?? '') || undefined,
    logo: toPages([channel.image?.url, channel.itunes?.image], home)[0],
    generator: channel.generator,
  });
}

function toEntry(item: Item, place: Place): SourceEntry {
  const { guid, dc, dcterms, atom, itunes } = item;
  const base = toBase(place.base, item.xml?.base);
  const title = toTitle(item.title ?? itunes?.title ?? dc?.titles?.[0] ?? '', place.isOurs);
  const permalink = guid?.isPermaLink === false ? undefined : guid?.value;
  const alternate = atom?.links?.find(
    ({ rel = 'alternate', type = 'text/html' }) => rel === 'alternate' && type.includes('html'),
  )?.href;
  const pages = toPages(
    [item.link ?? alternate, isUrl(permalink ?? '') ? permalink : undefined, item.rdf?.about],
    base,
  );
  return compact<SourceEntry>({
    id: guid?.value ?? item.rdf?.about ?? item.link,
    pages,
    title,
    date:
      item.pubDate ??
      dc?.dates?.[0] ??
      atom?.published ??
      dcterms?.issued?.[0] ??
      dcterms?.created?.[0] ??
      atom?.updated ??
      dcterms?.modified?.[0],
    updated: atom?.updated ?? dcterms?.modified?.[0],
    authors: writersOf(item),
    tags: [...(item.categories ?? []).map(({ name }) => name), ...(dc?.subjects ?? [])]
      .map((tag) => toTitle(tag, place.isOurs))
      .filter((tag) => tag !== undefined),
    ...textOf(item, title, place, item.xml?.base === undefined ? pageOf(pages, place) : base),
    language: toLanguage(dc?.languages?.[0] ?? ''),
    media: toMedia(mediaOf(item), [...picturesOf(item), itunes?.image], base),
  });
}

/** `content:encoded` is the article and `description` its summary; alone, `description` is the article. */
function textOf(
  item: Item,
  title: PlainText | undefined,
  { isOurs }: Place,
  base: string | undefined,
): { readonly html?: string | undefined; readonly summary?: PlainText | undefined } {
  const { description, media } = item;
  const encoded = item.content?.encoded ?? item.atom?.content?.value;
  if (encoded !== undefined || isOurs) {
    return {
      html: encoded && absoluteHtml(encoded, base),
      summary: toSummary(description, title, encoded === undefined ? longestSummary : longestBeside),
    };
  }
  const told = media?.description ?? media?.groups?.[0]?.description;
  const html = description ?? item.itunes?.summary ?? (told === undefined ? undefined : textToMarkup(told.value));
  return { html: html && absoluteHtml(html, base) };
}

/** What relative references are meant against, of a link elsewhere and a permalink the latter. */
function pageOf(pages: SourceEntry['pages'], { base, home = '' }: Place): string | undefined {
  const host = URL.parse(home)?.host;
  return pages.find((page) => new URL(page).host === host) ?? pages[0] ?? base;
}

function writersOf({ authors, dc, itunes, atom }: Item): SourceEntry['authors'] {
  const creators = named(dc?.creators);
  if (creators.length > 0) return toPersons(creators);
  const writers = (authors ?? []).map(({ name, email, link }) => ({ name, email, uri: link }));
  return toPersons(
    [writers, atom?.authors ?? [], named(itunes?.author === undefined ? [] : [itunes.author])].find(
      (one) => one.length > 0,
    ) ?? [],
  );
}

function mediaOf({ enclosures, media, itunes }: Item): readonly Found[] {
  const groups = (media?.groups ?? []).flatMap(({ contents }) => contents?.slice(0, 1) ?? []);
  const contents = [...(media?.contents ?? []), ...groups].map(
    ({ url, type, medium, fileSize, duration, title, description, credits }) => ({
      url,
      type,
      medium,
      length: fileSize,
      duration,
      alt: title?.value,
      caption: description?.value,
      credit: credits?.[0]?.value,
    }),
  );
  const sounds = (enclosures ?? []).map((enclosure) => ({ ...enclosure, duration: itunes?.duration }));
  // What Media RSS says of an enclosure is more than the enclosure says.
  return [
    ...contents.filter(({ medium, type }) => medium === 'image' || type?.startsWith('image/')),
    ...sounds,
    ...contents,
  ];
}

function picturesOf({ media }: Item): readonly (string | undefined)[] {
  return [media, ...(media?.groups ?? [])].map((one) => one?.thumbnails?.[0]?.url);
}

function named(names: readonly string[] | undefined): readonly { readonly name: string }[] {
  return (names ?? []).map((name) => ({ name }));
}

// Ours are text to the letter (RSS Profile); elsewhere nobody knows, of titles and of categories.
function toTitle(title: string | undefined, isOurs: boolean): PlainText | undefined {
  return title === undefined ? undefined : (isOurs ? toLine(title) : looseTitle(title)) || undefined;
}
