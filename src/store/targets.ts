import { posix } from 'node:path';
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
    if (found.role === 'article' || found.role === 'root-text') return toEntryTarget(ledger, candidate, fragment);
  }
  return { kind: 'own' };
}

function toEntryTarget(ledger: Ledger, file: string, fragment: string): Target {
  const entry = currentEntries(ledger, file)[0];
  if (entry === undefined || entry.status !== 'live') return { kind: 'none' };
  return { kind: 'entry', id: entry.id, path: entry.path, fragment };
}

/** Paths in the data folder that a reference may mean, nearest first; none that climbs out of it. */
export function candidates(file: string, path: string): readonly string[] {
  const relative = path.replace(/^\/+/, '');
  const beside = path.startsWith('/') ? [] : [posix.join(posix.dirname(file), path)];
  return [...beside, ...rootFolders.map((folder) => posix.normalize(folder + relative))].filter(
    (candidate) => !candidate.startsWith('..') && candidate !== '.',
  );
}
