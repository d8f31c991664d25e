import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const prefix = 'linecaster-run-';

/**
 * Puts all temporary folders of a run, whoever makes them, into one, and takes that away when the run ends: processes
 * that are killed take nothing away. What a run left that was killed itself goes with the next.
 */
export default function setup(): () => void {
  for (const name of readdirSync(tmpdir())) if (isLeft(name)) tidy(join(tmpdir(), name));
  const folder = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  // Programs that run as another user have their folders in it.
  chmodSync(folder, 0o711);
  process.env.TMPDIR = folder;
  return () => remove(folder);
}

function isLeft(name: string): boolean {
  const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length).split('-')[0]) : Number.NaN;
  if (!Number.isInteger(pid)) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

/** What another user's run left stays: it is no reason for this one to fail. */
function tidy(folder: string): void {
  try {
    remove(folder);
  } catch (error) {
    console.warn(`${folder} of a run that was killed stays: ${(error as Error).message}`);
  }
}

/** Servers that have just been told to end may still be writing, and a run that was killed leaves its disks mounted. */
function remove(folder: string): void {
  for (const disk of disksBelow(folder)) spawnSync('umount', ['-l', disk]);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

/** As Linux lists them; elsewhere no test mounts any. */
function disksBelow(folder: string): string[] {
  if (!existsSync('/proc/self/mounts')) return [];
  const mounts = readFileSync('/proc/self/mounts', 'utf8').split('\n');
  return mounts.map((line) => line.split(' ')[1] ?? '').filter((path) => path.startsWith(`${folder}/`));
}
