import { realpath, stat } from 'node:fs/promises';
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

/** The same of what can be sent as it lies; undefined also for a folder, and for a pipe, at which reading would wait. */
export async function insideContent(dir: string, path: string): Promise<string | undefined> {
  const file = await insideFile(dir, path);
  const found = file === undefined ? undefined : await stat(file).catch(() => undefined);
  return found?.isFile() === true ? file : undefined;
}
