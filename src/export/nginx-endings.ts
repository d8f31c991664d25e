import type { Site } from '../feeds/site.ts';
import { isFeedLike } from '../http/target.ts';
import type { Fates } from './fates.ts';
import { block, isPlain, quote, set } from './nginx-text.ts';

/** What moved, and what is gone. */
export function endings(site: Site, { moved, gone }: Fates): readonly string[] {
  const base = site.publicUrl.replaceAll('$', '%24');
  return [
    ...moved.map(([from, to]) =>
      at(from, [set('Cache-Control', 'public, max-age=3600'), `return 301 ${quote(base + to)};`]),
    ),
    ...gone.map((path) => at(path, [...(isFeedLike(path) ? ['error_page 410 @ended;'] : []), 'return 410;'])),
  ].flat();
}

function at(path: string, lines: readonly string[]): readonly string[] {
  const decoded = decodeURIComponent(path);
  return isPlain(decoded) ? [block(`location = ${quote(decoded)}`, lines)] : [];
}
