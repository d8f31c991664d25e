import { feedFolder, type Site, urlOf } from '../feeds/site.ts';
import type { PlainText } from '../lib/text.ts';
import { type NamedFeed, renderFramed } from './frame.ts';
import type { Page } from './render.ts';
import { toPageProperties } from './structured-data.ts';

/** A feed, its tag's or author's name, and how many entries it has. */
export type CountedFeed = NamedFeed & { readonly label?: PlainText; readonly count: number };

/** A tag or author as lists show it. */
export type Topic = { readonly title: string; readonly href: string; readonly count: number };

const kinds = { tags: 'Topics', authors: 'Authors' } as const;

/** The page of all tags, or of all authors, that have an entry. */
export function renderTopicsPage(site: Site, kind: 'tags' | 'authors', feeds: readonly CountedFeed[]): Page {
  const title = kinds[kind];
  const canonical = urlOf(site, `/${kind}/`);
  const topics = toTopics(site, feeds, kind).toSorted((a, b) => collator.compare(a.title, b.title));
  const frame = { title, canonical, properties: toPageProperties(site, { title, canonical }) };
  return renderFramed(site, frame, 'topics', { topics, kind });
}

/** The tags or authors among the feeds that have an entry, those with most entries first. */
export function toTopics(site: Site, feeds: readonly CountedFeed[], kind: 'tags' | 'authors'): readonly Topic[] {
  return feeds
    .filter(({ name, count }) => name.startsWith(`${kind}/`) && count > 0)
    .toSorted((a, b) => b.count - a.count || collator.compare(a.title, b.title))
    .map(({ name, title, label, count }) => ({ title: label ?? title, href: urlOf(site, feedFolder(name)), count }));
}

const collator = new Intl.Collator('en', { numeric: true });
