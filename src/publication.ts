import type { Instant } from './lib/instant.ts';
import type { PlainText } from './lib/text.ts';
import type { AbsoluteUrl } from './lib/url.ts';
import type { Person } from './source/draft.ts';

/** Settings of one feed, keyed in publication.yaml by `all`, `articles`, `headlines`, `tags/NAME` or `authors/NAME`. */
export type FeedSettings = {
  readonly title?: PlainText;
  readonly description?: PlainText;
  /** Entries in the live document. */
  readonly limit?: number;
  readonly content?: 'full' | 'summary';
  readonly push?: boolean;
  /** Earlier names of this feed, answered with 301. */
  readonly was: readonly string[];
};

/** What publication.yaml says, defaults filled in. */
export type Publication = {
  /** An absolute IRI that entry ids are made from. */
  readonly id?: string;
  readonly title?: PlainText;
  readonly description?: PlainText;
  /** BCP 47. */
  readonly language?: string;
  /** IANA name. */
  readonly timezone: string;
  readonly authors: readonly Person[];
  readonly rights?: PlainText;
  readonly license?: AbsoluteUrl;
  /** As written: an absolute URL, or a path in the data folder. */
  readonly icon?: string;
  readonly logo?: string;
  readonly tags: readonly PlainText[];
  readonly hubs: readonly AbsoluteUrl[];
  /** How many seconds after an edition hubs are told, in place of 0, or of 120 with `cdn`. */
  readonly push?: { readonly delay: number };
  /** Whether a CDN stands before the publication. */
  readonly cdn?: boolean;
  /** URLs that are told of each edition that changed. */
  readonly hooks?: { readonly published: AbsoluteUrl };
  /** Entries in a live document, 50. */
  readonly limit: number;
  /** Full content or summaries, `full`. */
  readonly content: 'full' | 'summary';
  readonly feeds: Readonly<Record<string, FeedSettings>>;
  /** Feeds that ended: answered with 410. */
  readonly gone: readonly { readonly feed: string; readonly ended?: Instant }[];
  /** `https://site.example/{path}/`: entry links point at an existing site. */
  readonly permalinks?: string;
  readonly headlines: { readonly link: 'external' | 'page'; readonly removed: 'keep' | 'withdraw' };
  /** Seconds that a brand-new file has to be stable before it is read, 0. */
  readonly grace: number;
  readonly webfeeds?: { readonly accentColor?: string; readonly cover?: string };
};

/** What holds where publication.yaml says nothing, or is not there. */
export const defaultPublication: Publication = {
  timezone: 'UTC',
  authors: [],
  tags: [],
  hubs: [],
  limit: 50,
  content: 'full',
  feeds: {},
  gone: [],
  headlines: { link: 'external', removed: 'keep' },
  grace: 0,
};
