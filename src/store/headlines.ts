import type { Instant } from '../lib/instant.ts';
import type { Problem } from '../lib/problem.ts';
import type { PlainText } from '../lib/text.ts';
import { uniqueTags } from '../source/tags.ts';
import type { Ledger } from './ledger.ts';
import type { ListsSeen, PlacedLine } from './list-lines.ts';
import { choosePath } from './paths.ts';
import type { Refresh } from './reconcile.ts';
import type { Entry, ListLine } from './records.ts';
import { futureProblem, putRevision, statusOf, withdraw } from './revise.ts';
import { chooseHeadlineUpdated } from './updated.ts';

/** The lines of all lists that stand for an entry, in path order. */
export type LinesOf = (id: string) => readonly StandingLine[];
type StandingLine = ListLine & { readonly file: string };

/** Finds lines by their entry, as the lists stand now. */
export function indexLines(ledger: Ledger): LinesOf {
  const lists = [...ledger.lists].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const standing = lists.flatMap(([file, lines]) => lines.map((line): StandingLine => ({ ...line, file })));
  const index = Map.groupBy(standing, ({ entry }) => entry);
  return (id) => index.get(id) ?? [];
}

/** The lines of one list become, or change, their entries. Gives what is wrong with them. */
export function publishHeadlines(
  ledger: Ledger,
  refresh: Refresh,
  file: string,
  lines: readonly PlacedLine[],
  linesOf: LinesOf,
  nextDate: () => Instant,
): readonly Problem[] {
  const done = new Set<string>();
  return lines.flatMap((line) => {
    const standing = linesOf(line.identity.id);
    if (done.has(line.identity.id) || standing.some(({ struck }) => struck)) return [];
    done.add(line.identity.id);
    return publish(ledger, refresh, file, line, standing, nextDate);
  });
}

/** What the lists' lines that came, went or were struck out mean to entries that no line was published for. */
export function settleHeadlines(ledger: Ledger, refresh: Refresh, { touched }: ListsSeen, linesOf: LinesOf): void {
  for (const id of touched) {
    const entry = ledger.entries.get(id);
    if (entry === undefined) continue;
    const standing = linesOf(id);
    if (entry.kind === 'article') {
      putRevision(ledger, noteLines(entry, standing.length > 0, refresh.now), refresh.now);
      continue;
    }
    if (entry.status === 'withdrawn') continue;
    if (standing.some(({ struck }) => struck)) withdraw(ledger, entry, refresh.now);
    else if (standing.length === 0) leave(ledger, refresh, entry);
    else {
      const home = standing.some(({ file }) => file === entry.file) ? entry.file : standing[0]!.file;
      putRevision(ledger, { ...entry, file: home, tags: tagsOf(standing) }, refresh.now);
    }
  }
}

/** An article stays when its lines go; when they went tells for how long their words mean it. */
function noteLines({ unlistedAt, ...article }: Entry, isListed: boolean, now: Instant): Entry {
  return isListed ? article : { ...article, unlistedAt: unlistedAt ?? now };
}

/** Nobody saw what was only scheduled; the rest goes as the publication says. */
function leave(ledger: Ledger, { now, publication }: Refresh, entry: Entry): void {
  if (entry.leftAt !== undefined) return;
  if (publication.headlines.removed === 'withdraw' || entry.status === 'scheduled') withdraw(ledger, entry, now);
  else putRevision(ledger, { ...entry, leftAt: now }, now);
}

function publish(
  ledger: Ledger,
  { now, publicUrl }: Refresh,
  file: string,
  { draft, identity, isBack }: PlacedLine,
  standing: readonly StandingLine[],
  nextDate: () => Instant,
): readonly Problem[] {
  const { id, atomId, key } = identity;
  const before = ledger.entries.get(id);
  if (before !== undefined && !isTold(before, file, isBack, standing)) return [];
  if (before?.status === 'live' && draft.date !== undefined && draft.date > now) return [futureProblem(draft)];
  const published = draft.date ?? before?.published ?? nextDate();
  const path =
    before?.path ?? choosePath(ledger, { id, kind: 'headline', title: draft.title }, undefined, publicUrl).path;
  const next: Entry = {
    id,
    atomId,
    key,
    kind: 'headline',
    status: statusOf(before, published, now),
    file,
    path,
    firstSeen: before?.firstSeen ?? now,
    published,
    updated: chooseHeadlineUpdated(ledger, draft, before, published, now),
    revision: before?.revision ?? 0,
    changed: before?.changed ?? now,
    title: draft.title,
    ...(draft.link === undefined ? {} : { link: draft.link }),
    authors: draft.authors,
    tags: tagsOf(standing),
    ...(draft.summary === undefined ? {} : { summary: draft.summary }),
    media: [],
    targets: {},
  };
  putRevision(ledger, next, now);
  return [];
}

/** Whether a line of this list tells what the entry is: of several lists the one that had it first does. */
function isTold(before: Entry, file: string, isBack: boolean, standing: readonly StandingLine[]): boolean {
  if (before.kind === 'article') return false;
  if (before.status === 'withdrawn') return isBack;
  return before.leftAt !== undefined || before.file === file || !standing.some((line) => line.file === before.file);
}

/** A headline's tags are those of all the lines it stands in. */
function tagsOf(standing: readonly StandingLine[]): readonly PlainText[] {
  return standing.length === 1 ? standing[0]!.tags : uniqueTags(standing.flatMap((line) => line.tags));
}
