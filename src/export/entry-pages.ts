import { toEntryPage } from '../edition/build.ts';
import { pageKey } from '../edition/neighbours.ts';
import { bodyHash, type PlainResource } from '../edition/resource.ts';
import type { StoredParts } from '../edition/stored-pages.ts';
import type { Neighbours } from '../pages/entry-page.ts';
import type { Entry } from '../store/records.ts';

/** A page or document to be made, and how. */
export type Making = {
  /** Below PUBLIC_URL, decoded. */
  readonly path: string;
  readonly isPage: boolean;
  /** Of all that it would be made from, but for the settings; absent when that is also a matter of the time. */
  readonly key?: string;
  readonly make: () => Promise<PlainResource | undefined>;
};

type Shown = Neighbours & { readonly entry: Entry };

/** How many entries are in memory at a time. */
const batch = 500;

/** The page of every live entry, articles before headlines, oldest first. */
export async function* entryPages(parts: StoredParts): AsyncIterable<Making> {
  for (const kind of ['article', 'headline'] as const) {
    for await (const shown of inLine(liveEntries(parts, kind))) {
      const { entry } = shown;
      const key = bodyHash(pageKey(entry, shown));
      yield { path: entry.path, isPage: true, key, make: () => makePage(parts, shown) };
    }
  }
}

async function* liveEntries({ store }: StoredParts, kind: Entry['kind']): AsyncIterable<Entry> {
  let after: Entry | undefined;
  for (;;) {
    const entries = await store.live({
      kind,
      order: 'oldest first',
      limit: batch,
      ...(after === undefined ? {} : { after }),
    });
    yield* entries;
    if (entries.length < batch) return;
    after = entries.at(-1);
  }
}

/** Each entry with the ones before and after it. */
async function* inLine(entries: AsyncIterable<Entry>): AsyncIterable<Shown> {
  let previous: Entry | undefined;
  let entry: Entry | undefined;
  for await (const next of entries) {
    if (entry !== undefined) yield { previous, entry, next };
    previous = entry;
    entry = next;
  }
  if (entry !== undefined) yield { previous, entry, next: undefined };
}

async function makePage({ store, site, terms }: StoredParts, { entry, previous, next }: Shown): Promise<PlainResource> {
  const text = (await store.texts([entry.id])).get(entry.id);
  return toEntryPage(site, entry, text, terms, { previous, next });
}
