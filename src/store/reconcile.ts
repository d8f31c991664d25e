import type { Instant } from '../lib/instant.ts';
import type { Problem } from '../lib/problem.ts';
import type { Publication } from '../publication.ts';
import type { HeadlineDraft } from '../source/draft.ts';
import { type Article, reconcileArticle } from './articles.ts';
import { grantClaims, holderOf } from './claims.ts';
import { currentEntries } from './file-entries.ts';
import { indexLines, publishHeadlines, settleHeadlines } from './headlines.ts';
import { explicitIdentity } from './identity.ts';
import type { Ledger } from './ledger.ts';
import { matchLists } from './list-lines.ts';
import { findPredecessors, moveTo } from './predecessors.ts';
import type { EntryText } from './records.ts';
import { Refusal } from './refusal.ts';
import { isRemembered, lostArticles, renamedUnread } from './renames.ts';
import { putRevision, undatedClock, withdraw } from './revise.ts';
import { resolveTargets } from './targets.ts';

/** A source file that is new or changed, with what it says. */
export type SourceUpdate = {
  readonly file: string;
  /** Whether it was not there at the last look. */
  readonly isNew: boolean;
  /** Whether something in it is wrong: what it does not say may only be unreadable. */
  readonly isFaulty: boolean;
  readonly article?: Article;
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
  /** Files that are there again after they were missing for as long as those that are gone. */
  readonly returned: ReadonlySet<string>;
  /** Texts of `affectedEntries`. */
  readonly texts: ReadonlyMap<string, EntryText>;
  /** Files that came, went or changed their size: references may lead elsewhere now. */
  readonly changedFiles: Iterable<string>;
  /** Whether the guard against mass withdrawal is off. */
  readonly allowsAll: boolean;
  /** Missing files whose withdrawal was allowed before. */
  readonly allowed: ReadonlySet<string>;
};

/**
 * Drafts meet entries: the ledger afterwards says what is published. Gives the problems that only show here; a file
 * with an error among them keeps what it had published.
 */
export function reconcile(ledger: Ledger, refresh: Refresh): readonly Problem[] {
  const liveBefore = ledger.live.count('article');
  const claims = grantClaims(ledger, refresh);
  const predecessors = findPredecessors(ledger, refresh, claims);
  const lists = matchLists(ledger, refresh, predecessors);
  const linesOf = lists.touched.size === 0 ? () => [] : indexLines(ledger);
  const known = { claims, predecessors, lists };
  const problems = [...claims.problems];
  const nextDate = undatedClock(ledger, refresh.now);
  // Newest first: of several undated files the last in path order is the newest, within a file the top line.
  for (const { file, article, isFaulty } of refresh.updates.toReversed()) {
    if (article !== undefined) problems.push(...reconcileArticle(ledger, refresh, article, known, nextDate));
    else if (!isFaulty && ledger.files.get(file)?.role === 'article') withdrawLeft(ledger, file, refresh.now);
    const lines = lists.lines.get(file) ?? [];
    problems.push(...publishHeadlines(ledger, refresh, file, lines, linesOf, nextDate));
  }
  settleHeadlines(ledger, refresh, lists, linesOf);
  for (const file of refresh.gone) withdrawFile(ledger, refresh, file);
  keepTime(ledger, refresh);
  followReferences(ledger, refresh);
  if (!refresh.allowsAll) guard(ledger, liveBefore, refresh);
  return problems;
}

/** The entries whose texts a reconciliation compares with. */
export function affectedEntries(ledger: Ledger, refresh: Omit<Refresh, 'texts'>): readonly string[] {
  const { updates, now, publicationId } = refresh;
  const held = updates.flatMap(({ file }) => ledger.entriesOf(file)).filter(({ leftAt }) => isRemembered(leftAt, now));
  const asked = updates.flatMap(({ article }) => {
    const identity = article && explicitIdentity(article.draft, publicationId);
    return (identity && holderOf(ledger, identity)) ?? [];
  });
  const isAnyNew = updates.some(({ file, article, isNew }) => {
    return article !== undefined && (isNew || article.draft.briefing || currentEntries(ledger, file).length === 0);
  });
  const lost = isAnyNew ? lostArticles(ledger, refresh) : [];
  const articles = [...held, ...asked, ...lost].filter(({ kind }) => kind === 'article');
  return [...new Set(articles.map(({ id }) => id))];
}

/** An unmounted or half-synced folder must not empty the feeds. What expires goes by its own word. */
function guard(ledger: Ledger, liveBefore: number, { now, allowed }: Refresh): void {
  const withdrawn = Array.from(ledger.changedEntries())
    .filter(
      ({ kind, status, expires }) =>
        kind === 'article' && status === 'withdrawn' && (expires === undefined || expires > now),
    )
    .filter(({ id, file }) => ledger.entries.saved(id)?.status === 'live' && !allowed.has(file));
  if (liveBefore < 5 || withdrawn.length * 2 <= liveBefore) return;
  const first = withdrawn.slice(0, 3).map(({ file }) => file);
  throw new Refusal(
    `expected to withdraw at most half of ${liveBefore} live articles, found ${withdrawn.length} to withdraw (${first.join(', ')}, …); to go through with it, serve or build with --allow-mass-withdrawal`,
    { canBeAllowed: true },
  );
}

/** Embargoes end and expiries come by the clock alone; an embargo waits while its file is away. */
function keepTime(ledger: Ledger, { now, missing }: Refresh): void {
  for (const entry of ledger.timedEntries()) {
    if (entry.expires !== undefined && entry.expires <= now) withdraw(ledger, entry, now);
    else if (entry.status === 'scheduled' && entry.published <= now && !missing.has(entry.file)) {
      putRevision(ledger, { ...entry, status: 'live' }, now);
    }
  }
}

/** When the next embargo ends or the next entry expires; undefined when none will. One that waits for its file is not due. */
export function nextDue(ledger: Ledger, now: Instant): Instant | undefined {
  let next: Instant | undefined;
  for (const { status, published, expires } of ledger.timedEntries()) {
    const due = status === 'scheduled' ? published : status === 'live' ? expires : undefined;
    if (due !== undefined && due > now && (next === undefined || due < next)) next = due;
  }
  return next;
}

function withdrawFile(ledger: Ledger, refresh: Refresh, file: string): void {
  const heir = renamedUnread(ledger, file).find((path) => currentEntries(ledger, path).length === 0);
  for (const entry of currentEntries(ledger, file)) {
    if (heir === undefined) withdraw(ledger, entry, refresh.now);
    else moveTo(ledger, refresh, entry, heir);
  }
  ledger.dropFile(file);
}

/** What a file held that only leads elsewhere now, and no other file took over. */
function withdrawLeft(ledger: Ledger, file: string, now: Instant): void {
  for (const { leftAt, ...entry } of ledger.entriesOf(file)) if (leftAt === now) withdraw(ledger, entry, now);
}

/** Resolves anew where references lead that may lead to files and pages that came, went or moved. */
function followReferences(ledger: Ledger, refresh: Refresh): void {
  const pages = Array.from(ledger.changedEntries()).filter(({ kind }) => kind === 'article');
  const files = new Set([
    ...refresh.changedFiles,
    ...pages.flatMap(({ id, file }) => [file, ledger.entries.saved(id)?.file ?? file]),
  ]);
  for (const entry of ledger.entriesReferringTo(files)) {
    const targets = resolveTargets(ledger, entry.file, Object.keys(entry.targets));
    putRevision(ledger, { ...entry, targets }, refresh.now);
  }
}
