import { type FSWatcher, watch } from 'node:fs';
import type { Logger } from 'pino';

/** How long a burst of writes is waited for, in milliseconds: an editor saves by writing, renaming and deleting. */
const burst = 50;

/** Refreshes what has changed soon after it did; all of it where the system cannot say what. */
export function watchFolder(
  dir: string,
  refresh: (changed?: readonly string[]) => Promise<void>,
  log: Logger,
): () => void {
  let timer: NodeJS.Timeout | undefined;
  let watcher: FSWatcher | undefined;
  let changed: (string | null)[] = [];
  const giveUp = (error: Error): void => log.warn(`watch: ${error.message}; the cron schedule goes on`);
  const look = (): void => {
    timer = undefined;
    const known = changed.filter((path) => path !== null);
    const isAll = known.length < changed.length;
    changed = [];
    void refresh(isAll ? undefined : known);
  };
  try {
    watcher = watch(dir, { recursive: true }, (_event, path) => {
      changed.push(path);
      // Not put off by further changes, or a folder that never rests would never be read.
      timer ??= setTimeout(look, burst);
    });
    watcher.on('error', giveUp);
  } catch (error) {
    giveUp(error as Error);
  }
  return () => {
    clearTimeout(timer);
    watcher?.close();
  };
}
