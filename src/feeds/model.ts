import type { Html } from '../lib/html.ts';
import type { Instant } from '../lib/instant.ts';
import type { PlainText } from '../lib/text.ts';
import type { AbsoluteUrl } from '../lib/url.ts';
import type { Person } from '../source/draft.ts';

export const formats = ['rss', 'atom', 'json'] as const;
export type Format = (typeof formats)[number];

/** A picture, sound or file that goes with an entry. */
export type Media = {
  readonly role: 'image' | 'audio' | 'video' | 'file';
  readonly url: AbsoluteUrl;
  /** Media type, `image/jpeg`. */
  readonly type: string;
  /** Bytes; absent for a remote file of unknown size. */
  readonly length?: number;
  /** Seconds. */
  readonly duration?: number;
  readonly alt?: PlainText;
  readonly caption?: PlainText;
  readonly credit?: PlainText;
};

export type Tag = {
  readonly label: PlainText;
  /** Atom's `term`: unique among the publication's tags. */
  readonly slug: string;
};

type EntryCommon = {
  /** `guid` in RSS and `id` in JSON, to the letter. */
  readonly id: string;
  /** Atom's `id`: the same string where that is an absolute IRI. */
  readonly atomId: string;
  /** Where the entry leads, in all three formats. */
  readonly url: AbsoluteUrl;
  /** The page elsewhere that an entry with a page here is about: JSON's `external_url`, Atom's `related`. */
  readonly externalUrl?: AbsoluteUrl;
  readonly title: PlainText;
  readonly published: Instant;
  readonly updated: Instant;
  readonly authors: readonly Person[];
  readonly tags: readonly Tag[];
  readonly summary?: PlainText;
  /** BCP 47; only when it differs from the feed's. */
  readonly language?: string;
  readonly license?: AbsoluteUrl;
};

/** One entry as the renderers see it: every URL absolute, nothing left to look up. */
export type FeedEntry =
  | (EntryCommon & {
      readonly kind: 'article';
      /** Absent when the feed carries summaries only. Already wrapped in `<div dir="rtl" lang>` where needed. */
      readonly contentHtml?: Html;
      readonly image?: Media;
      /** Audio, video and files, in order; the first is RSS's `enclosure`. */
      readonly media: readonly Media[];
    })
  | (EntryCommon & { readonly kind: 'headline' });

export type FeedImage = { readonly url: AbsoluteUrl; readonly type: string };

/** A feed without its entries. */
export type FeedHead = {
  /** The feed's Atom id. */
  readonly id: string;
  readonly title: PlainText;
  readonly description?: PlainText;
  /** The page for people. */
  readonly page: AbsoluteUrl;
  /** The canonical URL of this very document. */
  readonly self: AbsoluteUrl;
  /** Newest change of the entry set, an entry's fields or the settings. */
  readonly updated: Instant;
  /** Newest `published` of the entries; absent in an empty feed. */
  readonly published?: Instant;
  readonly language?: string;
  /** Never empty. */
  readonly authors: readonly Person[];
  readonly rights?: PlainText;
  readonly license?: AbsoluteUrl;
  readonly tags: readonly PlainText[];
  /** Small and square: Atom's `icon`, JSON's `favicon`. */
  readonly icon?: FeedImage;
  /** RSS's `image` (PNG, JPEG and GIF only), Atom's `logo`, JSON's `icon`. */
  readonly logo?: FeedImage;
  readonly hubs: readonly AbsoluteUrl[];
  /** Minutes between refreshes, 5..60: RSS's `ttl`, `sy:updatePeriod` hourly with `sy:updateFrequency` 60/ttl. */
  readonly ttl: number;
  /** `webfeeds:` extensions, only when the publication asks for them. */
  readonly webfeeds?: { readonly accentColor?: string; readonly cover?: AbsoluteUrl };
  /** RFC 5005 and paging relations; `next` is JSON's `next_url`. */
  readonly links: readonly {
    readonly rel: 'first' | 'next' | 'previous' | 'last' | 'current' | 'prev-archive' | 'next-archive';
    readonly href: AbsoluteUrl;
  }[];
  /** RFC 5005 §4: an archive document (`fh:archive`). */
  readonly archive: boolean;
  /** JSON's `expired`. */
  readonly expired: boolean;
};

/** A prefix whose namespace the document's root has to declare. */
export type Prefix = 'atom' | 'content' | 'dc' | 'media' | 'sy' | 'webfeeds' | 'fh' | 'creativeCommons';

/** One entry rendered in one format, checked by a strict parser. */
export type Fragment = { readonly text: string; readonly prefixes: readonly Prefix[] };

/** What each format's module offers; all three have the same outline. */
export type Renderer = {
  /** `application/rss+xml; charset=utf-8` and its kind. */
  readonly contentType: string;
  /**
   * Pure. Throws when what came out is not well-formed; the caller makes it the entry's problem. `scheme` is Atom's of
   * categories: the base URL of the tag feeds.
   */
  readonly renderEntry: (entry: FeedEntry, scheme: AbsoluteUrl) => Fragment;
  /** The same for several, which takes less. Throws when one of them is not well-formed. */
  readonly renderEntries: (entries: readonly FeedEntry[], scheme: AbsoluteUrl) => readonly Fragment[];
  /** Pure. The whole document: no BOM, first byte `<` or `{`. Throws when the head is not well-formed. */
  readonly renderDocument: (head: FeedHead, fragments: readonly Fragment[]) => string;
};
