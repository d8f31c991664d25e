import { isUtf8 } from 'node:buffer';
import { type Dirent, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../lib/problem.ts';
import { longestKey } from './bounds.ts';
import type { FolderFile } from './folder.ts';
import { isForeignText } from './foreign-texts.ts';
import { opensAsJekyllPage } from './peek.ts';
import { extensionOf, isSkippedFolder, roleOf } from './roles.ts';
import { pickStat } from './stat.ts';

/** Bytes of the largest source file that is read. */
export const largestSource: number = 5 * 1024 * 1024;

/** What a walk has found so far. */
export type Walk = {
  readonly dir: string;
  readonly files: FolderFile[];
  readonly problems: Problem[];
  /** Symbolic links met, as paths below the folder; followed when all else is known. */
  readonly links: string[];
  /** Texts in languages that are not read. */
  readonly foreign: string[];
};

/** Files below one folder, its entries already listed. `isJekyll` when a folder above it holds a `_config.yml`. */
export function walkFolder(found: Walk, folder: string, entries: readonly Dirent[], isJekyll: boolean): void {
  const underJekyll = isJekyll || entries.some(({ name }) => /^_config\.(?:ya?ml|toml)$/.test(name));
  const unnamed = namesInOtherBytes(found, folder, entries);
  for (const entry of entries) {
    const { name } = entry;
    if (isSkippedFolder(name) || unnamed.has(name)) continue;
    const path = folder === '' ? name : `${folder}/${name}`;
    if (entry.isDirectory()) walkFolder(found, path, list(found, path), underJekyll);
    else if (entry.isSymbolicLink()) found.links.push(path);
    else if (entry.isFile()) addFile(found, path, underJekyll);
    else addProblem(found, path, 'expected a file, found a pipe, socket or device');
  }
}

/** Adds a file under the path given, if it has a role there. */
export function addFile(found: Walk, diskPath: string, isJekyll: boolean): void {
  const path = diskPath.normalize('NFC');
  const role = roleOf(path);
  if (role === undefined) {
    if (isForeignText(path)) found.foreign.push(path);
    return;
  }
  const size = Buffer.byteLength(path);
  if (size > longestKey) {
    addProblem(found, path, `expected a path of at most 2,600 bytes, found ${size.toLocaleString('en')}`);
    return;
  }
  attempt(found, diskPath, () => {
    const full = `${found.dir}/${diskPath}`;
    if (isJekyll && extensionOf(path) === '.html' && !opensAsJekyllPage(full)) return;
    const stat = pickStat(statSync(full));
    if (role !== 'media' && stat.size > largestSource) {
      addProblem(found, path, `expected at most 5 MB, found ${(stat.size / 1024 / 1024).toFixed(1)} MB`);
    } else found.files.push({ path, role, stat, ...(path === diskPath ? {} : { diskPath }) });
  });
}

/** The entries of a folder; none, and a problem, when it cannot be listed. */
export function list(found: Walk, folder: string): readonly Dirent[] {
  return attempt(found, folder, () => readdirSync(join(found.dir, folder), { withFileTypes: true })) ?? [];
}

export function addProblem(found: Walk, path: string, message: string): void {
  found.problems.push({ severity: 'error', file: path.normalize('NFC'), message });
}

/** The result of a call to the file system, or a problem of the path and undefined. */
export function attempt<T>(found: Walk, path: string, call: () => T): T | undefined {
  try {
    return call();
  } catch (error) {
    addProblem(found, path, `expected to read it, found ${(error as NodeJS.ErrnoException).code ?? String(error)}`);
    return undefined;
  }
}

/** The names, as they were decoded, that are not UTF-8 on the disk: a problem each. */
function namesInOtherBytes(found: Walk, folder: string, entries: readonly Dirent[]): ReadonlySet<string> {
  const others = new Set<string>();
  // What cannot be decoded is decoded as this.
  if (!entries.some(({ name }) => name.includes('\ufffd'))) return others;
  const names = attempt(found, folder, () => readdirSync(join(found.dir, folder), { encoding: 'buffer' })) ?? [];
  for (const bytes of names) {
    if (isUtf8(bytes)) continue;
    const name = bytes.toString();
    others.add(name);
    addProblem(found, join(folder, name), 'expected a file name in UTF-8, found other bytes');
  }
  return others;
}
