import type { Content } from '../content/content.ts';
import type { Instant } from '../lib/instant.ts';
import type { Problem } from '../lib/problem.ts';
import type { Publication } from '../publication.ts';
import type { ArticleDraft, HeadlineDraft } from '../source/draft.ts';
import { claimIdentities, reconcileArticle, withdrawArticle } from './articles.ts';
import { reconcileList } from './headlines.ts';
import type { Ledger } from './ledger.ts';
import type { EntryText } from './records.ts';
import { Refusal } from './refusal.ts';
import { followRenames, isNewcomer, renameCandidates } from './renames.ts';
import { putRevision, undatedClock } from './revise.ts';
import { resolveTargets } from './targets.ts';

/** A source file that is new or changed, with what it says. */
export type SourceUpdate = {
  readonly file: string;
  readonly article?: { readonly draft: ArticleDraft; readonly content: Content };
  readonly headlines: readonly HeadlineDraft[];
};

/** All that a reconciliation goes by, besides the ledger. */
export type Refresh = {
  readonly now: Instant;
  readonly publication: Publication;
  /** The IRI that ids are made from. */
  readonly publicationId: string;
  readonly publicUrl: string;
  /** In natural path order. */
  readonly updates: readonly SourceUpdate[];
  /** Source files that are no longer there. */
  readonly gone: readonly string[];
  /** These and the ones that may only be away for a moment. */
  readonly missing: ReadonlySet<string>;
  /** Texts of `affectedEntries`. */
  readonly texts: ReadonlyMap<string, EntryText>;
  /** Whether a file came, went or changed its size: references may lead elsewhere now. */
  readonly isFileSetChanged: boolean;
  /** Whether the guard against mass withdrawal is off. */
  readonly allowsAll: boolean;
};

/**
 * Drafts meet entries: the ledger afterwards says what is published. Gives the problems that only show here; a file
 * with one keeps what it had published.
 */
export function reconcile(ledger: Ledger, refresh: Refresh): readonly Problem[] {
  const problems: Problem[] = [];
  const liveBefore = refresh.allowsAll ? [] : liveArticles(ledger);
  keepTime(ledger, refresh.now);
  const claims = claimIdentities(ledger, refresh, problems);
  followRenames(ledger, refresh, claims);
  for (const file of refresh.gone) withdrawFile(ledger, file, refresh);
  const nextDate = undatedClock(ledger, refresh.now);
  // Newest first: of several undated files the last in path order is the newest, within a file the top line.
  for (const update of refresh.updates.toReversed()) {
    if (update.article !== undefined) {
      problems.push(...reconcileArticle(ledger, refresh, update.article, claims, nextDate));
    }
    problems.push(...reconcileList(ledger, refresh, update, nextDate));
  }
  followReferences(ledger, refresh);
  guard(ledger, liveBefore);
  return problems;
}

/** The entries whose texts a reconciliation of these updates compares with. */
export function affectedEntries(
  ledger: Ledger,
  seen: Pick<Refresh, 'updates' | 'missing'>,
  now: Instant,
): readonly string[] {
  const updated = seen.updates.flatMap(({ file }) => ledger.entriesOf(file));
  const hasNewcomer = seen.updates.some((update) => isNewcomer(ledger, update));
  const candidates = hasNewcomer ? renameCandidates(ledger, seen.missing, now) : [];
  return [...updated, ...candidates].filter(({ kind }) => kind === 'article').map(({ id }) => id);
}

function liveArticles(ledger: Ledger): readonly string[] {
  return Array.from(ledger.entries.values())
    .filter(({ kind, status }) => kind === 'article' && status === 'live')
    .map(({ id }) => id);
}

/** An unmounted or half-synced folder must not empty the feeds. */
function guard(ledger: Ledger, liveBefore: readonly string[]): void {
  const withdrawn = liveBefore.filter((id) => ledger.entries.get(id)!.status === 'withdrawn');
  if (liveBefore.length < 5 || withdrawn.length * 2 <= liveBefore.length) return;
  const first = withdrawn.slice(0, 3).map((id) => ledger.entries.get(id)!.file);
  throw new Refusal(
    `expected to withdraw at most half of ${liveBefore.length} live articles, found ${withdrawn.length} to withdraw (${first.join(', ')}, …); to go through with it, refresh with --allow-mass-withdrawal`,
  );
}

/** Embargoes end and expiries come by the clock alone. */
function keepTime(ledger: Ledger, now: Instant): void {
  for (const entry of ledger.entries.values()) {
    if (entry.status === 'scheduled' && entry.published <= now) putRevision(ledger, { ...entry, status: 'live' }, now);
    else if (entry.status === 'live' && entry.expires !== undefined && entry.expires <= now) {
      putRevision(ledger, { ...entry, status: 'withdrawn', withdrawnAt: now }, now);
    }
  }
}

/** When the next embargo ends or the next entry expires; undefined when none will. */
export function nextDue(ledger: Ledger): Instant | undefined {
  let next: Instant | undefined;
  for (const { status, published, expires } of ledger.entries.values()) {
    const due = status === 'scheduled' ? published : status === 'live' ? expires : undefined;
    if (due !== undefined && (next === undefined || due < next)) next = due;
  }
  return next;
}

function withdrawFile(ledger: Ledger, file: string, refresh: Refresh): void {
  for (const entry of ledger.entriesOf(file)) {
    if (entry.kind === 'article' && entry.leftAt === undefined) withdrawArticle(ledger, entry, refresh.now);
  }
  reconcileList(ledger, refresh, { file, headlines: [] }, () => refresh.now);
  ledger.dropFile(file);
}

/** Resolves anew where references lead: for what changed, and for all when files or pages came, went or moved. */
function followReferences(ledger: Ledger, refresh: Refresh): void {
  const isAnyPageChanged = Array.from(ledger.changedEntries()).some((entry) => entry.kind === 'article');
  if (!isAnyPageChanged && !refresh.isFileSetChanged) return;
  for (const entry of ledger.entries.values()) {
    const references = Object.keys(entry.targets);
    if (references.length === 0) continue;
    putRevision(ledger, { ...entry, targets: resolveTargets(ledger, entry.file, references) }, refresh.now);
  }
}
