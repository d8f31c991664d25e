import { closeSync, existsSync, fsyncSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** The endings of a store's file, and of what SQLite lays beside it. */
const companions = ['', '-wal', '-shm', '-journal'];

const ending = '.next';

/** Where a store goes that another one takes the place of. Two of one millisecond do not happen: it is done alone. */
export function asideOf(file: string, why: 'replaced' | 'corrupt', now: number): string {
  return `${file}.${why}-${new Date(now).toISOString().replaceAll(':', '')}`;
}

/**
 * Puts `fresh`, a whole store that nobody has open, in the place of `file`, which is set aside with all that belongs to
 * it. Whoever holds the store alone may call this. What a killed process leaves of it, `finishReplacing` completes.
 */
export function replaceStore(file: string, fresh: string, aside: string): void {
  syncPath(fresh);
  renameSync(fresh, aside + ending);
  syncPath(dirname(file));
  finishReplacing(file);
}

/** What is to take the place of the store and does not yet. */
export function pendingStore(file: string): string | undefined {
  const isPending = (name: string): boolean =>
    /^\.(replaced|corrupt)-/.test(name.slice(basename(file).length)) && name.endsWith(ending);
  const name = readdirSync(dirname(file)).find((one) => one.startsWith(basename(file)) && isPending(one));
  return name === undefined ? undefined : join(dirname(file), name);
}

/** Completes what `replaceStore` began. While the new store has not come, all that has the store's names is the old one's. */
export function finishReplacing(file: string): void {
  const next = pendingStore(file);
  if (next === undefined) return;
  const aside = next.slice(0, -ending.length);
  for (const companion of companions) {
    if (existsSync(file + companion)) renameSync(file + companion, aside + companion);
  }
  renameSync(next, file);
  syncPath(dirname(file));
}

/** Takes away a store's file that is not wanted, with what SQLite left beside it. */
export function removeStore(file: string): void {
  for (const companion of companions) rmSync(file + companion, { force: true });
}

/** What is in the file, or which files are in the folder, is on the disk when this returns. */
export function syncPath(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
