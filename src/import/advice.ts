import { toDate } from './article-text.ts';
import { count, type KnownEntry } from './history.ts';
import type { Place } from './place.ts';

/** An entry, and where its page is to be. */
export type Placed = { readonly entry: KnownEntry; readonly place: Place };

/** What a publisher who moves has to know or do, a line each. */
export function adviceOn(fresh: readonly Placed[], publicUrl: string): readonly string[] {
  const kept = fresh.filter(({ place }) => place.permalink !== undefined);
  const moved = kept.flatMap(({ place }) => (place.old?.startsWith(`${publicUrl}/`) ? [] : [place.old!]));
  const lost = fresh.flatMap(({ place }) => (place.permalink === undefined ? (place.old ?? []) : []));
  const shown = fresh.filter(showsOldFiles);
  const lines: readonly (readonly [readonly unknown[], string])[] = [
    [kept, 'with the path of the old page'],
    [moved, `to redirect, each path of ${hostsOf(moved)} to the same one below PUBLIC_URL, which is ${publicUrl}`],
    [
      lost,
      `to redirect one by one, since ${hostsOf(lost)} tells them apart by more than their path: ${lost.slice(0, 3).join(' ')}`,
    ],
    [shown, `showing pictures or files of ${hostsOf(shown.map(({ place }) => place.old!))}, which have to stay there`],
    [
      fresh.filter(({ place }) => place.link !== undefined),
      'leading elsewhere: now to a page here, with the link in it',
    ],
    [fresh.filter(({ entry }) => entry.title === undefined), 'without a title: now with the first sentence for one'],
    [fresh.filter(({ entry }) => toDate(entry.date ?? '') === undefined), 'without a date: to be dated when published'],
  ];
  return lines.flatMap(([found, line]) => (found.length === 0 ? [] : [`${count(found.length)} ${line}`]));
}

/** Whether an entry shows what lies on the host of its old page. */
function showsOldFiles({ entry, place }: Placed): boolean {
  if (place.old === undefined) return false;
  const { origin } = new URL(place.old);
  const html = entry.html ?? '';
  return (
    entry.media.some(({ url }) => url.startsWith(`${origin}/`)) ||
    (html.includes(`${origin}/`) &&
      new RegExp(`\\s(?:src|srcset|poster)=["'][^"']*${RegExp.escape(origin)}/`).test(html))
  );
}

function hostsOf(pages: readonly string[]): string {
  return [...new Set(pages.map((page) => new URL(page).host))].join(', ');
}
