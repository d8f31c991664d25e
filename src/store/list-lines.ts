import { toMatchKey } from '../lib/match-key.ts';
import type { HeadlineDraft } from '../source/draft.ts';
import { alignLines } from './align.ts';
import { articleFinder, findHeadline } from './find-headline.ts';
import { freeIdentity, type Identity } from './identity.ts';
import type { Ledger } from './ledger.ts';
import type { Refresh, SourceUpdate } from './reconcile.ts';
import type { ListLine } from './records.ts';
import { forgetMissing, renamedUnread } from './renames.ts';

/** A line of a list and the entry that it stands for. */
export type PlacedLine = {
  readonly draft: HeadlineDraft;
  readonly identity: Identity;
  /** Whether it is new to its list, or was struck out there: only then does it bring back what was withdrawn. */
  readonly isBack: boolean;
};

/** What the lists of a refresh say before anything is published. */
export type ListsSeen = {
  /** By file. */
  readonly lines: ReadonlyMap<string, readonly PlacedLine[]>;
  /** Lines that stand for no entry yet, by match key. */
  readonly newcomers: ReadonlyMap<string, PlacedLine>;
  /** The entries that these lists hold or held. */
  readonly touched: ReadonlySet<string>;
};

/** Finds the entry of each line of the lists that changed, and notes the lists in the ledger. */
export function matchLists(ledger: Ledger, refresh: Refresh, predecessors: ReadonlyMap<string, string>): ListsSeen {
  const lines = new Map<string, readonly PlacedLine[]>();
  const newcomers = new Map<string, PlacedLine>();
  const touched = new Set<string>();
  const findArticle = articleFinder(ledger, refresh, predecessors);
  for (const update of refresh.updates) {
    const before = ledger.lists.get(update.file) ?? takeMoved(ledger, refresh, update);
    if (before.length + update.headlines.length === 0) continue;
    for (const { entry } of before) touched.add(entry);
    const placed = placeLines(ledger, refresh, { update, before, held: touched, findArticle }, newcomers);
    const after = [...placed.map(toListLine), ...(update.isFaulty ? unmatched(before, placed) : [])];
    for (const { entry } of after) touched.add(entry);
    ledger.putList(update.file, after);
    lines.set(update.file, placed);
  }
  for (const file of refresh.gone) {
    const left = ledger.lists.get(file) ?? [];
    for (const { entry } of left) touched.add(entry);
    if (left.length === 0) continue;
    ledger.putList(file, []);
    const [heir] = renamedUnread(ledger, file);
    if (heir === undefined) continue;
    const read = ledger.lists.get(heir) ?? [];
    ledger.putList(heir, [...read, ...left.filter(({ entry }) => read.every((line) => line.entry !== entry))]);
  }
  return { lines, newcomers, touched };
}

/** The lines of the list that is no longer there and that the new one continues most of, half at least: the file was renamed. */
function takeMoved(ledger: Ledger, refresh: Refresh, { headlines }: SourceUpdate): readonly ListLine[] {
  const titles = headlines.map(({ title }) => title);
  let best: { readonly file: string; readonly lines: readonly ListLine[]; readonly continued: number } | undefined;
  for (const file of titles.length === 0 ? [] : refresh.missing) {
    const lines = ledger.lists.get(file) ?? [];
    const texts = lines.map(({ text }) => text);
    const continued = alignLines(texts, titles).filter((match) => match !== undefined).length;
    const isMost = continued > (best?.continued ?? 0) && continued * 2 >= lines.length;
    if (isMost) best = { file, lines, continued };
  }
  if (best === undefined) return [];
  ledger.putList(best.file, []);
  forgetMissing(ledger, refresh, best.file);
  return best.lines;
}

type ListSeen = {
  readonly update: SourceUpdate;
  readonly before: readonly ListLine[];
  readonly held: ReadonlySet<string>;
  readonly findArticle: ReturnType<typeof articleFinder>;
};

function placeLines(
  ledger: Ledger,
  refresh: Refresh,
  { update, before, held, findArticle }: ListSeen,
  newcomers: Map<string, PlacedLine>,
): readonly PlacedLine[] {
  const aligned = alignDrafts(before, update.headlines);
  const taken = new Set(aligned.flatMap((line) => (line === undefined ? [] : [line.entry])));
  return update.headlines.flatMap((draft, index) => {
    const line = aligned[index];
    const known =
      line?.entry ??
      findHeadline(ledger, refresh, draft, { file: update.file, taken, held }) ??
      (newcomers.has(toMatchKey(draft.title)) ? undefined : findArticle(draft));
    if (known !== undefined) {
      taken.add(known);
      return [{ draft, identity: ledger.entries.get(known)!, isBack: line === undefined || line.struck === true }];
    }
    const key = toMatchKey(draft.title);
    const fresh = newcomers.get(key)?.identity;
    if (fresh === undefined && draft.struck) return [];
    const identity = fresh ?? freeIdentity(ledger, refresh.publicationId, (n) => `headline:${key}#${n}`);
    taken.add(identity.id);
    const placed = { draft, identity, isBack: true };
    if (fresh === undefined) newcomers.set(key, placed);
    return [placed];
  });
}

/** Each draft's line of before. What is struck continues what was struck, so that the same words below it are news. */
function alignDrafts(before: readonly ListLine[], drafts: readonly HeadlineDraft[]): readonly (ListLine | undefined)[] {
  const struck = Map.groupBy(
    before.filter((line) => line.struck),
    ({ text }) => toMatchKey(text),
  );
  const matches = drafts.map((draft) => (draft.struck ? struck.get(toMatchKey(draft.title))?.shift() : undefined));
  const taken = new Set(matches);
  const left = before.filter((line) => !taken.has(line));
  const open = drafts.flatMap((draft, index) => (matches[index] === undefined ? [{ draft, index }] : []));
  const aligned = alignLines(
    left.map(({ text }) => text),
    open.map(({ draft }) => draft.title),
  );
  for (const [at, { index }] of open.entries()) matches[index] = left[aligned[at] ?? -1];
  return matches;
}

function toListLine({ draft, identity }: PlacedLine): ListLine {
  const line = { entry: identity.id, text: draft.title, tags: draft.tags };
  return draft.struck ? { ...line, struck: true } : line;
}

/** Lines of a list with an error in it may only be unreadable. */
function unmatched(before: readonly ListLine[], placed: readonly PlacedLine[]): readonly ListLine[] {
  const ids = new Set(placed.map(({ identity }) => identity.id));
  return before.filter(({ entry }) => !ids.has(entry));
}
