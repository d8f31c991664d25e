import { type FSWatcher, statSync, watch } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { Logger } from 'pino';
import { watchTree } from './watch-tree.ts';

/** Tells of changes below a folder soon after they were made. */
export type FolderWatch = {
  /**
   * Watches again where the folder was away, or another has taken its place; then true, and all of it may have changed.
   * To be called before each look at the folder.
   */
  readonly renew: () => boolean;
  readonly close: () => void;
};

/** How long a burst of writes is waited for, in milliseconds: an editor saves by writing, renaming and deleting. */
const burst = 50;

/** Calls back with the paths that have changed; without them where the system cannot say which. */
export function watchFolder(
  dir: string,
  onChange: (changed?: readonly string[]) => void,
  log: Pick<Logger, 'info' | 'warn'>,
): FolderWatch {
  let timer: NodeJS.Timeout | undefined;
  let tree: ReturnType<typeof watchTree> | undefined;
  let changed: (string | undefined)[] = [];
  /** Which folder is watched; undefined when none is. */
  let watched: string | undefined;
  let hasFailed = false;
  /** Folders that were told of; one line says that the system allows no more watches. */
  const told = new Set<string>();
  const look = (): void => {
    timer = undefined;
    const known = changed.filter((path) => path !== undefined);
    const isAll = known.length < changed.length;
    changed = [];
    onChange(isAll ? undefined : known);
  };
  const note = (path: string | undefined): void => {
    changed.push(path);
    // Not put off by further changes, or a folder that never rests would never be read.
    timer ??= setTimeout(look, burst);
  };
  const noteFailure = (folder: string, error: NodeJS.ErrnoException): void => {
    const subject = error.code === 'ENOSPC' ? '' : folder;
    if (!told.has(subject)) log.warn(`watch: ${error.message}; what is in there is read on the cron schedule`);
    told.add(subject);
  };
  const open = (): boolean => {
    tree?.close();
    tree = undefined;
    watched = undefined;
    try {
      const found = identify(dir);
      tree = watchTree(dir, { onChange: note, onFailure: noteFailure });
      watched = found;
    } catch (error) {
      if (!hasFailed) log.warn(`watch: ${(error as Error).message}; the cron schedule goes on`);
      hasFailed = true;
    }
    return tree !== undefined;
  };
  const parent = watchEntry(dir, () => {
    if (watched !== identifyIfThere(dir)) note(undefined);
  });
  open();
  return {
    renew: () => {
      if (watched !== undefined && watched === identifyIfThere(dir)) return false;
      if (!open()) return false;
      log.info('watch: the data folder is watched again');
      hasFailed = false;
      return true;
    },
    close: () => {
      clearTimeout(timer);
      parent?.close();
      tree?.close();
    },
  };
}

/**
 * Calls back when a folder may have come, gone or been replaced, as by a link to the next release. Undefined where that
 * cannot be watched.
 */
function watchEntry(dir: string, onEvent: () => void): FSWatcher | undefined {
  const path = resolve(dir);
  try {
    const watcher = watch(dirname(path), (_event, name) => {
      if (name === null || name === basename(path)) onEvent();
    });
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return undefined;
  }
}

/** The number of a folder may be given to the next one. */
function identify(dir: string): string {
  const { dev, ino, birthtimeMs } = statSync(dir);
  return `${dev} ${ino} ${birthtimeMs}`;
}

function identifyIfThere(dir: string): string | undefined {
  try {
    return identify(dir);
  } catch {
    return undefined;
  }
}
