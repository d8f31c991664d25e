import { type FSWatcher, lstatSync, readdirSync, watch } from 'node:fs';
import { join } from 'node:path';
import { isSkippedFolder } from './source/roles.ts';

/** Hears of what happens below a folder. */
export type TreeListener = {
  /** A path below the folder has changed; undefined when the system cannot say which. */
  readonly onChange: (path: string | undefined) => void;
  /** A folder, by its path below, cannot be watched; all others are. */
  readonly onFailure: (folder: string, error: NodeJS.ErrnoException) => void;
};

/**
 * Watches a folder and those below it, each on its own: Node's recursive watch throws where nobody can catch it when one
 * folder cannot be entered, or a link leads in a circle. What is none of ours is left out, and links are not followed.
 * Throws when the folder itself cannot be watched.
 */
export function watchTree(dir: string, { onChange, onFailure }: TreeListener): { readonly close: () => void } {
  const watchers = new Map<string, FSWatcher>();
  const drop = (folder: string): void => {
    for (const [path, watcher] of watchers) {
      if (path !== folder && !path.startsWith(`${folder}/`)) continue;
      watcher.close();
      watchers.delete(path);
    }
  };
  const open = (folder: string): void => {
    const watcher = watch(join(dir, folder), (event, name) => hear(folder, event, name));
    watcher.on('error', () => drop(folder));
    watchers.set(folder, watcher);
    for (const entry of readdirSync(join(dir, folder), { withFileTypes: true })) {
      if (entry.isDirectory() && !isSkippedFolder(entry.name)) add(pathOf(folder, entry.name));
    }
  };
  const add = (folder: string): void => {
    try {
      open(folder);
    } catch (error) {
      // One that went while it was looked at needs no watch.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') onFailure(folder, error as NodeJS.ErrnoException);
    }
  };
  const hear = (folder: string, event: string, name: string | null): void => {
    if (name === null) {
      onChange(undefined);
      return;
    }
    const path = pathOf(folder, name);
    if (path.split('/').some(isSkippedFolder)) return;
    const isNew = event === 'rename' || !watchers.has(path);
    // Below what is not watched nothing is.
    if (event === 'rename' && watchers.has(path)) drop(path);
    if (isNew && isFolder(join(dir, path))) add(path);
    onChange(path);
  };
  const close = (): void => {
    for (const watcher of watchers.values()) watcher.close();
    watchers.clear();
  };
  try {
    open('');
  } catch (error) {
    close();
    throw error;
  }
  return { close };
}

function pathOf(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

function isFolder(path: string): boolean {
  try {
    return lstatSync(path).isDirectory();
  } catch {
    return false;
  }
}
