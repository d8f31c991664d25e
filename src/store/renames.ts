import { posix } from 'node:path';
import { toText } from '../content/plain-text.ts';
import type { Instant } from '../lib/instant.ts';
import { hasError } from '../lib/problem.ts';
import { currentEntries } from './file-entries.ts';
import type { Ledger } from './ledger.ts';
import type { Refresh, SourceUpdate } from './reconcile.ts';
import type { Entry, EntryText, FileRecord } from './records.ts';
import { isRenamed } from './similarity.ts';

/** For this long a text that comes back elsewhere is taken for the one that went. */
const rememberedMilliseconds = 30 * 24 * 3600 * 1000;

/** How often a refresh compares two texts for likeness at most; equal ones are always found. */
const comparisons = 5000;

/** The part of a refresh that tells which files are there. */
export type FilesSeen = Pick<Refresh, 'updates' | 'missing' | 'now'>;

/**
 * Articles that no file holds any more: those of files that are missing, those withdrawn lately whose file is gone or
 * holds another, and briefings that lately gave way to another.
 */
export function lostArticles(ledger: Ledger, seen: FilesSeen): readonly Entry[] {
  const back = new Set(seen.updates.filter(({ isNew }) => isNew).map(({ file }) => file));
  const away = [...seen.missing].flatMap((file) => ledger.entriesOf(file));
  const candidates = new Map([...ledger.goneEntries(), ...away].map((entry) => [entry.id, entry]));
  return [...candidates.values()]
    .filter(({ kind }) => kind === 'article')
    .filter(({ id, file, leftAt, withdrawnAt, status }) => {
      // A file that went only now may have been withdrawn by its own word long before.
      if (seen.missing.has(file) && leftAt === undefined) return true;
      if (!isRemembered(leftAt ?? withdrawnAt, seen.now)) return false;
      if (leftAt !== undefined || !ledger.files.has(file)) return true;
      return status === 'withdrawn' && (back.has(file) || currentEntries(ledger, file)[0]!.id !== id);
    })
    .toSorted((a, b) => b.changed - a.changed);
}

/** A missing file whose contents went elsewhere is read anew if it was only away for a moment. */
export function forgetMissing(ledger: Ledger, { missing }: Pick<Refresh, 'missing'>, file: string): void {
  const known = missing.has(file) ? ledger.files.get(file) : undefined;
  if (known !== undefined) ledger.putFile({ ...known, hash: '' });
}

/** Where a file is now that was renamed while it was broken: what it holds cannot tell, and all but its name is the same. */
export function renamedUnread(ledger: Ledger, file: string): readonly string[] {
  const known = ledger.files.get(file);
  if (known === undefined || !hasError(known.problems)) return [];
  const isSame = (one: FileRecord): boolean =>
    one.ino === known.ino && one.mtimeMs === known.mtimeMs && one.size === known.size;
  const isOfItsKind = ({ role }: FileRecord): boolean => (role === 'headlines') === (known.role === 'headlines');
  const found = [...ledger.files.odd()].filter((one) => one.missingSince === undefined && isSame(one));
  return found.filter((one) => hasError(one.problems) && isOfItsKind(one)).map(({ path }) => path);
}

/** Whether what went at `at` may still turn up elsewhere; what has not gone may. */
export function isRemembered(at: Instant | undefined, now: Instant): boolean {
  return at === undefined || now - at < rememberedMilliseconds;
}

/**
 * Which lost article each new one is: the one of a file with the same bytes, else one that says the same, else one that
 * says nearly the same; among several the one under the same file name.
 */
export function matchLost(
  ledger: Ledger,
  refresh: Refresh,
  newcomers: readonly SourceUpdate[],
  lost: readonly Entry[],
): ReadonlyMap<SourceUpdate, Entry> {
  const found = new Map<SourceUpdate, Entry>();
  // An import has a hundred thousand newcomers, and their texts are not at hand.
  if (lost.length === 0) return found;
  const left = new Set(lost);
  const match = (update: SourceUpdate, entry: Entry): void => {
    found.set(update, entry);
    left.delete(entry);
  };
  const matchEqual = (keyOf: (entry: Entry) => string, toKey: (update: SourceUpdate) => string): void => {
    const byKey = Map.groupBy(left, keyOf);
    for (const update of newcomers.filter((one) => !found.has(one))) {
      const equal = byKey.get(toKey(update))?.filter((entry) => left.has(entry)) ?? [];
      const entry = equal.find(({ file }) => posix.basename(file) === posix.basename(update.file)) ?? equal[0];
      if (entry !== undefined) match(update, entry);
    }
  };
  // What was edited while it was not published is known by its bytes alone.
  matchEqual(
    ({ file, leftAt }) => (refresh.missing.has(file) && leftAt === undefined && ledger.files.get(file)?.hash) || 'lost',
    ({ file }) => ledger.files.get(file)?.hash || 'new',
  );
  // To read a text takes longer than to see that nothing has its title.
  const lostTitles = new Set([...left].map(({ title }) => title));
  const newTitles = new Set(newcomers.map(({ article }) => article!.content.title));
  matchEqual(
    (entry) => (newTitles.has(entry.title) ? textKey(entry.title, refresh.texts.get(entry.id)) : 'lost'),
    ({ article }) => {
      const { content } = article!;
      return lostTitles.has(content.title) ? textKey(content.title, content) : 'new';
    },
  );
  const byName = Map.groupBy(lost, ({ file }) => posix.basename(file));
  const said = new Map(lost.map((entry) => [entry, toWords(entry.title, refresh.texts.get(entry.id))]));
  let budget = comparisons;
  for (const update of newcomers.filter((one) => !found.has(one))) {
    const { content } = update.article!;
    const words = toWords(content.title, content)!;
    const namesakes = byName.get(posix.basename(update.file)) ?? [];
    const entry = new Set([...namesakes, ...left]).values().find((one) => {
      if (budget === 0 || !left.has(one)) return false;
      budget -= 1;
      const before = said.get(one);
      return before !== undefined && isRenamed(before, words);
    });
    if (entry !== undefined) match(update, entry);
  }
  return found;
}

/** What an article says, its text read when it is first asked for; undefined where the store has lost it. */
function toWords(
  title: string,
  text: EntryText | undefined,
): { readonly title: string; readonly text: string } | undefined {
  if (text === undefined) return undefined;
  let words: string | undefined;
  return {
    title,
    get text() {
      words ??= toText(text.html);
      return words;
    },
  };
}

function textKey(title: string, text: EntryText | undefined): string {
  return `${title}\n${text === undefined ? '' : toText(text.html)}`;
}
