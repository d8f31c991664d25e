import { existsSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newFolder } from '../harness.ts';

/** The clock on the wall, as the server sees it: libfaketime's. Timers go on with the real time. */
export type Clock = {
  /** For the server's environment. */
  readonly env: NodeJS.ProcessEnv;
  /** Puts it forward by so many seconds of the real time; back when they are negative. */
  readonly set: (seconds: number) => void;
  /** Whether it ever was another than the real time. */
  readonly wasSet: () => boolean;
};

/** Undefined when libfaketime is not installed. */
export function openClock(): Clock | undefined {
  const library = findLibrary();
  if (library === undefined) return undefined;
  const file = join(newFolder(), 'clock');
  let wasSet = false;
  const set = (seconds: number): void => {
    wasSet ||= seconds !== 0;
    writeFileSync(`${file}.new`, `${seconds < 0 ? '' : '+'}${seconds}\n`);
    renameSync(`${file}.new`, file);
  };
  set(0);
  const env = {
    LD_PRELOAD: library,
    FAKETIME_TIMESTAMP_FILE: file,
    FAKETIME_CACHE_DURATION: '1',
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
    // The times of files are the file system's, whatever the clock says.
    NO_FAKE_STAT: '1',
  };
  return { env, set, wasSet: () => wasSet };
}

function findLibrary(): string | undefined {
  const roots = existsSync('/usr/lib') ? readdirSync('/usr/lib').map((name) => join('/usr/lib', name)) : [];
  return roots.map((root) => join(root, 'faketime', 'libfaketimeMT.so.1')).find((path) => existsSync(path));
}
