import { realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** The real path of a file below `dir`; undefined when a link leads out of the folder, and when it is not there. */
export async function insideFile(dir: string, path: string): Promise<string | undefined> {
  try {
    const [root, file] = await Promise.all([realpath(dir), realpath(join(dir, path))]);
    return file.startsWith(root + sep) ? file : undefined;
  } catch {
    return undefined;
  }
}
