import { execFileSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { newFolder } from '../harness.ts';

/** A small disk of our own: a tmpfs. */
export type Disk = {
  readonly path: string;
  /** Leaves no byte free. */
  readonly fill: () => void;
  readonly free: () => void;
  /** Rejected by the system while a file is open to be written. */
  readonly allow: (what: 'reading' | 'writing') => void;
  readonly close: () => void;
};

/** Undefined where this user may not mount. */
export function openDisk(megabytes: number): Disk | undefined {
  const path = newFolder();
  const run = (command: string, ...args: readonly string[]): void =>
    void execFileSync(command, args, { stdio: 'pipe' });
  try {
    run('mount', '-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', path);
  } catch {
    return undefined;
  }
  const ballast = join(path, 'ballast');
  let isMounted = true;
  const close = (): void => {
    if (isMounted) run('umount', '-l', path);
    isMounted = false;
  };
  // Before the folder is taken away, which fails while it is mounted.
  process.prependOnceListener('exit', close);
  return {
    path,
    fill: () => fill(ballast),
    free: () => rmSync(ballast, { force: true }),
    allow: (what) => run('mount', '-o', `remount,${what === 'reading' ? 'ro' : 'rw'}`, path),
    close,
  };
}

function fill(ballast: string): void {
  const file = openSync(ballast, 'a');
  try {
    for (const size of [2 ** 20, 4096]) writeAll(file, Buffer.alloc(size));
  } finally {
    closeSync(file);
  }
}

function writeAll(file: number, bytes: Buffer): void {
  try {
    while (writeSync(file, bytes) === bytes.length);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
}
