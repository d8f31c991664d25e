import type { Site } from '../feeds/site.ts';
import { forAnHour } from '../http/answer.ts';
import { isFeedLike } from '../http/target.ts';
import type { Fates } from './fates.ts';
import { block, isPlain, quote, set } from './nginx-text.ts';

/** What moved, and what is gone. */
export function endings(site: Site, { moved, gone }: Fates): readonly string[] {
  const base = site.publicUrl.replaceAll('$', '%24');
  return [
    ...moved.map(([from, to]) => at(from, [set('Cache-Control', forAnHour), `return 301 ${quote(base + to)};`])),
    ...gone.map((path) => at(path, [...pageOf(path), 'return 410;'])),
  ].flat();
}

function pageOf(path: string): readonly string[] {
  if (isFeedLike(path)) return ['error_page 410 @ended;'];
  return path.startsWith('/embed/') ? ['error_page 410 @gone_frame;'] : [];
}

function at(path: string, lines: readonly string[]): readonly string[] {
  const decoded = decodeURIComponent(path);
  if (!isPlain(decoded)) return [];
  // A folder is asked for without its slash too.
  const both = new Set([decoded, decoded.replace(/\/$/, '')]);
  return [...both].map((one) => block(`location = ${quote(one)}`, lines));
}
