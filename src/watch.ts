import { type FSWatcher, statSync, watch } from 'node:fs';
import type { Logger } from 'pino';

/** Tells of changes below a folder soon after they were made. */
export type FolderWatch = {
  /**
   * Watches again where the folder was away, or another has taken its place; then true, and all of it may have changed.
   * To be called before each look at the folder: the system does not say that it has come back.
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
  let watcher: FSWatcher | undefined;
  let changed: (string | null)[] = [];
  /** Which folder is watched; undefined when none is. */
  let watched: string | undefined;
  let hasFailed = false;
  let isTooLarge = false;
  const look = (): void => {
    timer = undefined;
    const known = changed.filter((path) => path !== null);
    const isAll = known.length < changed.length;
    changed = [];
    onChange(isAll ? undefined : known);
  };
  const note = (path: string | null): void => {
    const isFolderItself = path === '';
    if (isFolderItself) watched = undefined;
    changed.push(isFolderItself ? null : path);
    // Not put off by further changes, or a folder that never rests would never be read.
    timer ??= setTimeout(look, burst);
  };
  const giveUp = (error: NodeJS.ErrnoException): void => {
    watcher?.close();
    watcher = undefined;
    watched = undefined;
    // The system allows no more watches: to count them again would hold up answers each time.
    isTooLarge ||= error.code === 'ENOSPC';
    if (!hasFailed) log.warn(`watch: ${error.message}; the cron schedule goes on`);
    hasFailed = true;
  };
  const open = (): boolean => {
    try {
      watched = identify(dir);
      watcher = watch(dir, { recursive: true }, (_event, path) => note(path));
      watcher.on('error', giveUp);
    } catch (error) {
      giveUp(error as Error);
    }
    return watcher !== undefined;
  };
  open();
  return {
    renew: () => {
      if (isTooLarge || (watched !== undefined && watched === identifyIfThere(dir))) return false;
      watcher?.close();
      watcher = undefined;
      if (!open()) return false;
      log.info('watch: the data folder is watched again');
      hasFailed = false;
      return true;
    },
    close: () => {
      clearTimeout(timer);
      watcher?.close();
    },
  };
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
