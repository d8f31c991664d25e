import type { Instant } from '../lib/instant.ts';
import { toMatchKey } from '../lib/match-key.ts';
import type { HeadlineDraft } from '../source/draft.ts';
import type { Ledger } from './ledger.ts';
import { encodePath } from './paths.ts';
import type { Refresh, SourceUpdate } from './reconcile.ts';
import type { Entry } from './records.ts';
import { isRecent, returnMilliseconds } from './revise.ts';

/** Where a line stands: its list, the entries that other lines of it continue, and those that any list seen now held before. */
export type ListPlace = {
  readonly file: string;
  readonly taken: ReadonlySet<string>;
  readonly held: ReadonlySet<string>;
};

/**
 * The id of the entry that a line new to its list stands for, by its text: one in another list, one that left lately,
 * or one that had this form before and has no other one now. A struck line means whatever was published last.
 */
export function findHeadline(
  ledger: Ledger,
  { now }: Pick<Refresh, 'now'>,
  draft: HeadlineDraft,
  place: ListPlace,
): string | undefined {
  const key = toMatchKey(draft.title);
  const rank = (entry: Entry): number =>
    (toMatchKey(entry.title) === key ? 0 : 2) + (entry.status === 'withdrawn' ? 1 : 0);
  return ledger
    .headlinesByText(key)
    .filter((entry) => {
      if (entry.kind === 'article') return entry.status === 'live' && isStillMeant(ledger, entry, place, now);
      if (rank(entry) >= 2 && isElsewhere(ledger, entry, place)) return false;
      return draft.struck ? rank(entry) === 0 : isRecent(entry.withdrawnAt ?? entry.leftAt, now);
    })
    .toSorted((a, b) => rank(a) - rank(b) || b.firstSeen - a.firstSeen)[0]?.id;
}

/** With so many of the latest articles a new headline is compared: a refresh costs what changed, and not what is stored. */
const mostArticles = 1000;

/**
 * Finds the id of the article of the last days whose title is that of a line that stands for nothing yet: the editor
 * lists what is out already. A line that leads anywhere but to the article's page is one of its own. `predecessors` has
 * the ids of the entries that files continue.
 */
export function articleFinder(
  ledger: Ledger,
  refresh: Refresh,
  predecessors: ReadonlyMap<string, string>,
): (draft: HeadlineDraft) => string | undefined {
  const edits = new Map(refresh.updates.map(({ file, article }) => [predecessors.get(file), article]));
  let byTitle: ReadonlyMap<string, readonly Entry[]> | undefined;
  return ({ title, link, struck }) => {
    if (struck) return undefined;
    byTitle ??= Map.groupBy(ledger.latestArticles(refresh.now - returnMilliseconds, mostArticles), (article) =>
      toMatchKey(titleAfter(article, edits.get(article.id), refresh) ?? ''),
    );
    const pageOf = ({ path }: Entry): string => refresh.publicUrl + encodePath(path);
    const isMeant = (article: Entry): boolean => link === undefined || link.replace(/\/$/, '') === pageOf(article);
    return byTitle.get(toMatchKey(title))?.find(isMeant)?.id;
  };
}

/** What an article is called when this refresh is over; undefined when it goes at it. */
function titleAfter(
  entry: Entry,
  edit: SourceUpdate['article'],
  { now, missing }: Pick<Refresh, 'now' | 'missing'>,
): string | undefined {
  const { expires } = edit?.draft ?? entry;
  const isExpired = expires !== undefined && expires <= now;
  if (missing.has(entry.file) || edit?.draft.draft || isExpired) return undefined;
  return edit?.content.title ?? entry.title;
}

/** Whether these words mean the article still, whatever its title is now: a list has, or lately had, them for it; or it is new. */
function isStillMeant(ledger: Ledger, entry: Entry, place: ListPlace, now: Instant): boolean {
  return (
    isRecent(entry.unlistedAt ?? entry.firstSeen, now) || place.held.has(entry.id) || isElsewhere(ledger, entry, place)
  );
}

/** Whether its present form still stands, in this list or another. */
function isElsewhere(ledger: Ledger, { id }: Entry, { file, taken }: ListPlace): boolean {
  if (taken.has(id)) return true;
  return ledger.lists.entries().some(([name, lines]) => name !== file && lines.some(({ entry }) => entry === id));
}
