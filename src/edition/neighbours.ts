import type { Neighbours } from '../pages/entry-page.ts';
import type { Entry } from '../store/records.ts';

/**
 * For each of `shown` the live entries of its kind just before and just after it, by date of publication, then by id.
 * Takes one look at all entries, and sorts only those that are as new as the shown ones.
 */
export function neighboursOf(
  entries: ReadonlyMap<string, Entry>,
  shown: readonly Entry[],
): ReadonlyMap<string, Neighbours> {
  const oldest = new Map<Entry['kind'], Entry>();
  for (const entry of shown) {
    const known = oldest.get(entry.kind);
    if (known === undefined || compare(entry, known) < 0) oldest.set(entry.kind, entry);
  }
  const found = new Map<string, Neighbours>();
  for (const { line, below } of Array.from(oldest, ([, first]) => lineFrom(entries, first))) {
    for (const [index, { id }] of line.entries()) {
      found.set(id, { previous: index === 0 ? below : line[index - 1], next: line[index + 1] });
    }
  }
  return found;
}

/** The live entries from this one on, oldest first, and the newest before it. */
function lineFrom(
  entries: ReadonlyMap<string, Entry>,
  first: Entry,
): { line: readonly Entry[]; below: Entry | undefined } {
  const line: Entry[] = [];
  let below: Entry | undefined;
  for (const entry of entries.values()) {
    if (entry.status !== 'live' || entry.kind !== first.kind) continue;
    if (compare(entry, first) >= 0) line.push(entry);
    else if (below === undefined || compare(entry, below) > 0) below = entry;
  }
  return { line: line.sort(compare), below };
}

function compare(a: Entry, b: Entry): number {
  return a.published - b.published || (a.id < b.id ? -1 : Number(a.id > b.id));
}
