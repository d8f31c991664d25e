import { type Instant, toInstant, toIso } from '../lib/instant.ts';
import type { Problem } from '../lib/problem.ts';
import type { Draft } from '../source/draft.ts';
import type { Ledger } from './ledger.ts';
import type { Entry, EntryText, Status } from './records.ts';

/** Facts of an entry that no reader sees: a change of these alone is no new revision. */
const unseen = [
  'key',
  'revision',
  'changed',
  'leftAt',
  'unlistedAt',
  'withdrawnAt',
  'editorUpdated',
  'expires',
  'firstSeen',
] as const;

/** What a revision changes besides the entry's own facts. */
export type RevisionOptions = {
  readonly texts?: { readonly before: EntryText | undefined; readonly after: EntryText };
  /** Whether links are made of the file's path; where that is not said, a file that changes may show. */
  readonly isFileShown?: boolean;
};

/** Puts `next` into the ledger: as it is when nobody would see a difference, else as a new revision changed `now`. */
export function putRevision(
  ledger: Ledger,
  next: Entry,
  now: Instant,
  { texts, isFileShown }: RevisionOptions = {},
): void {
  const before = ledger.entries.get(next.id);
  const isNewText = texts !== undefined && !isSameText(texts.before, texts.after);
  if (before !== undefined && !isNewText && isSame(before, next)) return;
  const isMoved = isFileShown === true && before?.file !== next.file;
  const isNewRevision = before === undefined || isNewText || isMoved || !isSame(seen(before), seen(next));
  const saved = isNewRevision && !isNewText ? asSaved(ledger, next, isFileShown) : undefined;
  const revised = isNewRevision ? { ...next, revision: (before?.revision ?? 0) + 1, changed: now, ...saved } : next;
  ledger.putEntry(revised, isNewText ? texts.after : undefined);
}

/** The revision of an entry that went within this refresh, and is back as it was before. */
function asSaved(
  ledger: Ledger,
  next: Entry,
  isFileShown: boolean | undefined,
): Pick<Entry, 'revision' | 'changed'> | undefined {
  const saved = ledger.entries.saved(next.id);
  if (saved === undefined || ledger.changedText(next.id) !== undefined) return undefined;
  if ((saved.file !== next.file && isFileShown !== false) || !isSame(seen(saved), seen(next))) return undefined;
  return { revision: saved.revision, changed: saved.changed };
}

/**
 * Whether two parts of entries, which are plain data, say the same: as `isDeepStrictEqual`, for a fraction of the time. Of
 * a list's thousands of entries hardly any has changed.
 */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const names = Object.keys(a) as (keyof typeof a)[];
  return names.length === Object.keys(b).length && names.every((name) => isSame(a[name], b[name]));
}

function isSameText(before: EntryText | undefined, after: EntryText): boolean {
  return before !== undefined && before.html === after.html;
}

function seen(entry: Entry): Partial<Entry> {
  const rest: Record<string, unknown> = { ...entry, file: '' };
  for (const name of unseen) delete rest[name];
  return rest;
}

/** The entry is in nothing any more; its id and path stay its own. */
export function withdraw(ledger: Ledger, entry: Entry, now: Instant): void {
  if (entry.status === 'withdrawn') return;
  putRevision(ledger, { ...entry, status: 'withdrawn', withdrawnAt: now }, now);
}

/** The status of what its file wants published then. What is shown stays so, even when the clock was put back. */
export function statusOf(before: Entry | undefined, published: Instant, now: Instant): Status {
  return published > now && before?.status !== 'live' ? 'scheduled' : 'live';
}

/** A shown entry is not hidden again by a date. */
export function futureProblem({ file, line, date }: Pick<Draft, 'file' | 'line' | 'date'>): Problem {
  const message = `expected a date that is not in the future, since this is published already, found ${toIso(date!)}`;
  return { severity: 'error', file, line, message };
}

/** The first millisecond from `at` on that no other entry has as its `updated`. */
export function freeUpdated(ledger: Ledger, at: Instant, except?: Entry): Instant {
  let free: number = at;
  while (ledger.isUpdatedTaken(free, except)) free += 1;
  return toInstant(free);
}

/** Dates for entries without one: the second of `now`, then each a second earlier, past those that are taken. */
export function undatedClock(ledger: Ledger, now: Instant): () => Instant {
  let second = Math.floor(now / 1000);
  return () => {
    while (ledger.isPublishedSecond(second)) second -= 1;
    second -= 1;
    return toInstant((second + 1) * 1000);
  };
}

/** A line equal to a headline that left its list is that headline for this long; later it is news again. */
export const returnMilliseconds: number = 7 * 24 * 3600 * 1000;

/** Whether what left at `at` may come back as itself; what never left may. */
export function isRecent(at: Instant | undefined, now: Instant): boolean {
  return at === undefined || now - at < returnMilliseconds;
}
