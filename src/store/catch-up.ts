import { parseDocumentPath } from '../feeds/head.ts';
import type { Ledger } from './ledger.ts';
import type { Store, Writes } from './store.ts';

/**
 * Has the ledger say what the store says. Gives the feeds that another process has changed something in; undefined when
 * all has to be read anew.
 */
export async function catchUp(ledger: Ledger, store: Store): Promise<ReadonlySet<string> | undefined> {
  for (let left = tries; left > 0; left -= 1) {
    const generation = await store.generation();
    if (generation === ledger.generation) return new Set();
    const writes = await store.writes?.(ledger.generation, generation);
    if (writes === undefined) return undefined;
    // What is written while it is read would be a part of something else.
    if (generation !== (await store.generation())) continue;
    ledger.absorb(writes);
    return touchedBy(writes, ledger);
  }
  return undefined;
}

/** How often it is read anew because others have gone on writing. */
const tries = 5;

function touchedBy({ feeds, documents, keys }: Writes, ledger: Ledger): ReadonlySet<string> {
  const changed = keys.entries.flatMap(([id]) => ledger.places.of(id as string));
  return new Set([
    ...feeds.map(({ name }) => name),
    ...documents.map(({ path }) => parseDocumentPath(path)?.feed).filter((name) => name !== undefined),
    ...changed.map(({ feed }) => feed),
    ...keys.places.map(([feed]) => feed as string),
  ]);
}
