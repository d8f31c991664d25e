import type { EditionChange } from '../edition/edition.ts';
import type { Ledger } from '../store/ledger.ts';
import { encodePath } from '../store/paths.ts';

/** Addresses where nothing lies any more: percent-encoded paths below PUBLIC_URL. */
export type Fates = {
  /** 301. */
  readonly moved: readonly (readonly [from: string, to: string])[];
  /** 410. */
  readonly gone: readonly string[];
};

/** What became of feeds that were renamed or ended, and of entries that were withdrawn or have another address now. */
export function fatesOf(ledger: Ledger, { moved, gone }: Pick<EditionChange, 'moved' | 'gone'>): Fates {
  const withdrawn = ledger.goneEntries().filter(({ status }) => status === 'withdrawn');
  const former = [...ledger.aliases].flatMap(([path, id]) => {
    const entry = ledger.entries.get(id);
    // Where one leads that is still to come is nobody's business.
    if (entry === undefined || entry.status === 'scheduled' || ledger.byPath(path)?.path.toLowerCase() === path)
      return [];
    return [[encodePath(path), encodePath(entry.path)] as const];
  });
  // Of an address that is both, it is said where it leads.
  const all = new Map([...former, ...moved]);
  const ended = new Set([...gone, ...withdrawn.map(({ path }) => encodePath(path))]).difference(all);
  return { moved: [...all].toSorted(([a], [b]) => (a < b ? -1 : 1)), gone: [...ended].toSorted() };
}
