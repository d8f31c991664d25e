import { settingsOf } from '../feeds/head.ts';
import { feedFolder, type Site, siteTitle, type Terms, urlOf } from '../feeds/site.ts';
import type { Entry } from '../store/records.ts';
import { toBuilder } from './embed/builder.ts';
import { toFollowing } from './follow.ts';
import { type NamedFeed, renderFramed } from './frame.ts';
import { toItems } from './item.ts';
import { type Inline, type Page, readInline } from './render.ts';
import { toPageProperties } from './structured-data.ts';

/** A feed as its page shows it: entries newest first, and whether there are older ones. */
export type FeedPage = NamedFeed & { readonly entries: readonly Entry[]; readonly hasMore: boolean };

/** Copies addresses and builds embeds; without it these are text to select. */
export const feedScript: Inline = readInline('feed-page.js');

/** What a page with an embed builder has to be allowed. */
export const feedSources: Partial<Page['sources']> = { previews: true };

/** The page for people of one feed but that of everything, which has the front page. */
export function renderFeedPage(site: Site, feed: FeedPage, terms: Terms): Page {
  const description = settingsOf(site, feed.name)?.description;
  const canonical = urlOf(site, feedFolder(feed.name));
  const frame = {
    title: feed.title,
    canonical,
    feed,
    description: description ?? site.publication.description,
    script: feedScript,
    properties: toPageProperties(site, { title: feed.title, description, canonical }),
  };
  return renderFramed(
    site,
    frame,
    'feed',
    {
      kicker: kickerOf(feed.name),
      title: feed.title.replace(`${siteTitle(site)}: `, ''),
      description,
      items: toItems(site, feed.entries, terms),
      archive: feed.hasMore ? urlOf(site, '/archive/') : undefined,
      following: toFollowing(site, feed),
      builder: toBuilder(site, feed),
    },
    feedSources,
  );
}

function kickerOf(name: string): string {
  if (name.startsWith('tags/')) return 'Topic';
  return name.startsWith('authors/') ? 'Author' : 'Section';
}
