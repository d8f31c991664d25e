import { feedFolder, type Site, urlOf } from '../feeds/site.ts';
import type { PlainText } from '../lib/text.ts';
import { type NamedFeed, renderFramed } from './frame.ts';
import type { Page } from './render.ts';

/** A feed, its tag's or author's name, and how many entries it has. */
export type CountedFeed = NamedFeed & { readonly label?: PlainText; readonly count: number };

/** A tag or author as lists show it. */
export type Topic = { readonly title: string; readonly href: string; readonly count: number };

const kinds = { tags: 'Topics', authors: 'Authors' } as const;

/** The page of all tags, or of all authors, that have an entry. */
export function renderTopicsPage(site: Site, kind: 'tags' | 'authors', feeds: readonly CountedFeed[]): Page {
  const topics = withEntries(feeds, kind)
    .map((feed) => toTopic(site, feed))
    .sort((a, b) => collator.compare(a.title, b.title));
  return renderFramed(site, { title: kinds[kind], canonical: urlOf(site, `/${kind}/`) }, 'topics', { topics });
}

/** Of the tags that have an entry `most`, those with most entries first, and how many there are in all. */
export function toTopics(
  site: Site,
  feeds: readonly CountedFeed[],
  most: number,
): { readonly shown: readonly Topic[]; readonly count: number } {
  const all = withEntries(feeds, 'tags');
  // There may be thousands, and comparing names takes long: only those are put in order that may be shown.
  const fewest = all.map(({ count }) => count).toSorted((a, b) => b - a)[most - 1] ?? 0;
  const shown = all
    .filter(({ count }) => count >= fewest)
    .toSorted((a, b) => b.count - a.count || collator.compare(a.title, b.title))
    .slice(0, most)
    .map((feed) => toTopic(site, feed));
  return { shown, count: all.length };
}

function withEntries(feeds: readonly CountedFeed[], kind: 'tags' | 'authors'): readonly CountedFeed[] {
  return feeds.filter(({ name, count }) => name.startsWith(`${kind}/`) && count > 0);
}

function toTopic(site: Site, { name, title, label, count }: CountedFeed): Topic {
  return { title: label ?? title, href: urlOf(site, feedFolder(name)), count };
}

const collator = new Intl.Collator('en', { numeric: true });
