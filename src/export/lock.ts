import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const lockFile = '.linecaster-export.lock';

/** Holds the folder against a second export at the same time; gives what lets it go. Throws when another has it. */
export function lockFolder(out: string): () => void {
  mkdirSync(out, { recursive: true });
  const file = join(out, lockFile);
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const holder = Number(readFileSync(file, 'utf8'));
    if (isAlive(holder)) {
      throw new Error(`build: process ${holder} is writing ${out}; if it is no export, delete ${file}`);
    }
    writeFileSync(file, String(process.pid));
  }
  return () => rmSync(file, { force: true });
}

/** Of a process that was killed the lock stays; in a container the next one has its number. */
function isAlive(pid: number): boolean {
  if (!(pid > 0) || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
