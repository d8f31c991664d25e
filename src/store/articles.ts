import type { Content } from '../content/content.ts';
import type { Instant } from '../lib/instant.ts';
import { toMatchKey } from '../lib/match-key.ts';
import type { Problem } from '../lib/problem.ts';
import { compact } from '../source/compact.ts';
import type { ArticleDraft } from '../source/draft.ts';
import { warnOf } from './article-warnings.ts';
import type { Claims } from './claims.ts';
import { currentEntries } from './file-entries.ts';
import { freeIdentity, type Identity } from './identity.ts';
import type { Ledger } from './ledger.ts';
import type { ListsSeen } from './list-lines.ts';
import { choosePath } from './paths.ts';
import type { Refresh } from './reconcile.ts';
import type { Entry } from './records.ts';
import { futureProblem, isRecent, putRevision, statusOf, withdraw } from './revise.ts';
import { resolveTargets } from './targets.ts';
import { chooseUpdated } from './updated.ts';

/** An article as its file has it, with its body as content. */
export type Article = {
  readonly draft: Omit<ArticleDraft, 'body'>;
  readonly content: Content;
  /** What its HTML and its media refer to and is no absolute URL, as written. */
  readonly references: readonly string[];
};

/** What was found out about all files before the first of them is published. */
export type Known = {
  readonly claims: Claims;
  /** From file to the id of the entry that it continues. */
  readonly predecessors: ReadonlyMap<string, string>;
  readonly lists: ListsSeen;
};

/** One article file's draft becomes, or changes, its entry. Gives what is wrong; an error leaves the entry as it was. */
export function reconcileArticle(
  ledger: Ledger,
  refresh: Refresh,
  article: Article,
  known: Known,
  nextDate: () => Instant,
): readonly Problem[] {
  const { draft } = article;
  if (known.claims.refused.has(draft.file)) return [];
  const before = ledger.entries.get(known.predecessors.get(draft.file) ?? '');
  const isHeld = draft.draft || isPast(draft.expires, refresh.now);
  if (!isHeld && before?.status === 'live' && isFuture(draft.date, refresh.now)) {
    return [futureProblem({ ...draft, line: draft.lines?.date ?? draft.line })];
  }
  for (const other of currentEntries(ledger, draft.file)) {
    if (isHeld || other.id !== before?.id) withdraw(ledger, other, refresh.now);
  }
  // What was published as an article stays one.
  if (isHeld || (draft.page && before === undefined)) return [];
  const asked = known.claims.granted.get(draft.file);
  const told = before === undefined && asked === undefined ? headlineTold(ledger, refresh, article, known) : undefined;
  const keyOf = (n: number): string => `article:${draft.file}${n === 1 ? '' : `#${n}`}`;
  const identity = before ?? told ?? asked ?? freeIdentity(ledger, refresh.publicationId, keyOf);
  return publish(ledger, refresh, article, { identity, asked }, nextDate);
}

/** The headline that a new article is the story of: the article takes over its entry, unless it would hide it. */
function headlineTold(
  ledger: Ledger,
  { now }: Refresh,
  { draft, content }: Article,
  { lists }: Known,
): Identity | undefined {
  if (isFuture(draft.date ?? draft.day, now) || (lists.newcomers.size === 0 && !ledger.hasHeadlines()))
    return undefined;
  const key = toMatchKey(content.title);
  const fresh = lists.newcomers.get(key);
  if (fresh !== undefined && !isFuture(fresh.draft.date, now)) return fresh.identity;
  return ledger
    .headlinesByText(key)
    .filter(({ kind, status, title }) => kind === 'headline' && status === 'live' && toMatchKey(title) === key)
    .find(({ leftAt }) => isRecent(leftAt, now));
}

function publish(
  ledger: Ledger,
  refresh: Refresh,
  article: Article,
  { identity, asked }: { readonly identity: Identity; readonly asked: Identity | undefined },
  nextDate: () => Instant,
): readonly Problem[] {
  const { now } = refresh;
  const { draft, content } = article;
  const { id, atomId, key } = identity;
  const before = ledger.entries.get(id);
  const previous = { entry: before, text: refresh.texts.get(id) };
  const path = before?.kind === 'article' ? before.path : undefined;
  const choice = choosePath(ledger, { id, kind: 'article', title: content.title, path }, draft, refresh.publicUrl);
  if (before !== undefined && before.path !== choice.path) ledger.putAlias(before.path, id);
  const published = draft.date ?? before?.published ?? draft.day ?? nextDate();
  const next: Entry = {
    id,
    atomId,
    key,
    kind: 'article',
    status: statusOf(before, published, now),
    file: draft.file,
    path: choice.path,
    firstSeen: before?.firstSeen ?? now,
    published,
    updated: chooseUpdated(ledger, article, previous, published, now),
    revision: before?.revision ?? 0,
    changed: before?.changed ?? now,
    title: content.title,
    authors: draft.authors,
    tags: draft.tags,
    media: draft.media,
    targets: resolveTargets(ledger, draft.file, article.references),
    ...optionalFacts(article),
    ...compact<Partial<Entry>>({ unlistedAt: before?.kind === 'headline' ? before.leftAt : before?.unlistedAt }),
  };
  const isFileShown = refresh.publication.permalinks !== undefined;
  putRevision(ledger, next, now, { texts: { before: previous.text, after: content }, isFileShown });
  return warnOf(article, previous, asked, choice);
}

/** What an article need not say; absent is absent. */
export function optionalFacts({ draft, content }: Omit<Article, 'references'>): Partial<Entry> {
  return compact<Partial<Entry>>({
    editorUpdated: draft.updated,
    expires: draft.expires,
    link: draft.link,
    summary: content.summary,
    language: draft.language,
    direction: content.direction,
    content: draft.content,
  });
}

function isFuture(at: Instant | undefined, now: Instant): boolean {
  return at !== undefined && at > now;
}

function isPast(at: Instant | undefined, now: Instant): boolean {
  return at !== undefined && at <= now;
}
