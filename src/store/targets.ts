import { posix } from 'node:path';
import { articleTypes, extensionOf, type Role, roleOf } from '../source/roles.ts';
import { currentEntries } from './file-entries.ts';
import type { Ledger } from './ledger.ts';
import { decodePath } from './paths.ts';
import type { Entry, Target } from './records.ts';

/** Folders whose contents site generators serve from the root. */
const rootFolders = ['', 'static/', 'public/', 'assets/'];

/** Where each reference of an entry leads, as the files and entries stand now. */
export function resolveTargets(ledger: Ledger, file: string, references: Iterable<string>): Entry['targets'] {
  return Object.fromEntries(Array.from(references, (reference) => [reference, resolveTarget(ledger, file, reference)]));
}

/** The decoded path of a reference; undefined when it has none, or one that is not UTF-8. */
export function pathOf(reference: string): string | undefined {
  return decodePath(/^[^?#]*/.exec(reference)![0]) || undefined;
}

function resolveTarget(ledger: Ledger, file: string, reference: string): Target {
  const path = pathOf(reference);
  if (path === undefined) return { kind: 'own' };
  const fragment = /#.*$/s.exec(reference)?.[0] ?? '';
  for (const candidate of candidates(file, path)) {
    const found = ledger.files.get(candidate);
    if (found === undefined) continue;
    if (found.role === 'media') return { kind: 'media', path: candidate, size: found.size };
    if (isText(found.role)) return toEntryTarget(ledger, candidate, fragment);
  }
  const page = pageCandidates(file, path).find((candidate) => isText(ledger.files.get(candidate)?.role));
  if (page !== undefined) return toEntryTarget(ledger, page, fragment);
  return { kind: 'own' };
}

function isText(role: Role | undefined): boolean {
  return role === 'article' || role === 'root-text';
}

function toEntryTarget(ledger: Ledger, file: string, fragment: string): Target {
  const entry = currentEntries(ledger, file)[0];
  if (entry === undefined || entry.status !== 'live') return { kind: 'none' };
  return { kind: 'entry', id: entry.id, path: entry.path, fragment };
}

/**
 * Paths in the data folder that a reference may mean, nearest first; none that climbs out of it. `@/` is how Zola writes
 * the folder's root.
 */
export function candidates(file: string, path: string): readonly string[] {
  const relative = path.replace(/^@?\/+/, '');
  const beside = relative.length < path.length ? [] : [posix.join(posix.dirname(file), path)];
  return [...beside, ...rootFolders.map((folder) => posix.normalize(folder + relative))].filter(isInside);
}

/**
 * Files of the article whose page a relative reference may name: generators make `b.html` or `b/` of `b.md`. What begins
 * with a slash is the site's own address, and may be another page's.
 */
function pageCandidates(file: string, path: string): readonly string[] {
  if (path.startsWith('/') || (roleOf(path) !== undefined && extensionOf(path) !== '.html')) return [];
  const page = path.replace(/\/+$|\.html?$/i, '');
  // A folder by its place, such as `../`, names no page.
  if (/(?:^|\/)\.{0,2}$/.test(page)) return [];
  // Beside the file, or beside its page where that is a folder.
  const places = [...candidates(file, page), posix.join(withoutType(file), page)].filter(isInside);
  return places.flatMap((place) => articleTypes.flatMap((type) => [place + type, `${place}/index${type}`]));
}

/** The names by which references may mean a file: its own without the type, and the folder's of its `index.md`. */
export function namesOf(path: string): readonly string[] {
  const name = posix.basename(withoutType(posix.normalize(path)));
  return name === 'index' ? [name, posix.basename(posix.dirname(path))] : [name];
}

function withoutType(path: string): string {
  const type = extensionOf(path);
  return articleTypes.includes(type) || type === '.htm' ? path.slice(0, -type.length) : path;
}

function isInside(path: string): boolean {
  return !path.startsWith('..') && path !== '.';
}
