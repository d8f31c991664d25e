import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Site } from '../feeds/site.ts';

/** Of the program and the site's settings: two exports by the same maker make the same of the same. */
export function makerOf(site: Site): string {
  const root = join(import.meta.dirname, '..');
  const hash = createHash('sha256').update(JSON.stringify(site));
  for (const file of globSync('**/*.*', { cwd: root }).toSorted())
    hash.update(file).update(readFileSync(join(root, file)));
  // Which versions of other packages the program works with.
  hash.update(readFileSync(join(root, '..', 'package.json')));
  return hash.digest('hex').slice(0, 16);
}
