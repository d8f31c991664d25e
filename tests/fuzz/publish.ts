import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { SaxesParser } from 'saxes';
import { toContent } from '../../src/content/to-content.ts';
import { findStoredPage, readTerms, storedPaths } from '../../src/edition/stored-pages.ts';
import { storedSite } from '../../src/feeds/site.ts';
import { toInstant } from '../../src/lib/instant.ts';
import { formatProblem, type Problem } from '../../src/lib/problem.ts';
import { defaultPublication } from '../../src/publication.ts';
import { readSourceFile } from '../../src/source/read-file.ts';
import { Refusal } from '../../src/store/refusal.ts';
import { Desk } from '../harness.ts';
import type { FuzzFile } from './arbitrary-files.ts';

const good: readonly (readonly [path: string, text: string])[] = [
  ['publication.yaml', 'id: tag:fuzz.example,2026:all\ntitle: Fuzz\nlimit: 200\n'],
  ['good.md', '---\ntitle: Good\nguid: tag:fuzz.example,2026:good\n---\nThis one is well.\n'],
];

/**
 * Publishes a folder that is well, then what was made of it, and says what is wrong with the outcome: a refresh that
 * failed, a fault of ours that was caught, a document that is not well-formed, formats that do not agree, an entry that
 * was lost, other bytes for the same content.
 */
export async function publishFolder(files: readonly FuzzFile[]): Promise<string | undefined> {
  const desk = new Desk({ storeUrl: 'sqlite::memory:' });
  try {
    for (const [path, text] of good) put(desk.dir, { path, bytes: Buffer.from(text) });
    await desk.refresh();
    for (const file of files) put(desk.dir, file);
    return (await refresh(desk)) ?? faultOfDocuments(desk) ?? (await faultOfPages(desk)) ?? (await faultOfAgain(desk));
  } finally {
    await desk.restart();
    desk.remove('');
  }
}

/** How long reading this file alone takes, in milliseconds. */
export function timeToRead({ path, bytes }: FuzzFile): number {
  const started = performance.now();
  const { drafts } = readSourceFile(Buffer.from(path, 'latin1').toString(), bytes, defaultPublication);
  for (const draft of drafts) if (draft.kind === 'article') toContent(draft, undefined);
  return performance.now() - started;
}

function put(dir: string, { path, bytes }: FuzzFile): void {
  const whole = Buffer.concat([Buffer.from(`${dir}/`), Buffer.from(path, 'latin1')]);
  try {
    mkdirSync(whole.subarray(0, whole.lastIndexOf('/')), { recursive: true });
    writeFileSync(whole, bytes);
    // One that was written just now is waited for.
    utimesSync(whole, 1_700_000_000, 1_700_000_000);
  } catch (error) {
    // A folder may lie where the file is to be, and the other way round.
    if (!/^(?:EISDIR|ENOTDIR|EEXIST)$/.test((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

async function refresh(desk: Desk): Promise<string | undefined> {
  try {
    const { problems } = await desk.refresh();
    const own = problems.find(isOurs);
    return own && `a fault of ours: ${formatProblem(own)}`;
  } catch (error) {
    // A publication.yaml that is broken changes nothing.
    return error instanceof Refusal ? undefined : `the refresh failed: ${(error as Error).stack}`;
  }
}

function isOurs({ message }: Problem): boolean {
  return message.includes('fault in the reader') || message.startsWith('feeds: ');
}

function faultOfDocuments(desk: Desk): string | undefined {
  for (const [path, { text }] of desk.documents) {
    const fault = faultOfText(path, text);
    if (fault !== undefined) return `${path}: ${fault}`;
  }
  const ids = desk.items().map(({ id }) => id);
  if (!ids.includes('tag:fuzz.example,2026:good')) return 'the article that was well is gone';
  if (new Set(ids).size !== ids.length) return 'one id twice';
  const counts = [desk.text('/rss.xml').split('</item>').length, desk.text('/atom.xml').split('</entry>').length];
  return counts.every((count) => count === ids.length + 1) ? undefined : `${ids.length} items, but ${counts}`;
}

function faultOfText(path: string, text: string): string | undefined {
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(text) || !text.isWellFormed()) return 'a control';
  if (/\.(?:xml|opml)$/.test(path)) return faultOfXml(text);
  if (!path.endsWith('.json')) return undefined;
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** What a strict parser says first against a document. */
export function faultOfXml(text: string): string | undefined {
  const parser = new SaxesParser({ xmlns: true });
  let fault: string | undefined;
  parser.on('error', ({ message }) => {
    fault ??= message;
  });
  parser.write(text).close();
  return fault;
}

/** The pages that are made when they are asked for. */
async function faultOfPages(desk: Desk): Promise<string | undefined> {
  const address = { publicUrl: desk.publicUrl, ttl: 5 };
  const site = storedSite(await desk.store.settings(), address)!;
  const parts = { store: desk.store, site, terms: await readTerms(desk.store) };
  for (const path of await storedPaths(parts, [])) {
    const page = await findStoredPage(parts, path, toInstant(desk.now));
    const fault = page && faultOfText(path, new TextDecoder().decode(page.identity));
    if (fault !== undefined) return `${path}: ${fault}`;
  }
  return undefined;
}

async function faultOfAgain(desk: Desk): Promise<string | undefined> {
  const before = new Map(desk.documents);
  const fault = await refresh(desk);
  if (fault !== undefined) return fault;
  for (const [path, { text }] of before) {
    if (desk.documents.get(path)?.text !== text) return `${path}: other bytes for the same content`;
  }
  return undefined;
}
