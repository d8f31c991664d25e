import { relative, resolve } from 'node:path';
import type { Config } from '../config.ts';
import { settingNames } from '../feeds/site.ts';
import type { Store } from '../store/store.ts';
import type { Manifest } from './manifest.ts';

/**
 * Throws when the folder is not to be written: it holds an export of a store that is lost, or of another publication,
 * or it is a part of the data folder, whose pages would be read as articles.
 */
export async function refuseFolder(
  out: string,
  before: Manifest | undefined,
  store: Store,
  { DATA_DIR, STORE_URL }: Pick<Config, 'DATA_DIR' | 'STORE_URL'>,
): Promise<void> {
  if (!relative(resolve(DATA_DIR), resolve(out)).startsWith('..')) {
    throw new Error(`build: expected a folder outside the data folder ${DATA_DIR}, found ${out}`);
  }
  if (before === undefined) return;
  const publication = (await store.settings()).get(settingNames.publicationId);
  if (publication === before.publication) return;
  const place = STORE_URL.replace(/\/\/[^@/]*@/, '//…@');
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
