import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { isFileName } from './file-name.ts';

/** The folder of an export on the disk. Paths are below it. */
export type Disk = {
  /** A file's bytes; undefined when there is none. */
  readonly read: (path: string) => Buffer | undefined;
  /** Its size, and its time in whole seconds since 1970. */
  readonly look: (path: string) => { readonly size: number; readonly second: number } | undefined;
  /** Puts bytes, or a copy of the file at `source`, there: whole or not at all. */
  readonly replace: (path: string, content: Uint8Array | { readonly source: string }, second: number) => void;
  readonly setTime: (path: string, second: number) => void;
  /** Takes a file away, and the folders that it leaves empty. */
  readonly remove: (path: string) => void;
  /** What an export that was killed wrote, whatever the manifest says of it. */
  readonly leftovers: ReadonlySet<string>;
  /** All is in the manifest: nothing is left over any more. */
  readonly close: () => void;
};

/** Where files are made before they are renamed to their place, and a list of those that came to one. */
const workFolder = '.linecaster-export.new';

/** Opens the folder, made if it is not there. Sync, since one file after the other is what a disk does best. */
export function openDisk(out: string): Disk {
  const work = join(out, workFolder);
  const journal = join(work, 'journal');
  mkdirSync(work, { recursive: true });
  const leftovers = readJournal(journal);
  const log = openSync(journal, 'a');
  const fresh = join(work, 'file');
  const look: Disk['look'] = (path) => {
    const found = statSync(join(out, path), { throwIfNoEntry: false });
    return found?.isFile() === true ? { size: found.size, second: Math.floor(found.mtimeMs / 1000) } : undefined;
  };
  return {
    look,
    leftovers,
    read: (path) => (look(path) === undefined ? undefined : readFileSync(join(out, path))),
    replace: (path, content, second) => {
      writeSync(log, `\n${JSON.stringify(path)}\n`);
      mkdirSync(dirname(join(out, path)), { recursive: true });
      if ('source' in content) copyFileSync(content.source, fresh);
      else writeFileSync(fresh, content);
      utimesSync(fresh, second, second);
      renameSync(fresh, join(out, path));
    },
    setTime: (path, second) => utimesSync(join(out, path), second, second),
    remove: (path) => remove(out, path),
    close: () => {
      closeSync(log);
      rmSync(work, { recursive: true, force: true });
    },
  };
}

function readJournal(file: string): ReadonlySet<string> {
  return new Set(existsSync(file) ? readFileSync(file, 'utf8').split('\n').flatMap(readPath) : []);
}

/** A killed process, or a full disk, may have left half a line; its file never came to its place. */
function readPath(line: string): readonly string[] {
  try {
    return [JSON.parse(line) as string];
  } catch {
    return [];
  }
}

function remove(out: string, path: string): void {
  // The list is a file that anybody may have edited.
  if (!isFileName(path)) return;
  rmSync(join(out, path), { force: true });
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
    try {
      rmdirSync(join(out, folder));
    } catch {
      return;
    }
  }
}
