import { realpathSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { type Config, withoutCredentials } from '../config.ts';
import { settingNames } from '../feeds/site.ts';
import { reservedRoots } from '../store/paths.ts';
import type { Store } from '../store/store.ts';
import type { Manifest } from './manifest.ts';

/**
 * Throws when the folder is not to be written: it holds an export of a store that is lost, or of another publication,
 * or what is written there would lie in the data folder, whose pages would be read as articles.
 */
export async function refuseFolder(
  out: string,
  before: Manifest | undefined,
  store: Store,
  { DATA_DIR, STORE_URL }: Pick<Config, 'DATA_DIR' | 'STORE_URL'>,
): Promise<void> {
  const [data, folder] = [realPath(resolve(DATA_DIR)), realPath(resolve(out))];
  const [first] = relative(folder, data).split(sep);
  if (!isOutside(relative(data, folder)) || reservedRoots.has(first!)) {
    throw new Error(
      `build: expected a folder outside the data folder ${DATA_DIR}, and whose pages do not go there, found ${out}`,
    );
  }
  if (before === undefined) return;
  const publication = (await store.settings()).get(settingNames.publicationId);
  if (publication === before.publication) return;
  const place = withoutCredentials(STORE_URL);
  if (publication === undefined) {
    throw new Error(
      `build: ${out} holds an export of ${before.publication}, but the store ${place} is empty: ids and dates would ` +
        'start anew. Set STORE_URL to the store that it was made from, bring that one back from a backup, or export ' +
        'into another folder',
    );
  }
  throw new Error(
    `build: ${out} holds an export of ${before.publication}, but the store ${place} is that of ${publication}. ` +
      'Export into another folder',
  );
}

/** Where below the folder the data folder lies, with `/`; undefined when it lies elsewhere. */
export function dataFolderIn(out: string, dataDir: string): string | undefined {
  const path = relative(realPath(resolve(out)), realPath(resolve(dataDir)));
  return isOutside(path) ? undefined : path.split(sep).join('/');
}

function isOutside(path: string): boolean {
  return path.split(sep)[0] === '..';
}

/** Without links in it, also when the last parts of it are not there. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path === dirname(path) ? path : join(realPath(dirname(path)), basename(path));
  }
}
