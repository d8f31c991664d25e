import { lstatSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import type { FolderFile } from './folder.ts';
import { extensionOf, isSkippedFolder, roleOf } from './roles.ts';
import { pickStat } from './stat.ts';
import { largestSource } from './walker.ts';

/** What is known of the data folder from the last walk through it. */
export type Known = {
  readonly isFile: (path: string) => boolean;
  readonly isFolder: (path: string) => boolean;
  /** Whether something kept it from being read. */
  readonly isFaulty: (path: string) => boolean;
};

/** What lies at some paths of the data folder; what is not among `files` is not there. */
export type Glance = { readonly files: readonly FolderFile[]; readonly paths: ReadonlySet<string> };

/**
 * What a walk through the data folder would find at the paths that have changed. Undefined where only a walk can tell:
 * folders, links, settings, names spelt in another way, files that are not read, and those that could not be.
 */
export function glance(dir: string, changed: Iterable<string>, known: Known): Glance | undefined {
  const files: FolderFile[] = [];
  const paths = new Set<string>();
  for (const path of new Set(changed)) {
    if (path.normalize('NFC') !== path || known.isFaulty(path)) return undefined;
    if (path.split('/').some(isSkippedFolder)) continue;
    const role = roleOf(path);
    if (role === 'publication' || role === 'authors') return undefined;
    const stat = statOf(join(dir, path));
    if (stat === 'unknown' || (stat === undefined && known.isFolder(path))) return undefined;
    if (stat === undefined) {
      if (known.isFile(path)) paths.add(path);
      continue;
    }
    if (stat.isFile() && role === undefined) continue;
    if (!stat.isFile() || role === undefined || stat.size > largestSource) return undefined;
    // Whether a generator's page is an article depends on what lies around it.
    if (extensionOf(path) === '.html' && !known.isFile(path)) return undefined;
    paths.add(path);
    files.push({ path, role, stat: pickStat(stat) });
  }
  return { files, paths };
}

/** Undefined when nothing is there. */
function statOf(path: string): Stats | undefined | 'unknown' {
  try {
    return lstatSync(path);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : 'unknown';
  }
}
