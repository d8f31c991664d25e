import { directionOf } from '../content/direction.ts';
import type { FeedEntry } from '../feeds/model.ts';
import { type Site, type Terms, urlOf } from '../feeds/site.ts';
import { toFeedEntry } from '../feeds/view.ts';
import { escapeHtml } from '../lib/html.ts';
import { toIso } from '../lib/instant.ts';
import type { Person } from '../source/draft.ts';
import type { Entry } from '../store/records.ts';
import { type ShownDate, showDate } from './dates.ts';

/** An entry as lists show it. */
export type Item = {
  readonly kind: Entry['kind'];
  readonly title: string;
  /** Where it leads, here or elsewhere. */
  readonly href: string;
  /** Its page here, where it leads elsewhere; and whose site that is. */
  readonly page?: string;
  readonly host?: string;
  readonly published: ShownDate;
  /** False where what stands around says the day already. */
  readonly isDated: boolean;
  readonly updated: string;
  readonly authors: readonly Person[];
  readonly summary: string | undefined;
  readonly topic: { readonly title: string; readonly href: string } | undefined;
  readonly image: { readonly url: string; readonly alt: string } | undefined;
  readonly attributes: string;
};

/** Entries as lists show them. A headline of `day`, else of the day of the entry before it, is not dated once more. */
export function toItems(site: Site, entries: readonly Entry[], terms: Terms, day?: string): readonly Item[] {
  let before = day;
  return entries.map((entry) => {
    const item = toItem(site, entry, terms);
    const isDated = item.kind === 'article' || item.host !== undefined || item.published.text !== before;
    before = day ?? item.published.text;
    return { ...item, isDated };
  });
}

function toItem(site: Site, entry: Entry, terms: Terms): Omit<Item, 'isDated'> {
  const view = toFeedEntry(entry, undefined, site, terms, 'summary');
  const [topic] = view.tags;
  return {
    kind: view.kind,
    title: view.title,
    href: view.url,
    ...elsewhere(site, entry, view),
    published: showDate(site, view.published, 'day'),
    updated: toIso(view.updated),
    authors: view.authors,
    summary: view.summary,
    topic: topic && { title: topic.label, href: urlOf(site, `/tags/${topic.slug}/`) },
    image: imageOf(view, site),
    attributes: languageAttributes(entry, site),
  };
}

/** ` lang` and ` dir` where an entry's differ from the publication's. */
function languageAttributes(entry: Entry, site: Site): string {
  const around = site.publication.language;
  const language = entry.language === around ? undefined : entry.language;
  const lang = language === undefined ? '' : ` lang="${escapeHtml(language)}"`;
  const direction = entry.direction ?? directionOf(entry.title, entry.language);
  return lang + (direction === directionOf('', around) ? '' : ` dir="${direction ?? 'ltr'}"`);
}

function elsewhere(site: Site, entry: Entry, view: FeedEntry): Pick<Item, 'page' | 'host'> {
  const page = urlOf(site, entry.path);
  return page === view.url ? {} : { page, host: new URL(view.url).hostname.replace(/^www\./, '') };
}

/** A picture of our own: lists load nothing from other sites. */
function imageOf(view: FeedEntry, site: Site): Item['image'] {
  const image = view.kind === 'article' ? view.image : undefined;
  return image?.url.startsWith(`${site.publicUrl}/`) ? { url: image.url, alt: image.alt ?? '' } : undefined;
}
