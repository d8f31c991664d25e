import { isDeepStrictEqual } from 'node:util';
import { urlNamespace, uuidV5 } from '../lib/uuid.ts';
import { isUrl, readDocument } from './document.ts';
import { parseFeed } from './parse-feed.ts';
import type { SourceEntry, SourceFeed, SourceHead } from './source-feed.ts';

/** An entry with an id: its own, else one made of what it says. */
export type KnownEntry = SourceEntry & { readonly id: string };

/** A feed with all of its history that could be read. */
export type History = {
  readonly head: SourceHead;
  /** Each id once; of several, the one in the newest document. */
  readonly entries: readonly KnownEntry[];
  /** What kept the rest from being read, in a sentence each. */
  readonly faults: readonly string[];
};

/** One document that was read; a file has no `url`. */
type Page = { readonly address: string; readonly url?: string; readonly feed: SourceFeed };

/** The most documents of one feed that are read. */
const mostDocuments = 10_000;

/**
 * Reads a feed from a URL or a file, and from a URL all that it links to as older (RFC 5005; `next_url`; the further
 * pages of a WordPress feed). `print` is told of each document. Throws when the first document cannot be read.
 */
export async function readHistory(address: string, print: (line: string) => void): Promise<History> {
  const first = await readPage(address);
  const entries = new Map<string, KnownEntry>();
  const faults: string[] = [];
  const seen = new Set<string>();
  for (let page: Page | undefined = first; page !== undefined; ) {
    seen.add(page.address);
    print(`${page.address}: ${page.feed.format}, ${count(page.feed.entries.length)}${leftOutOf(page.feed)}`);
    const added = gather(entries, page.feed, page === first ? faults : []);
    const next = olderThan(page, added, faults);
    page = next === undefined || seen.has(next) ? undefined : await readOlder(next, seen.size, faults);
  }
  return { head: first.feed.head, entries: [...entries.values()], faults };
}

function leftOutOf({ leftOut = 0 }: SourceFeed): string {
  return leftOut === 0
    ? ''
    : `; ${leftOut} of an export of WordPress left out: drafts, pages, files, what has a password`;
}

/** A number of entries in words. */
export function count(n: number): string {
  return n === 1 ? '1 entry' : `${n} entries`;
}

async function readPage(address: string): Promise<Page> {
  const { text, url } = await readDocument(address);
  try {
    return { address, feed: parseFeed(text, url), ...(url === undefined ? {} : { url }) };
  } catch (error) {
    throw new Error(`import: ${address}: ${(error as Error).message}`, { cause: error });
  }
}

/** What was read before is kept when a document of the past cannot be. */
async function readOlder(address: string, read: number, faults: string[]): Promise<Page | undefined> {
  if (read === mostDocuments) {
    faults.push(`import: expected at most ${mostDocuments} documents, found more: ${address} was not read`);
    return undefined;
  }
  try {
    return await readPage(address);
  } catch (error) {
    const { message } = error as Error;
    const isLastOfWordPress = address.includes('paged=') && message.endsWith('status 404');
    if (!isLastOfWordPress) faults.push(message);
    return undefined;
  }
}

/** Adds the entries that are not there yet, and tells how many they were. */
function gather(entries: Map<string, KnownEntry>, feed: SourceFeed, faults: string[]): number {
  const before = entries.size;
  for (const entry of feed.entries) {
    const id = entry.id ?? madeId(entry);
    const known = entries.get(id);
    if (known === undefined) entries.set(id, { ...entry, id });
    else if (!isVersionOf(known, entry)) {
      const [first, second] = [known, entry].map(nameOf);
      faults.push(`import: expected an id of its own, found ${id} on ${first} and on ${second}, which is left out`);
    }
  }
  return entries.size - before;
}

/** Whether two entries with one id are one, of which a feed may show what it said before (RFC 4287 §4.1.1). */
function isVersionOf(known: SourceEntry, other: SourceEntry): boolean {
  const pathsOf = ({ pages }: SourceEntry): readonly string[] => pages.map((page) => new URL(page).pathname);
  const isSamePage = known.title === other.title && isDeepStrictEqual(pathsOf(known), pathsOf(other));
  return isSamePage && (known.html === other.html || known.updated !== other.updated || known.date !== other.date);
}

function nameOf({ title, date, pages }: SourceEntry): string {
  return title === undefined ? `the entry of ${date ?? pages[0] ?? 'no date'}` : `“${title}”`;
}

function madeId({ title, date, html }: SourceEntry): string {
  return `urn:uuid:${uuidV5(urlNamespace, JSON.stringify([title, date, html]))}`;
}

function olderThan({ feed, url, address }: Page, added: number, faults: string[]): string | undefined {
  if (feed.older === undefined) return url !== undefined && added > 0 && isWordPress(feed) ? nextPage(url) : undefined;
  const older = URL.parse(feed.older, url)?.href ?? feed.older;
  if (url !== undefined && isUrl(older)) return older;
  faults.push(`import: ${address}: the feed goes on at ${older}, where a file does not lead: import its URL instead`);
  return undefined;
}

function isWordPress({ head }: SourceFeed): boolean {
  return /wordpress\.(?:org|com)/i.test(head.generator ?? '');
}

function nextPage(address: string): string {
  const url = new URL(address);
  url.searchParams.set('paged', String(Number(url.searchParams.get('paged') ?? 1) + 1));
  return url.href;
}
