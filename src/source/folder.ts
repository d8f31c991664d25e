import { hash } from 'node:crypto';
import { closeSync, constants, type Dirent, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Problem } from '../lib/problem.ts';
import { warnOfForeign } from './foreign-texts.ts';
import { followLinks } from './links.ts';
import type { Role } from './roles.ts';
import { isSameStat, pickStat } from './stat.ts';
import { largestSource, type Walk, walkFolder } from './walker.ts';

/** What tells a file's contents apart without reading them. Times in milliseconds. */
export type Stat = { readonly size: number; readonly mtimeMs: number; readonly ctimeMs: number; readonly ino: number };

/** A file of the data folder that has a role. */
export type FolderFile = {
  /** Path below the data folder, NFC, with `/`. */
  readonly path: string;
  readonly role: Role;
  readonly stat: Stat;
  /** The path as the disk spells it, where that is not NFC. */
  readonly diskPath?: string;
};

/** A file's bytes as they were at one moment, with the first 132 bits of their SHA-256. */
export type StableFile = { readonly bytes: Uint8Array; readonly stat: Stat; readonly hash: string };

const natural = new Intl.Collator('en', { numeric: true });
const tries = 6;
const pause = 25;

// Clocks of file systems tick this slowly, in milliseconds: within one tick a change may leave all times as they are.
const tick = 50;
// A file system may keep times in whole seconds, or two: a change within them would not show.
const settled = 2000;

/**
 * What a walk through the data folder finds; `hasLinks` when a symbolic link was met, `settings` are the paths of what is
 * publication.yaml or might be taken for it.
 */
export type Folder = {
  readonly files: readonly FolderFile[];
  readonly settings: readonly string[];
  readonly problems: readonly Problem[];
  /** Texts in languages that are not read. */
  readonly foreign: readonly string[];
  readonly hasLinks: boolean;
};

/**
 * The files of the data folder that have a role, in no order. What cannot be listed is a problem each. Throws only when
 * the folder is missing, unreadable or without any file.
 */
export async function walk(dir: string): Promise<Folder> {
  const found: Walk = { dir, files: [], problems: [], links: [], foreign: [] };
  // Synchronous calls cost a tenth of asynchronous ones here, and in the worker nothing else waits.
  walkFolder(found, '', readRoot(dir), false);
  followLinks(found);
  if (found.files.length === 0 && found.problems.length === 0) {
    const others = warnOfForeign(found.foreign).map(({ file, message }) => `\n${file}: ${message}`);
    throw new Error(`source: expected files in the data folder ${dir}, found none${others.join('')}`);
  }
  const files = dropTwins(found.files, found.problems);
  return {
    files,
    settings: files.flatMap(({ path, role }) => (role === 'publication' ? [path] : [])).sort(),
    problems: found.problems,
    foreign: found.foreign,
    hasLinks: found.links.length > 0,
  };
}

/** Reads one file whole. While it changes under the reading it is read again, and given up after a few tries. */
export async function readStable(
  dir: string,
  file: Pick<FolderFile, 'path' | 'diskPath'>,
): Promise<StableFile | { readonly reason: string }> {
  const path = join(dir, file.diskPath ?? file.path);
  for (let left = tries; left > 0; left -= 1) {
    const reading = readOnce(path);
    if (reading !== undefined) return reading;
    if (left > 1) await setTimeout(pause);
  }
  return { reason: `expected a file that rests, found one that changed ${tries} times while it was read` };
}

/** Whether a file needs no look: all four equal, and it had not changed for two seconds when it was last looked at. */
export function isUnchanged(stat: Stat, last: Stat & { readonly seenAt: number }): boolean {
  return isSameStat(stat, last) && last.seenAt - last.mtimeMs > settled;
}

function readRoot(dir: string): readonly Dirent[] {
  try {
    return readdirSync(dir, { withFileTypes: true });
  } catch (error) {
    throw new Error(`source: expected to read the data folder ${dir}, found ${(error as NodeJS.ErrnoException).code}`, {
      cause: error,
    });
  }
}

/** Natural path order. */
export function byPath(a: FolderFile, b: FolderFile): number {
  return natural.compare(a.path, b.path) || (a.path < b.path ? -1 : 1);
}

/** Two spellings of one name on disk, composed and decomposed, are one path here. */
function dropTwins(files: readonly FolderFile[], problems: Problem[]): readonly FolderFile[] {
  if (files.every(({ diskPath }) => diskPath === undefined)) return files;
  const seen = new Set<string>();
  return files.filter(({ path }) => {
    if (!seen.has(path)) return seen.add(path);
    problems.push({ severity: 'error', file: path, message: 'expected one file of this name, found another' });
    return false;
  });
}

/** Undefined when the file changed meanwhile. */
function readOnce(path: string): StableFile | { readonly reason: string } | undefined {
  let descriptor: number | undefined;
  try {
    // Without O_NONBLOCK, a pipe put in the file's place would hold us until somebody writes.
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const before = fstatSync(descriptor);
    if (!before.isFile()) return { reason: 'expected a file, found something else' };
    if (before.size > largestSource) return { reason: 'expected at most 5 MB, found more' };
    const bytes = readBytes(descriptor, before.size);
    const after = fstatSync(descriptor);
    if (!isSameStat(before, after) || bytes.length !== after.size || isFresh(after)) return undefined;
    return { bytes, stat: pickStat(after), hash: hash('sha256', bytes, 'base64url').slice(0, 22) };
  } catch (error) {
    return { reason: `expected to read it, found ${(error as NodeJS.ErrnoException).code ?? String(error)}` };
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** As many bytes as the file has said that it has, or fewer: what it has now is found out afterwards. */
function readBytes(descriptor: number, size: number): Uint8Array {
  const bytes = Buffer.allocUnsafe(size);
  let length = 0;
  while (length < size) {
    const more = readSync(descriptor, bytes, length, size - length, null);
    if (more === 0) break;
    length += more;
  }
  return bytes.subarray(0, length);
}

function isFresh({ mtimeMs }: Stat): boolean {
  const age = Date.now() - mtimeMs;
  return age >= 0 && age < tick;
}
