import { realpath, stat } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';

/** The real path of a file below `dir`; undefined when a link leads out of the folder, and when it is not there. */
export async function insideFile(dir: string, path: string): Promise<string | undefined> {
  try {
    const [root, file] = await Promise.all([realpath(dir), realpath(join(dir, path))]);
    return file.startsWith(root + sep) ? file : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The same of what can be sent as it lies; undefined also for a folder, for a pipe, at which reading would wait, and for
 * what is hidden and no such file: a link may lead through a hidden folder, as in mounts, and not to `.env` as a picture.
 */
export async function insideContent(dir: string, path: string): Promise<string | undefined> {
  const file = await insideFile(dir, path);
  if (file === undefined) return undefined;
  const [root, found] = await Promise.all([realpath(dir), stat(file)]).catch(() => []);
  if (root === undefined || found?.isFile() !== true) return undefined;
  const isHidden = relative(root, file)
    .split(sep)
    .some((name) => name.startsWith('.'));
  return isHidden && extname(file) !== extname(path) ? undefined : file;
}
