import { roleOf } from '../source/roles.ts';
import type { Ledger } from './ledger.ts';
import type { Entry, Target } from './records.ts';
import { pathOf } from './targets.ts';

/** A relative reference, as written in a file, that does not lead to where its editor would expect it to. */
export type LostReference = { readonly file: string; readonly reference: string; readonly message: string };

/**
 * References of live articles to files that are not in the data folder, or not published. What begins with a slash may be
 * of the site around.
 */
export function lostReferences(ledger: Ledger): readonly LostReference[] {
  return [...ledger.entries.values()].filter(({ status }) => status === 'live').flatMap(lostOf);
}

function lostOf({ file, targets }: Entry): readonly LostReference[] {
  return Object.entries(targets).flatMap(([reference, target]) => {
    const message = lossOf(reference, target);
    return message === undefined ? [] : [{ file, reference, message }];
  });
}

function lossOf(reference: string, { kind }: Target): string | undefined {
  if (kind === 'none') {
    return `expected an article that is published at ${reference}, found one that is not: the link is taken out`;
  }
  const path = pathOf(reference) ?? '/';
  if (kind !== 'own' || path.startsWith('/') || roleOf(path) === undefined) return undefined;
  return `expected a file at ${reference}, found none: it leads nowhere`;
}
