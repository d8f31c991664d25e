import { resolve } from 'node:path';
import { insideFile } from '../lib/inside-file.ts';

/** The path as the disk spells it, if it leads to a file below the folder. */
export async function findOnDisk(dir: string, path: string): Promise<string | undefined> {
  for (const spelling of new Set([path, path.normalize('NFD')])) {
    if ((await insideFile(resolve(dir), spelling)) !== undefined) return spelling;
  }
  return undefined;
}
