import type { Html } from '../lib/html.ts';
import type { Instant } from '../lib/instant.ts';
import type { Problem } from '../lib/problem.ts';
import type { PlainText } from '../lib/text.ts';
import type { AbsoluteUrl } from '../lib/url.ts';
import type { DraftMedia, Person } from '../source/draft.ts';
import type { Stat } from '../source/folder.ts';
import type { Role } from '../source/roles.ts';

/**
 * What a reference that is not absolute leads to: a media file, another entry's page, a place relative to the entry's
 * own link, or nothing (an entry that is not published).
 */
export type Target =
  | { readonly kind: 'media'; readonly path: string; readonly size: number }
  | { readonly kind: 'entry'; readonly id: string; readonly path: string; readonly fragment: string }
  | { readonly kind: 'own' }
  | { readonly kind: 'none' };

/**
 * `scheduled`: kept, but shown nowhere before its date. `live`: in the feeds. `withdrawn`: nowhere; its page is gone,
 * its id and path stay taken.
 */
export type Status = 'scheduled' | 'live' | 'withdrawn';

/** An entry as it was last published, without its text. */
export type Entry = {
  /** RSS's guid and JSON's id. */
  readonly id: string;
  readonly atomId: string;
  readonly kind: 'article' | 'headline';
  readonly status: Status;
  /** What the id was made from. */
  readonly key: string;
  /** Source file that holds it now, or held it last. */
  readonly file: string;
  /** The page's path below PUBLIC_URL, decoded NFC: `/articles/SLUG`. */
  readonly path: string;
  readonly firstSeen: Instant;
  readonly published: Instant;
  /** Unique in the publication. */
  readonly updated: Instant;
  readonly expires?: Instant;
  readonly withdrawnAt?: Instant;
  /** When it left its list, or its briefing went on to another article; it stays published all the same. */
  readonly leftAt?: Instant;
  /** When the last line that stood for an article was taken off its list. */
  readonly unlistedAt?: Instant;
  /** `updated` as the file gives it: followed when it changes. */
  readonly editorUpdated?: Instant;
  /** Grows by one with every change of what the entry shows. */
  readonly revision: number;
  /** When `revision` last grew. */
  readonly changed: Instant;
  readonly title: PlainText;
  readonly link?: AbsoluteUrl;
  readonly authors: readonly Person[];
  readonly tags: readonly PlainText[];
  readonly summary?: PlainText;
  readonly language?: string;
  readonly direction?: 'rtl';
  readonly content?: 'full' | 'summary';
  readonly media: readonly DraftMedia[];
  /** Where each reference of the HTML and media that is not absolute leads. */
  readonly targets: Readonly<Record<string, Target>>;
};

/** The heavy part of an entry; absent for headlines. */
export type EntryText = {
  /** As content gives it: marks unresolved. */
  readonly html: Html;
};

/** What is known of a file of the data folder. */
export type FileRecord = Stat & {
  readonly path: string;
  readonly role: Role;
  /** When it was last looked at, in milliseconds. */
  readonly seenAt: number;
  /** Of the bytes and of how they are read; empty: to be read again at the next refresh. */
  readonly hash: string;
  /** For lint and status: how it was read. */
  readonly how: string;
  readonly problems: readonly Problem[];
  /** The path as the disk spells it, where that is not NFC. */
  readonly diskPath?: string;
  /** First refresh at which it was missing, in milliseconds. */
  readonly missingSince?: number;
};

/** One line of a headline list as last seen. */
export type ListLine = {
  readonly entry: string;
  readonly text: PlainText;
  readonly tags: readonly PlainText[];
  /** Struck out: its entry is withdrawn, and is the same one again when the line no longer is. */
  readonly struck?: true;
};

/** A feed and what must outlive a restart. */
export type FeedRecord = {
  /** `all`, `articles`, `headlines`, `tags/SLUG`, `authors/SLUG`. */
  readonly name: string;
  readonly atomId: string;
  /** The last place that was given. */
  readonly places: number;
  /** The highest place that slid out of the live document. */
  readonly floor: number;
  /** The tag's or author's name that the feed is of. */
  readonly label?: PlainText;
  /** The limit that `floor` was found with. */
  readonly limit: number;
  /** `updated` and `lastBuildDate`. */
  readonly updated: Instant;
  /** Of the entry set, revisions and settings that `updated` stands for. */
  readonly signature: string;
  /** How many entries are in it now, live document and archives together. */
  readonly active: number;
  /** Last-Modified, in seconds since 1970, of its documents that are made on demand; grows with each change of them. */
  readonly version: number;
  /** All that those documents are made from, and by which rendering. */
  readonly stamp: string;
};

/** The n-th entry that joined a feed. */
export type Place = {
  readonly feed: string;
  readonly place: number;
  readonly entry: string;
  /** When it joined. */
  readonly joined: Instant;
  /** Joined when it was already old: in the archive, never in the live document. */
  readonly archiveOnly: boolean;
  /** False while the entry is not in the feed (a tag taken off). */
  readonly active: boolean;
};

/** A document's validators. */
export type DocumentState = {
  /** The document's path below PUBLIC_URL. */
  readonly path: string;
  /** Last-Modified in seconds since 1970; grows with each change. */
  readonly version: number;
  /** Of the identity bytes. */
  readonly hash: string;
};

/** A tag or author's one spelling and slug. */
export type Term = {
  readonly kind: 'tags' | 'authors';
  /** Case-folded NFC label. */
  readonly key: string;
  readonly label: PlainText;
  readonly slug: string;
};
