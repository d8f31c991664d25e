import type { Neighbours } from '../pages/entry-page.ts';
import type { Ledger } from '../store/ledger.ts';
import type { Entry } from '../store/records.ts';

/** The live entries of its kind just before a live entry and just after it, by date of publication, then by id. */
export function neighboursOf(ledger: Ledger, entry: Entry): Neighbours {
  const { before, after } = ledger.live.around(entry);
  return { previous: find(ledger, before), next: find(ledger, after) };
}

/** Changes with all that an entry's page is made from, besides the settings. */
export function pageKey(entry: Entry, { previous, next }: Neighbours): string {
  return JSON.stringify([previous, entry, next].map((one) => [one?.id, one?.revision, one?.changed]));
}

function find(ledger: Ledger, id: string | undefined): Entry | undefined {
  return id === undefined ? undefined : ledger.entries.get(id);
}
