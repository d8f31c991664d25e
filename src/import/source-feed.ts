import type { PlainText } from '../lib/text.ts';
import type { AbsoluteUrl } from '../lib/url.ts';
import type { DraftMedia, Person } from '../source/draft.ts';

/** One entry as another site's feed gives it; nothing of it is made up. */
export type SourceEntry = {
  /** `guid` or `id`, to the letter; else the link, by which readers tell such entries apart. */
  readonly id?: string;
  /** Pages that the entry may have on the old site, the likeliest first. */
  readonly pages: readonly AbsoluteUrl[];
  /** The page elsewhere that the entry is about, where the format has a word for it. */
  readonly externalUrl?: AbsoluteUrl;
  readonly title?: PlainText;
  /** Not to be published. */
  readonly draft?: true;
  /** As written; read when the file is written. */
  readonly date?: string;
  readonly updated?: string;
  readonly authors: readonly Person[];
  readonly tags: readonly string[];
  readonly summary?: PlainText;
  /** The content with its references made absolute. */
  readonly html?: string;
  readonly language?: string;
  readonly media: readonly DraftMedia[];
};

/** What a feed says of itself. */
export type SourceHead = {
  readonly title?: PlainText;
  readonly description?: PlainText;
  /** The page of the whole site. */
  readonly home?: AbsoluteUrl;
  readonly language?: string;
  readonly authors: readonly Person[];
  readonly rights?: PlainText;
  readonly logo?: AbsoluteUrl;
  readonly generator?: string;
};

/** One document of a feed. */
export type SourceFeed = {
  readonly format: 'RSS' | 'RDF' | 'Atom' | 'JSON Feed';
  readonly head: SourceHead;
  readonly entries: readonly SourceEntry[];
  /** Items of an export that were never in the site's feed. */
  readonly leftOut?: number;
  /** Where the feed goes on with what is older (RFC 5005 §3 and §4; JSON Feed's `next_url`). */
  readonly older?: string;
};
