import { toText } from '../content/plain-text.ts';
import { toMatchKey } from '../lib/match-key.ts';
import { type Claims, holderOf } from './claims.ts';
import { currentEntries } from './file-entries.ts';
import { isExplicitKey } from './identity.ts';
import type { Ledger } from './ledger.ts';
import type { Refresh, SourceUpdate } from './reconcile.ts';
import type { Entry, EntryText } from './records.ts';
import { forgetMissing, lostArticles, matchLost } from './renames.ts';
import { putRevision, withdraw } from './revise.ts';
import { keptShare } from './similarity.ts';

/** An article that keeps less than this share of its words, under another title, is another article. */
const keptByOneArticle = 0.3;

/** Whether hardly a word of what an article said is left. */
export function isAnother(before: EntryText, after: EntryText): boolean {
  return before.html !== after.html && keptShare(toText(before.html), toText(after.html)) < keptByOneArticle;
}

/**
 * The id of the entry that each updated article file continues: the one that it asks for, else the one that it held,
 * else one that was lost and says the same. A file without one holds a new article. Entries go with their files here;
 * a briefing that its file holds no more is marked as left.
 */
export function findPredecessors(ledger: Ledger, refresh: Refresh, claims: Claims): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const taken = new Set<string>();
  const take = (file: string, entry: Entry): void => {
    found.set(file, entry.id);
    taken.add(entry.id);
    moveTo(ledger, refresh, entry, file);
  };
  for (const [file, identity] of claims.granted) {
    const holder = holderOf(ledger, identity);
    if (holder !== undefined) take(file, holder);
  }
  const newcomers: SourceUpdate[] = [];
  for (const update of refresh.updates) {
    if (claims.refused.has(update.file) || found.has(update.file)) continue;
    const own = ownEntries(ledger, update, claims, taken);
    const same = own.find((entry) => continues(refresh, entry, update));
    for (const entry of own) if (entry !== same) leave(ledger, refresh, entry, update);
    if (same !== undefined) take(update.file, same);
    else if (update.article !== undefined) newcomers.push(update);
  }
  if (newcomers.length === 0) return found;
  const lost = lostArticles(ledger, refresh).filter(({ id }) => !taken.has(id));
  for (const [{ file, article }, entry] of matchLost(ledger, refresh, newcomers, lost)) {
    const hasOtherId = isExplicitKey(entry.key) && claims.granted.has(file);
    // The draft of something takes no briefing away that is still shown.
    const isHidden = entry.leftAt !== undefined && article?.draft.draft === true;
    if (!hasOtherId && !isHidden) take(file, entry);
  }
  return found;
}

/** The entries that the file held. One that chose its own id is not continued under another that was chosen. */
function ownEntries(
  ledger: Ledger,
  { file }: SourceUpdate,
  claims: Claims,
  taken: ReadonlySet<string>,
): readonly Entry[] {
  const isAsking = claims.granted.has(file);
  return currentEntries(ledger, file).filter(({ id, key }) => !taken.has(id) && !(isAsking && isExplicitKey(key)));
}

/**
 * In a folder the path is the identity. But a root text file's next briefing is another article, and so is one that a
 * new file holds in the place of a withdrawn one, or of one that was missing and would have been withdrawn by now.
 */
function continues(refresh: Refresh, own: Entry, { file, article, isNew, isFaulty }: SourceUpdate): boolean {
  if (article === undefined) return isFaulty || own.status !== 'live';
  const isAway = own.status === 'withdrawn' || refresh.returned.has(file);
  const mayDiffer = article.draft.briefing ? own.status !== 'scheduled' : isNew && isAway;
  if (!mayDiffer || toMatchKey(own.title) === toMatchKey(article.content.title)) return true;
  const text = refresh.texts.get(own.id);
  return text === undefined || !isAnother(text, article.content);
}

/** A briefing stays published when its file goes on to the next one. */
function leave(ledger: Ledger, refresh: Refresh, own: Entry, { file, article }: SourceUpdate): void {
  const isReplaced = article?.draft.briefing === false && refresh.returned.has(file);
  if (isReplaced) withdraw(ledger, own, refresh.now);
  else if (own.status === 'live') putRevision(ledger, { ...own, leftAt: refresh.now }, refresh.now);
}

/** The entry is another file's from now on. */
export function moveTo(ledger: Ledger, refresh: Refresh, entry: Entry, file: string): void {
  const { leftAt, ...current } = entry;
  if (leftAt === undefined && entry.file === file) return;
  forgetMissing(ledger, refresh, entry.file);
  const isFileShown = refresh.publication.permalinks !== undefined;
  putRevision(ledger, { ...current, file }, refresh.now, { isFileShown });
}
