import type { Ledger } from './ledger.ts';
import type { Entry } from './records.ts';

/** The articles that a file holds, or held last: those shown first, then the latest. Briefings that it went on from are not among them. */
export function currentEntries(ledger: Ledger, file: string): readonly Entry[] {
  return ledger
    .entriesOf(file)
    .filter(({ kind, leftAt }) => kind === 'article' && leftAt === undefined)
    .toSorted((a, b) => rank(a) - rank(b) || b.changed - a.changed);
}

function rank({ status }: Entry): number {
  return status === 'withdrawn' ? 1 : 0;
}
