import type { FeedEntry, FeedHead, Format } from '../../src/feeds/model.ts';
import { renderers } from '../../src/feeds/renderers.ts';
import type { Html } from '../../src/lib/html.ts';
import { toInstant } from '../../src/lib/instant.ts';
import { type PlainText, toLine } from '../../src/lib/text.ts';
import { type AbsoluteUrl, toAbsoluteUrl } from '../../src/lib/url.ts';

/** The whole document of a feed with these entries. */
export function render(format: Format, head: FeedHead, entries: readonly FeedEntry[]): string {
  const { renderEntry, renderDocument } = renderers[format];
  return renderDocument(
    head,
    entries.map((entry) => renderEntry(entry, tagScheme)),
  );
}

/** The head for the document at `/` of the format. */
export function headFor(format: Format, head: FeedHead): FeedHead {
  return { ...head, self: url(`/${{ rss: 'rss.xml', atom: 'atom.xml', json: 'feed.json' }[format]}`) };
}

export const url = (path: string): AbsoluteUrl => toAbsoluteUrl(path, 'https://news.example.com')!;
/** The base URL of the tag feeds. */
export const tagScheme: AbsoluteUrl = url('/tags/');
const at = (iso: string): ReturnType<typeof toInstant> => toInstant(Date.parse(iso));
const line = (text: string): PlainText => toLine(text);

/** A head that says only what it must. */
export const plainHead: FeedHead = {
  id: 'urn:uuid:3a7e9f0c-51d2-5b4e-8f60-0c7d1e2f3a4b',
  title: line('Harbour News'),
  page: url('/'),
  self: url('/rss.xml'),
  updated: at('2026-02-08T12:00:00Z'),
  authors: [{ name: line('Harbour News') }],
  tags: [],
  hubs: [],
  links: [],
  ttl: 5,
  archive: false,
  expired: false,
};

/** A head that says all it can. */
export const fullHead: FeedHead = {
  ...plainHead,
  title: line('Ships & <Boats>'),
  description: line('All that floats: tugs & ferries, 3 < 4'),
  published: at('2026-02-08T11:00:00Z'),
  language: 'en-GB',
  authors: [
    { name: line('Ana Böhm'), email: 'ana@news.example.com', uri: url('/people/ana'), avatar: url('/ana.png') },
    { name: line('The desk') },
  ],
  rights: line('© 2026 Harbour & Sons'),
  license: 'https://creativecommons.org/licenses/by/4.0/' as AbsoluteUrl,
  tags: [line('Sea'), line('R&D')],
  icon: { url: url('/icon.svg'), type: 'image/svg+xml' },
  logo: { url: url('/logo.png?a=1&b=2'), type: 'image/png' },
  hubs: ['https://hub.example.org/' as AbsoluteUrl, 'https://hub.example.net/' as AbsoluteUrl],
  ttl: 20,
};

/** A head of an archive document of a feed that ended. */
export const archiveHead: FeedHead = {
  ...plainHead,
  webfeeds: { accentColor: '00aa88', cover: url('/cover.jpg') },
  icon: { url: url('/icon.svg'), type: 'image/svg+xml' },
  logo: { url: url('/logo.svg'), type: 'image/svg+xml' },
  links: [
    { rel: 'current', href: url('/rss.xml') },
    { rel: 'prev-archive', href: url('/archive/1.rss.xml') },
    { rel: 'next', href: url('/archive/1.json') },
  ],
  archive: true,
  expired: true,
};

const markup = '<p>The ferry <em>Marlin</em> sails &amp; <code>a &lt; b</code> &lt;/item&gt; holds</p>';

type ArticleEntry = Extract<FeedEntry, { readonly kind: 'article' }>;

/** An article with all that one can have. */
export const article: ArticleEntry = {
  kind: 'article',
  id: 'urn:uuid:11111111-1111-5111-8111-111111111111',
  atomId: 'urn:uuid:11111111-1111-5111-8111-111111111111',
  url: url('/articles/marlin'),
  externalUrl: 'https://shipping.example.org/marlin?x=1&y=2' as AbsoluteUrl,
  title: line('AT&T lays a cable; 3 < 4, Map<K>, ]]> “so on” &c'),
  published: at('2026-02-08T11:00:00Z'),
  updated: at('2026-02-08T11:30:00.250Z'),
  authors: [
    { name: line('Ana Böhm'), email: 'ana@news.example.com', uri: url('/people/ana'), avatar: url('/ana.png') },
    { name: line('Li Wei <desk>') },
  ],
  tags: [
    { label: line('C++ & "Rust"'), slug: 'c++' },
    { label: line('日本'), slug: '日本' },
  ],
  summary: line('The Marlin sails at noon & <late>.'),
  contentHtml: markup as Html,
  image: {
    role: 'image',
    url: url('/media/marlin.jpg'),
    type: 'image/jpeg',
    length: 48213,
    alt: line('A ferry at the pier & a gull'),
    caption: line('The Marlin before her first crossing'),
    credit: line('Li Wei'),
  },
  media: [
    { role: 'audio', url: url('/media/horn.mp3'), type: 'audio/mpeg', length: 90210, duration: 12 },
    { role: 'video', url: url('/media/launch.mp4'), type: 'video/mp4', duration: 61, caption: line('The launch') },
    { role: 'file', url: url('/media/plan.pdf?v=1&w=2'), type: 'application/pdf' },
  ],
  language: 'de',
  license: 'https://creativecommons.org/licenses/by-sa/4.0/' as AbsoluteUrl,
};

/** An article of a feed that carries summaries. */
const summaryOnly: ArticleEntry = {
  kind: 'article',
  id: 'tag 17 & <more>',
  atomId: 'urn:uuid:22222222-2222-5222-8222-222222222222',
  url: url('/articles/hafen'),
  title: line('Harbour closed'),
  published: at('2026-02-08T10:00:01Z'),
  updated: at('2026-02-08T10:00:01Z'),
  authors: [{ name: line('Bea'), email: 'bea@news.example.com' }],
  tags: [],
  summary: line('Fog until Monday.'),
  media: [],
};

/** An article that is a picture. */
export const pictureOnly: ArticleEntry = {
  kind: 'article',
  id: 'urn:uuid:33333333-3333-5333-8333-333333333333',
  atomId: 'urn:uuid:33333333-3333-5333-8333-333333333333',
  url: url('/articles/picture'),
  title: line('A picture only'),
  published: at('2026-02-08T10:00:00Z'),
  updated: at('2026-02-08T10:00:00Z'),
  authors: [],
  tags: [],
  image: { role: 'image', url: url('/media/gull.webp'), type: 'image/webp', caption: line('A gull') },
  media: [],
};

/** A headline that leads elsewhere. */
export const headline: FeedEntry = {
  kind: 'headline',
  id: 'urn:uuid:44444444-4444-5444-8444-444444444444',
  atomId: 'urn:uuid:44444444-4444-5444-8444-444444444444',
  url: 'https://elsewhere.example.org/lights' as AbsoluteUrl,
  title: line('Lights on along the quay'),
  published: at('2026-02-08T09:59:59Z'),
  updated: at('2026-02-08T09:59:59Z'),
  authors: [],
  tags: [{ label: line('Sea'), slug: 'sea' }],
};

/** A headline with a page here. */
export const headlineWithSummary: FeedEntry = {
  kind: 'headline',
  id: 'urn:uuid:55555555-5555-5555-8555-555555555555',
  atomId: 'urn:uuid:55555555-5555-5555-8555-555555555555',
  url: url('/headlines/tide'),
  title: line('“High tide” at six?'),
  published: at('2026-02-08T09:59:58Z'),
  updated: at('2026-02-08T09:59:58Z'),
  authors: [],
  tags: [],
  summary: line('Spring tide & wind from the west.'),
};

/** Entries that between them have every fact that an entry can have. */
export const entries: readonly FeedEntry[] = [article, summaryOnly, pictureOnly, headline, headlineWithSummary];
