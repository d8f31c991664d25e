import { roleOf } from '../source/roles.ts';
import type { Ledger } from './ledger.ts';
import type { Target } from './records.ts';
import { candidates, pathOf } from './targets.ts';

/** A relative reference, as written in a file, that does not lead to where its editor would expect it to. */
export type LostReference = { readonly file: string; readonly reference: string; readonly message: string };

/**
 * References of live articles to files that are not in the data folder, or not published. What begins with a slash may be
 * of the site around. `isOnDisk` tells whether there is a file at a path of the data folder, whatever its kind.
 */
export function lostReferences(ledger: Ledger, isOnDisk: (path: string) => boolean): readonly LostReference[] {
  const live = [...ledger.entries.values()].filter(({ status }) => status === 'live');
  return live.flatMap(({ file, targets }) =>
    Object.entries(targets).flatMap(([reference, target]) => {
      const message = lossOf(ledger, file, reference, target, isOnDisk);
      return message === undefined ? [] : [{ file, reference, message }];
    }),
  );
}

function lossOf(
  ledger: Ledger,
  file: string,
  reference: string,
  { kind }: Target,
  isOnDisk: (path: string) => boolean,
): string | undefined {
  if (kind === 'none') {
    return `expected an article that is published at ${reference}, found one that is not: the link is taken out`;
  }
  const path = pathOf(reference);
  if (kind !== 'own' || path === undefined || path.startsWith('/')) return undefined;
  const places = candidates(file, path);
  if (places.some((place) => ledger.files.has(place))) return undefined;
  // What has no role may be a page of the site; a list or the settings are there, and nobody is led to them.
  if (places[0] === undefined || roleOf(places[0]) === undefined) {
    if (!places.some(isOnDisk)) return undefined;
    return `expected a picture, sound, film, PDF, zip or CSV file at ${reference}, found one that is not served: it leads nowhere`;
  }
  return `expected a file at ${reference}, found none: it leads nowhere`;
}
