import { type HistoryParts, parseArchivePath, renderArchive } from '../src/feeds/archive.ts';
import { documentPath } from '../src/feeds/head.ts';
import type { Format } from '../src/feeds/model.ts';
import { storedSite } from '../src/feeds/site.ts';
import { termKey } from '../src/lib/term-key.ts';
import type { Desk } from './harness.ts';
import { readDocument } from './read-document.ts';

/** The text of a feed's n-th archive document, as it is answered. */
export async function archive(desk: Desk, feed: string, n: number, format: Format): Promise<string | undefined> {
  return (await renderArchive(await partsOf(desk, feed), n, format))?.text;
}

/** All ids that are reached from a live document by its links to what came before. */
export async function walkHistory(desk: Desk, feed: string, format: Format): Promise<readonly string[]> {
  const parts = await partsOf(desk, feed);
  const ids = new Set<string>();
  let text = desk.text(documentPath(feed, format));
  for (;;) {
    const { entries, older } = readDocument(format, text);
    for (const { id } of entries) ids.add(id);
    if (older === undefined) return [...ids];
    const place = parseArchivePath(new URL(older).pathname)!;
    if (place.feed !== feed || place.format !== format) throw new Error(`a link from ${feed} in ${format} to ${older}`);
    const made = await renderArchive(parts, place.n, format);
    if (made === undefined) throw new Error(`nothing at ${older}`);
    text = made.text;
  }
}

async function partsOf(desk: Desk, name: string): Promise<HistoryParts> {
  const site = storedSite(await desk.store.settings(), { publicUrl: desk.publicUrl, ttl: 5 })!;
  const terms = new Map((await desk.store.terms()).map((term) => [`${term.kind}/${term.key}`, term]));
  const feed = (await desk.store.feed(name))!;
  return { store: desk.store, site, feed, terms: { term: (kind, label) => terms.get(`${kind}/${termKey(label)}`) } };
}
