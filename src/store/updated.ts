import { toText } from '../content/plain-text.ts';
import { type Instant, toInstant } from '../lib/instant.ts';
import type { HeadlineDraft } from '../source/draft.ts';
import type { Previous } from './article-warnings.ts';
import type { Article } from './articles.ts';
import type { Ledger } from './ledger.ts';
import type { Entry, EntryText } from './records.ts';
import { freeUpdated } from './revise.ts';
import { isSignificantEdit } from './similarity.ts';

/**
 * An article's `updated` (RFC 4287 §4.2.15): what the editor says, when that is new; else it moves with significant
 * changes only. Never before `published`.
 */
export function chooseUpdated(
  ledger: Ledger,
  { draft, content }: Article,
  { entry, text }: Previous,
  published: Instant,
  now: Instant,
): Instant {
  if (draft.updated !== undefined) {
    const isFollowed = draft.updated === entry?.editorUpdated;
    return isFollowed
      ? keepUpdated(ledger, entry, published)
      : followEditor(ledger, draft.updated, entry, published, now);
  }
  const isSignificant =
    entry !== undefined &&
    !draft.minor &&
    (entry.link !== draft.link || isSignificantEdit(entry.title, content.title) || isTextEdited(entry, text, content));
  return moveUpdated(ledger, entry, isSignificant, published, now);
}

/** What an article said that the store has lost is not known to be anything else than what it says. */
function isTextEdited(entry: Entry, text: EntryText | undefined, { html }: EntryText): boolean {
  if (text === undefined) return entry.kind === 'headline' && isSignificantEdit('', toText(html));
  return text.html !== html && isSignificantEdit(toText(text.html), toText(html));
}

/** A headline's `updated`: as an article's. */
export function chooseHeadlineUpdated(
  ledger: Ledger,
  draft: HeadlineDraft,
  before: Entry | undefined,
  published: Instant,
  now: Instant,
): Instant {
  const isSignificant =
    before !== undefined &&
    (before.link !== draft.link ||
      isSignificantEdit(before.title, draft.title) ||
      isSignificantEdit(before.summary ?? '', draft.summary ?? ''));
  return moveUpdated(ledger, before, isSignificant, published, now);
}

function moveUpdated(
  ledger: Ledger,
  before: Entry | undefined,
  isSignificant: boolean,
  published: Instant,
  now: Instant,
): Instant {
  // What nobody has seen yet was never changed.
  if (before === undefined || before.status === 'scheduled') return freeUpdated(ledger, published, before);
  return isSignificant
    ? freeUpdated(ledger, toInstant(Math.max(now, published)), before)
    : keepUpdated(ledger, before, published);
}

function keepUpdated(ledger: Ledger, before: Entry, published: Instant): Instant {
  return before.updated < published ? freeUpdated(ledger, published, before) : before.updated;
}

function followEditor(
  ledger: Ledger,
  asked: Instant,
  before: Entry | undefined,
  published: Instant,
  now: Instant,
): Instant {
  const latest = Math.max(now, published);
  return freeUpdated(ledger, toInstant(Math.min(Math.max(asked, published), latest)), before);
}
