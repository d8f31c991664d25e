import type { Ledger } from '../store/ledger.ts';
import type { Store, Writes } from '../store/store.ts';
import { parseDocumentPath } from './head.ts';

/**
 * Has a ledger that nothing waits to be saved of say what the store says. Gives the feeds that another process has
 * changed something in; undefined when all has to be read anew.
 */
export async function catchUp(ledger: Ledger, store: Store): Promise<ReadonlySet<string> | undefined> {
  for (let left = tries; left > 0; left -= 1) {
    const generation = await store.generation();
    // As many writes do not make it the same: it may have gone back, and on by another way.
    if ((await store.writeOf?.(ledger.generation)) !== ledger.write) return undefined;
    if (generation === ledger.generation) return new Set();
    const writes = await store.writes?.(ledger.generation, generation);
    if (writes === undefined) return undefined;
    // What is written while it is read would be a part of something else.
    if (generation !== (await store.generation())) continue;
    absorb(ledger, writes);
    return touchedBy(writes, ledger);
  }
  return undefined;
}

/** How often it is read anew because others have gone on writing. */
const tries = 5;

function absorb(ledger: Ledger, writes: Writes): void {
  const { settings, lists, keys } = writes;
  const files = new Map(Array.from(writes.files, (file) => [file.path, file]));
  const named = (table: keyof Writes['keys']): readonly string[] => keys[table].map(([name]) => name as string);
  for (const name of named('settings')) {
    const value = settings.get(name);
    if (value === undefined) ledger.dropSetting(name);
    else ledger.putSetting(name, value);
  }
  for (const path of named('files')) {
    const file = files.get(path);
    if (file === undefined) ledger.dropFile(path);
    else ledger.putFile(file);
  }
  for (const file of named('lists')) ledger.putList(file, lists.get(file) ?? []);
  for (const entry of writes.entries) ledger.putEntry(entry);
  for (const term of writes.terms) ledger.putTerm(term);
  for (const feed of writes.feeds) ledger.putFeed(feed);
  for (const place of writes.places) ledger.putPlace(place);
  for (const document of writes.documents) ledger.putDocument(document);
  for (const [path, id] of writes.aliases) ledger.putAlias(path, id);
  ledger.settle(writes.generation, writes.write);
}

function touchedBy({ feeds, documents, keys }: Writes, ledger: Ledger): ReadonlySet<string> {
  const changed = keys.entries.flatMap(([id]) => ledger.places.of(id as string));
  return new Set([
    ...feeds.map(({ name }) => name),
    ...documents.map(({ path }) => parseDocumentPath(path)?.feed).filter((name) => name !== undefined),
    ...changed.map(({ feed }) => feed),
    ...keys.places.map(([feed]) => feed as string),
  ]);
}
