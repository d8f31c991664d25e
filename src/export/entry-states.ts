import { bodyHash } from '../edition/resource.ts';
import type { Site } from '../feeds/site.ts';
import { archivePagePath } from '../pages/archive-page.ts';
import { localDay } from '../pages/dates.ts';
import type { Ledger } from '../store/ledger.ts';

/** What is compared of entries instead of their pages. */
export type EntryStates = {
  /** By id: changes with all that an entry shows. */
  readonly byId: ReadonlyMap<string, string>;
  /** By path without a slash at the end: of all that a page of the archive is made from, besides the settings. */
  readonly archive: ReadonlyMap<string, string>;
};

/** Looks at every entry once. */
export function readStates(ledger: Ledger, site: Site): EntryStates {
  const byId = new Map<string, string>();
  const days = new Map<string, string[]>();
  for (const { id, revision, status, changed, published } of ledger.entries.values()) {
    const state = `${id} ${revision} ${status} ${changed}`;
    byId.set(id, state);
    if (status === 'live') days.getOrInsertComputed(localDay(site, published), () => []).push(state);
  }
  return { byId, archive: archiveKeys(days) };
}

function archiveKeys(days: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, string> {
  const ofDays = new Map([...days].map(([day, states]) => [day, bodyHash(states.toSorted().join('\n'))]));
  const months = new Map<string, string[]>();
  const counts = new Map<string, number>();
  for (const [day, digest] of ofDays) {
    const month = day.slice(0, 7);
    months.getOrInsertComputed(month, () => []).push(`${day} ${digest}`);
    counts.set(month, (counts.get(month) ?? 0) + days.get(day)!.length);
  }
  const ofMonths = new Map([...months].map(([month, own]) => [month, bodyHash(own.toSorted().join('\n'))]));
  const index = bodyHash(JSON.stringify([...counts].toSorted()));
  return new Map([[toPath(), index], ...withNeighbours(ofDays), ...withNeighbours(ofMonths)]);
}

/** A period's page links to the ones before and after it. */
function withNeighbours(periods: ReadonlyMap<string, string>): readonly (readonly [path: string, key: string])[] {
  const names = [...periods.keys()].toSorted();
  return names.map((name, at) => [toPath(name), bodyHash(`${names[at - 1]} ${periods.get(name)} ${names[at + 1]}`)]);
}

function toPath(period?: string): string {
  return archivePagePath(period).replace(/\/$/, '');
}
