import type { Instant } from '../lib/instant.ts';
import { explicitIdentity, type Identity } from './identity.ts';
import type { Ledger } from './ledger.ts';
import type { Refresh, SourceUpdate } from './reconcile.ts';
import type { Entry } from './records.ts';
import { isRenamed } from './similarity.ts';

/** For this long a file that comes back elsewhere is taken for the one that went. */
const rememberedMilliseconds = 30 * 24 * 3600 * 1000;

/** How many lost articles a new file is compared with for likeness; equal text is found among all. */
const compared = 500;

/** Whether the update's article is the first that its file holds. */
export function isNewcomer(ledger: Ledger, update: SourceUpdate): boolean {
  if (update.article === undefined) return false;
  return !ledger.entriesOf(update.file).some(({ kind, leftAt }) => kind === 'article' && leftAt === undefined);
}

/** Articles without a file: of files that are missing, and of those withdrawn lately whose file is no longer there. */
export function renameCandidates(ledger: Ledger, missing: ReadonlySet<string>, now: Instant): readonly Entry[] {
  return Array.from(ledger.entries.values())
    .filter(({ kind, leftAt }) => kind === 'article' && leftAt === undefined)
    .filter(({ file }) => missing.has(file) || !ledger.files.has(file))
    .filter(({ withdrawnAt }) => withdrawnAt === undefined || now - withdrawnAt < rememberedMilliseconds)
    .toSorted((a, b) => b.changed - a.changed);
}

/** A file that is new and says what a lost one said is that file under another name: its entry goes with it. */
export function followRenames(ledger: Ledger, refresh: Refresh, claims: ReadonlyMap<string, Identity>): void {
  const newcomers = refresh.updates.filter((update) => isNewcomer(ledger, update) && !claims.has(update.file));
  if (newcomers.length === 0) return;
  const lost = new Set(renameCandidates(ledger, refresh.missing, refresh.now));
  const byText = Map.groupBy(lost, (entry) => textKey(entry.title, refresh.texts.get(entry.id)?.text ?? ''));
  const unmatched = newcomers.filter((update) => {
    const { draft, content } = update.article!;
    if (explicitIdentity(draft, refresh.publicationId) !== undefined) return false;
    const same = byText.get(textKey(content.title, content.text))?.find((entry) => lost.has(entry));
    if (same !== undefined) move(ledger, same, update.file, lost);
    return same === undefined;
  });
  for (const update of unmatched) {
    const { content } = update.article!;
    const alike = [...lost].slice(0, compared).find((entry) => {
      const text = refresh.texts.get(entry.id);
      return text !== undefined && isRenamed({ title: entry.title, text: text.text }, content);
    });
    if (alike !== undefined) move(ledger, alike, update.file, lost);
  }
}

function textKey(title: string, text: string): string {
  return `${title}\n${text}`;
}

function move(ledger: Ledger, entry: Entry, file: string, lost: Set<Entry>): void {
  lost.delete(entry);
  ledger.putEntry({ ...entry, file });
}
