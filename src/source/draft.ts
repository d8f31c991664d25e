import type { Instant } from '../lib/instant.ts';
import type { PlainText } from '../lib/text.ts';
import type { AbsoluteUrl } from '../lib/url.ts';

/** A writer, as front matter or publication.yaml gives them. */
export type Person = {
  readonly name: PlainText;
  readonly email?: string;
  readonly uri?: AbsoluteUrl;
  readonly avatar?: AbsoluteUrl;
};

/** One block of a plain text article. */
export type TextBlock = { readonly type: 'paragraph' | 'heading'; readonly text: PlainText };

/** The body of an article as its file holds it, front matter taken off. `line` is where it begins (1-based). */
export type Body =
  | { readonly markup: 'markdown' | 'html'; readonly text: PlainText; readonly line: number }
  | { readonly markup: 'text'; readonly blocks: readonly TextBlock[]; readonly line: number };

/** A picture, sound or file that front matter names. `url` is as written: absolute, or relative to the file. */
export type DraftMedia = {
  readonly role: 'image' | 'audio' | 'video' | 'enclosure';
  readonly url: string;
  /** Media type, when front matter gives it. */
  readonly type?: string;
  /** Bytes, when front matter gives it. */
  readonly length?: number;
  /** Seconds. */
  readonly duration?: number;
  readonly alt?: PlainText;
  readonly caption?: PlainText;
  readonly credit?: PlainText;
};

type DraftCommon = {
  /** Path below the data folder, NFC, with `/`. */
  readonly file: string;
  /** 1-based line where the entry begins. */
  readonly line: number;
  readonly date?: Instant;
  readonly authors: readonly Person[];
  readonly tags: readonly PlainText[];
  readonly summary?: PlainText;
  /** Where the entry leads when that is another site (`link`, `external_url`; a headline's URL). */
  readonly link?: AbsoluteUrl;
};

/** What one article file says. */
export type ArticleDraft = DraftCommon & {
  readonly kind: 'article';
  /** Title that the file gives (front matter, or the text's own reading); absent when the content has to yield it. */
  readonly title?: PlainText;
  readonly body: Body;
  /** The day that the folders of an undated article name: the date of its entry where that has none yet. */
  readonly day?: Instant;
  readonly updated?: Instant;
  readonly expires?: Instant;
  readonly draft: boolean;
  readonly minor: boolean;
  readonly content?: 'full' | 'summary';
  readonly language?: string;
  /** Wanted slug, from `slug:` or the file name; absent for untitled root files, whose title makes it. */
  readonly slug?: { readonly text: string; readonly explicit: boolean };
  /** `permalink`, `url` or `path`: an absolute path, or an absolute URL; whether it is ours is decided later. */
  readonly permalink?: string;
  /** Kept to the letter. */
  readonly guid?: string;
  /** Kept to the letter when it is an absolute IRI, else the natural key. */
  readonly id?: string;
  readonly media: readonly DraftMedia[];
  /** A root `*.txt` without front matter: a briefing whose next day's text is another entry. */
  readonly briefing: boolean;
  /** 1-based lines of what other files may speak against; absent without front matter. */
  readonly lines?: { readonly path?: number; readonly id?: number; readonly date?: number };
  /** A page of the site, not one of its articles: it is not published unless it already is. */
  readonly page?: true;
};

/** What one line (or row) of a headline list says. */
export type HeadlineDraft = DraftCommon & {
  readonly kind: 'headline';
  readonly title: PlainText;
  /** Struck out as `~~headline~~`: to be withdrawn. */
  readonly struck: boolean;
};

export type Draft = ArticleDraft | HeadlineDraft;
