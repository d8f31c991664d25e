import type { Instant } from '../lib/instant.ts';
import { toMatchKey } from '../lib/match-key.ts';
import type { Problem } from '../lib/problem.ts';
import type { PlainText } from '../lib/text.ts';
import type { HeadlineDraft } from '../source/draft.ts';
import { alignLines } from './align.ts';
import { madeIdentity } from './identity.ts';
import type { Ledger } from './ledger.ts';
import { choosePath } from './paths.ts';
import type { Refresh } from './reconcile.ts';
import type { Entry, ListLine } from './records.ts';
import { freeUpdated, isRecent, putRevision } from './revise.ts';
import { isSignificantEdit } from './similarity.ts';

/** One list's new version against its last: its lines become, continue or leave their entries. */
export function reconcileList(
  ledger: Ledger,
  refresh: Refresh,
  update: { readonly file: string; readonly headlines: readonly HeadlineDraft[] },
  nextDate: () => Instant,
): readonly Problem[] {
  const before = ledger.lists.get(update.file) ?? [];
  if (before.length === 0 && update.headlines.length === 0) return [];
  const standing = update.headlines.filter((draft) => !draft.struck);
  const aligned = alignLines(
    before.map((line) => line.text),
    standing.map((draft) => draft.title),
  );
  const problems: Problem[] = [];
  const lines: ListLine[] = [];
  const matched = new Set(aligned.filter((index) => index !== undefined).map((index) => before[index]!.entry));
  for (const [index, draft] of standing.entries()) {
    const known = aligned[index] === undefined ? undefined : ledger.entries.get(before[aligned[index]]!.entry);
    const entry = known ?? findByText(ledger, refresh, draft, matched) ?? newcomer(ledger, refresh, draft);
    matched.add(entry.id);
    if (isFuture(draft, entry, refresh)) {
      problems.push(futureProblem(draft));
      lines.push({ entry: entry.id, text: draft.title, tags: draft.tags });
      continue;
    }
    lines.push({ entry: entry.id, text: draft.title, tags: draft.tags });
    publish(ledger, refresh, update.file, draft, entry, nextDate);
  }
  ledger.putList(update.file, lines);
  for (const id of new Set(before.map((line) => line.entry))) leave(ledger, refresh, id);
  for (const draft of update.headlines) if (draft.struck) strike(ledger, refresh, draft, before);
  return problems;
}

type Known = Pick<Entry, 'id' | 'atomId' | 'key' | 'path'> & Partial<Entry>;

/** The entry that a line without predecessor stands for, by its text: one in another list, or one that left lately. */
function findByText(
  ledger: Ledger,
  refresh: Refresh,
  draft: HeadlineDraft,
  taken: ReadonlySet<string>,
): Known | undefined {
  const key = toMatchKey(draft.title);
  const candidates = ledger.headlinesByText(key).filter((entry) => {
    if (entry.status === 'withdrawn') return isRecent(entry.withdrawnAt, refresh.now);
    if (toMatchKey(entry.title) !== key)
      return !taken.has(entry.id) && entry.leftAt !== undefined && isRecent(entry.leftAt, refresh.now);
    return entry.leftAt === undefined || isRecent(entry.leftAt, refresh.now);
  });
  return candidates.toSorted((a, b) => b.firstSeen - a.firstSeen)[0];
}

function newcomer(ledger: Ledger, refresh: Refresh, draft: HeadlineDraft): Known {
  const key = toMatchKey(draft.title);
  for (let n = 1; ; n += 1) {
    const identity = madeIdentity(refresh.publicationId, `headline:${key}#${n}`);
    if (ledger.byAtomId(identity.atomId) !== undefined) continue;
    const { path } = choosePath(
      ledger,
      { id: identity.id, kind: 'headline', title: draft.title },
      undefined,
      refresh.publicUrl,
    );
    return { ...identity, path };
  }
}

function publish(
  ledger: Ledger,
  refresh: Refresh,
  file: string,
  draft: HeadlineDraft,
  known: Known,
  nextDate: () => Instant,
): void {
  const { now } = refresh;
  const before = ledger.entries.get(known.id);
  if (before?.kind === 'article') return;
  const published = draft.date ?? before?.published ?? nextDate();
  const isHome =
    before === undefined || before.leftAt !== undefined || before.file === file || !ledger.lists.has(before.file);
  const next: Entry = {
    id: known.id,
    atomId: known.atomId,
    key: known.key,
    kind: 'headline',
    status: published > now ? 'scheduled' : 'live',
    file: isHome ? file : before.file,
    path: known.path,
    firstSeen: before?.firstSeen ?? now,
    published,
    updated: chooseUpdated(ledger, draft, before, published, now),
    revision: before?.revision ?? 0,
    changed: before?.changed ?? now,
    title: draft.title,
    ...(draft.link === undefined ? {} : { link: draft.link }),
    authors: draft.authors,
    tags: joinTags(draft.tags, tagsElsewhere(ledger, known.id, file)),
    ...(draft.summary === undefined ? {} : { summary: draft.summary }),
    media: [],
    targets: {},
  };
  putRevision(ledger, next, now);
}

function chooseUpdated(
  ledger: Ledger,
  draft: HeadlineDraft,
  before: Entry | undefined,
  published: Instant,
  now: Instant,
): Instant {
  if (before === undefined) return freeUpdated(ledger, published);
  if (before.status === 'scheduled') return freeUpdated(ledger, published, before);
  const isSignificant = before.link !== draft.link || isSignificantEdit(before.title, draft.title);
  if (isSignificant) return freeUpdated(ledger, now, before);
  return before.updated < published ? freeUpdated(ledger, published, before) : before.updated;
}

/** A headline's tags are those of all the lines it stands in. */
function tagsElsewhere(ledger: Ledger, id: string, file: string): readonly PlainText[] {
  const tags: PlainText[] = [];
  for (const [name, lines] of ledger.lists) {
    if (name !== file) for (const line of lines) if (line.entry === id) tags.push(...line.tags);
  }
  return tags;
}

function joinTags(...lists: readonly (readonly PlainText[])[]): readonly PlainText[] {
  const tags = new Map<string, PlainText>();
  for (const tag of lists.flat()) if (!tags.has(tag.toLowerCase())) tags.set(tag.toLowerCase(), tag);
  return [...tags.values()];
}

/** What a line's going does to its entry: nothing while it stands in another list; else as the publication says. */
function leave(ledger: Ledger, refresh: Refresh, id: string): void {
  const entry = ledger.entries.get(id);
  if (entry === undefined || entry.kind === 'article' || entry.status === 'withdrawn') return;
  for (const lines of ledger.lists.values()) if (lines.some((line) => line.entry === id)) return;
  const withdraws = refresh.publication.headlines.removed === 'withdraw' || entry.status === 'scheduled';
  const next: Entry = withdraws
    ? { ...entry, status: 'withdrawn', withdrawnAt: refresh.now }
    : { ...entry, leftAt: refresh.now };
  putRevision(ledger, next, refresh.now);
}

function strike(ledger: Ledger, refresh: Refresh, draft: HeadlineDraft, before: readonly ListLine[]): void {
  const key = toMatchKey(draft.title);
  const ids = before.filter((line) => toMatchKey(line.text) === key).map((line) => line.entry);
  const found = ids.length > 0 ? ids.map((id) => ledger.entries.get(id)!) : ledger.headlinesByText(key);
  for (const entry of found) {
    if (entry.status === 'withdrawn' || entry.kind === 'article') continue;
    putRevision(ledger, { ...entry, status: 'withdrawn', withdrawnAt: refresh.now }, refresh.now);
  }
}

function isFuture(draft: HeadlineDraft, known: Known, refresh: Refresh): boolean {
  return known.status === 'live' && draft.date !== undefined && draft.date > refresh.now;
}

function futureProblem(draft: HeadlineDraft): Problem {
  const found = new Date(draft.date!).toISOString();
  const message = `expected a date that is not in the future, since this is published already, found ${found}`;
  return { severity: 'error', file: draft.file, line: draft.line, message };
}
