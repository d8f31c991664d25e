import type { Content } from '../content/content.ts';
import { markedReferences } from '../content/marks.ts';
import { type Instant, toInstant } from '../lib/instant.ts';
import { toMatchKey } from '../lib/match-key.ts';
import type { Problem } from '../lib/problem.ts';
import { toAbsoluteUrl } from '../lib/url.ts';
import type { ArticleDraft } from '../source/draft.ts';
import { explicitIdentity, type Identity, madeIdentity } from './identity.ts';
import type { Ledger } from './ledger.ts';
import { choosePath, explicitPath } from './paths.ts';
import type { Refresh } from './reconcile.ts';
import type { Entry, EntryText, Status } from './records.ts';
import { freeUpdated, isRecent, putRevision } from './revise.ts';
import { isSignificantEdit, keptShare } from './similarity.ts';
import { resolveTargets } from './targets.ts';

type Article = { readonly draft: ArticleDraft; readonly content: Content };

/** Which file each asked-for identity goes to: to the first in path order, and to one that holds it already. */
export function claimIdentities(ledger: Ledger, refresh: Refresh, problems: Problem[]): ReadonlyMap<string, Identity> {
  const granted = new Map<string, Identity>();
  const owners = new Map<string, string>();
  for (const { file, article } of refresh.updates) {
    const identity = article && explicitIdentity(article.draft, refresh.publicationId);
    if (article === undefined || identity === undefined) continue;
    const owner = owners.get(identity.atomId) ?? standingOwner(ledger, identity, file);
    if (owner === undefined) {
      owners.set(identity.atomId, file);
      granted.set(file, identity);
    } else {
      const message = `expected an id of its own, found ${JSON.stringify(identity.id)}, which ${owner} has`;
      problems.push({ severity: 'error', file, line: article.draft.line, message });
    }
  }
  return granted;
}

function standingOwner(ledger: Ledger, identity: Identity, file: string): string | undefined {
  const holder = ledger.byAtomId(identity.atomId) ?? ledger.entries.get(identity.id);
  if (holder === undefined || holder.file === file || holder.status === 'withdrawn') return undefined;
  return ledger.files.has(holder.file) ? holder.file : undefined;
}

/** One article file's draft becomes, or changes, its entry. Gives what is wrong; an error leaves the entry as it was. */
export function reconcileArticle(
  ledger: Ledger,
  refresh: Refresh,
  article: Article,
  claims: ReadonlyMap<string, Identity>,
  nextDate: () => Instant,
): readonly Problem[] {
  const { draft } = article;
  const asked = explicitIdentity(draft, refresh.publicationId);
  if (asked !== undefined && !claims.has(draft.file)) return [];
  const found = findEntry(ledger, draft, asked);
  const isNextBriefing = found !== undefined && isAnotherBriefing(found, article, refresh);
  if (isNextBriefing) putRevision(ledger, { ...found, leftAt: refresh.now }, refresh.now);
  const before = isNextBriefing
    ? undefined
    : (found ?? (asked === undefined ? headlineTold(ledger, article, refresh) : undefined));
  for (const other of currentEntries(ledger, draft.file)) {
    if (other.id !== before?.id) withdrawArticle(ledger, other, refresh.now);
  }
  if (draft.draft || (draft.expires !== undefined && draft.expires <= refresh.now)) {
    if (before !== undefined) withdrawArticle(ledger, before, refresh.now);
    return [];
  }
  if (before?.status === 'live' && draft.date !== undefined && draft.date > refresh.now) {
    return [
      problemOf(
        draft,
        'error',
        `expected a date that is not in the future, since this is published already, found ${new Date(draft.date).toISOString()}`,
      ),
    ];
  }
  const identity = before ?? asked ?? freeIdentity(ledger, refresh.publicationId, draft.file);
  return publish(ledger, refresh, article, before, identity, nextDate);
}

/** The entry is in nothing any more; its id and path stay its own. */
export function withdrawArticle(ledger: Ledger, entry: Entry, now: Instant): void {
  if (entry.status === 'withdrawn') return;
  putRevision(ledger, { ...entry, status: 'withdrawn', withdrawnAt: now }, now);
}

function findEntry(ledger: Ledger, draft: ArticleDraft, asked: Identity | undefined): Entry | undefined {
  if (asked !== undefined) {
    const known = ledger.byAtomId(asked.atomId) ?? ledger.entries.get(asked.id);
    if (known !== undefined) return known;
  }
  // An entry that chose its own id is not continued by a file that names another.
  const own = currentEntries(ledger, draft.file);
  return asked === undefined ? own[0] : own.find((entry) => entry.key.startsWith('article:'));
}

/** A briefing that keeps less than this share of its words, under another title, is the next day's. */
const keptByOneBriefing = 0.3;

function isAnotherBriefing(before: Entry, { draft, content }: Article, refresh: Refresh): boolean {
  const text = refresh.texts.get(before.id);
  if (!draft.briefing || before.status !== 'live' || text === undefined) return false;
  return (
    toMatchKey(before.title) !== toMatchKey(content.title) && keptShare(text.text, content.text) < keptByOneBriefing
  );
}

/** The headline that a new article is the story of: the article takes over its entry. */
function headlineTold(ledger: Ledger, { content }: Article, refresh: Refresh): Entry | undefined {
  const key = toMatchKey(content.title);
  return ledger
    .headlinesByText(key)
    .filter((entry) => entry.kind === 'headline' && entry.status === 'live' && toMatchKey(entry.title) === key)
    .find((entry) => entry.leftAt === undefined || isRecent(entry.leftAt, refresh.now));
}

function currentEntries(ledger: Ledger, file: string): readonly Entry[] {
  return ledger
    .entriesOf(file)
    .filter((entry) => entry.kind === 'article' && entry.leftAt === undefined)
    .toSorted((a, b) => rank(a) - rank(b) || b.changed - a.changed);
}

function rank(entry: Entry): number {
  return entry.status === 'withdrawn' ? 1 : 0;
}

function freeIdentity(ledger: Ledger, publicationId: string, file: string): Identity {
  for (let n = 1; ; n += 1) {
    const identity = madeIdentity(publicationId, n === 1 ? `article:${file}` : `article:${file}#${n}`);
    if (ledger.byAtomId(identity.atomId) === undefined) return identity;
  }
}

function publish(
  ledger: Ledger,
  refresh: Refresh,
  { draft, content }: Article,
  before: Entry | undefined,
  identity: Identity,
  nextDate: () => Instant,
): readonly Problem[] {
  const { now } = refresh;
  const wish = explicitPath(draft, refresh.publicUrl);
  const choice =
    before?.kind === 'article' && (wish === undefined || wish === before.path)
      ? { path: before.path }
      : choosePath(ledger, { id: identity.id, kind: 'article', title: content.title }, draft, refresh.publicUrl);
  if (before !== undefined && before.path !== choice.path) ledger.putAlias(before.path, before.id);

  const published = draft.date ?? before?.published ?? nextDate();
  const status: Status = published > now ? 'scheduled' : 'live';
  const text: EntryText = { html: content.html, text: content.text };
  const previousText = before && refresh.texts.get(before.id);
  const next: Entry = {
    id: identity.id,
    atomId: identity.atomId,
    key: identity.key,
    kind: 'article',
    status,
    file: draft.file,
    path: choice.path,
    firstSeen: before?.firstSeen ?? now,
    published,
    updated: chooseUpdated(ledger, { draft, content }, before, previousText, published, now),
    ...(draft.updated === undefined ? {} : { editorUpdated: draft.updated }),
    ...(draft.expires === undefined ? {} : { expires: draft.expires }),
    revision: before?.revision ?? 0,
    changed: before?.changed ?? now,
    title: content.title,
    ...(draft.link === undefined ? {} : { link: draft.link }),
    authors: draft.authors,
    tags: draft.tags,
    ...(content.summary === undefined ? {} : { summary: content.summary }),
    ...(draft.language === undefined ? {} : { language: draft.language }),
    ...(content.direction === undefined ? {} : { direction: content.direction }),
    ...(draft.content === undefined ? {} : { content: draft.content }),
    media: draft.media,
    targets: resolveTargets(ledger, draft.file, referencesOf({ draft, content })),
  };
  putRevision(ledger, next, now, { before: previousText, after: text });
  if (choice.refused === undefined) return [];
  return [problemOf(draft, 'warning', `${choice.refused} is taken or reserved; the page is at ${choice.path}`)];
}

function referencesOf({ draft, content }: Article): readonly string[] {
  const media = draft.media.map(({ url }) => url).filter((url) => toAbsoluteUrl(url) === undefined);
  return [...markedReferences(content.html), ...media];
}

/** Atom's `updated` (RFC 4287 §4.2.15): moves with what the editor says, else with significant changes only. */
function chooseUpdated(
  ledger: Ledger,
  { draft, content }: Article,
  before: Entry | undefined,
  previousText: EntryText | undefined,
  published: Instant,
  now: Instant,
): Instant {
  if (draft.updated !== undefined) {
    if (draft.updated === before?.editorUpdated) return before.updated;
    return freeUpdated(
      ledger,
      toInstant(Math.min(Math.max(draft.updated, published), Math.max(now, published))),
      before,
    );
  }
  if (before === undefined) return freeUpdated(ledger, published);
  if (before.status === 'scheduled') return freeUpdated(ledger, published, before);
  const isSignificant =
    !draft.minor &&
    (before.link !== draft.link ||
      isSignificantEdit(before.title, content.title) ||
      (previousText !== undefined && isSignificantEdit(previousText.text, content.text)));
  if (isSignificant) return freeUpdated(ledger, now, before);
  return before.updated < published ? freeUpdated(ledger, published, before) : before.updated;
}

function problemOf(draft: ArticleDraft, severity: Problem['severity'], message: string): Problem {
  return { severity, file: draft.file, line: draft.line, message };
}
