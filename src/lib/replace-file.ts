import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Milliseconds after which nobody writes any more what was begun: one who does fails, and tries again with the next. Were
 * it long, a process that dies over and over would fill the disk.
 */
const abandoned = 10_000;

/**
 * Puts a new file in the place of the one at `path`, whole or not at all. What a failure leaves behind is taken away: on
 * a full disk it would be in its own way. Folders are made as needed.
 */
export async function replaceFile(path: string, write: (file: FileHandle) => Promise<void>): Promise<void> {
  const fresh = `${path}.${process.pid}.new`;
  await mkdir(dirname(path), { recursive: true });
  try {
    const file = await open(fresh, 'w');
    try {
      await write(file);
    } finally {
      await file.close();
    }
    await rename(fresh, path);
  } catch (error) {
    await rm(fresh, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** Takes away what processes that were killed had begun to put in the place of `path`. */
export async function sweepBegun(path: string): Promise<void> {
  const dir = dirname(path);
  const begun = (await readdir(dir).catch(() => [])).filter(
    (name) => name.startsWith(`${basename(path)}.`) && name.endsWith('.new'),
  );
  for (const name of begun) {
    const file = join(dir, name);
    const age = await stat(file).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > abandoned) await rm(file, { force: true }).catch(() => undefined);
  }
}
