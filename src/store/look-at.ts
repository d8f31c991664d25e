import type { Folder } from '../source/folder.ts';
import { type Glance, glance } from '../source/glance.ts';
import type { Ledger } from './ledger.ts';

/** A look at what has changed only; undefined where all of the folder has to be walked through. */
export function lookAt(
  ledger: Ledger,
  folder: Omit<Folder, 'files'> | undefined,
  dir: string,
  changed: readonly string[],
): Glance | undefined {
  if (folder === undefined || folder.hasLinks) return undefined;
  return glance(dir, changed, {
    isFile: (path) => ledger.files.has(path),
    isFolder: (path) => ledger.files.keys().some((file) => file.startsWith(`${path}/`)),
    isFaulty: (path) => folder.problems.some(({ file }) => file === path),
  });
}
