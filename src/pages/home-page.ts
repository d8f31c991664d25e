import { feedFolder, type Site, siteTitle, type Terms, urlOf } from '../feeds/site.ts';
import type { Entry } from '../store/records.ts';
import { archivePagePath } from './archive-page.ts';
import { showDate } from './dates.ts';
import { toBuilder } from './embed/builder.ts';
import { feedScript, feedSources } from './feed-page.ts';
import { toFollowing } from './follow.ts';
import { renderFramed } from './frame.ts';
import { type Item, toItems } from './item.ts';
import type { Page } from './render.ts';
import { type CountedFeed, toTopics } from './topics-page.ts';

/** What the front page is made of: entries newest first, and the feeds that have any. */
export type FrontPage = {
  /** Those of the feed of everything, which are all shown. */
  readonly entries: readonly Entry[];
  /** Where one kind has crowded out the other, these fill up. */
  readonly articles: readonly Entry[];
  readonly headlines: readonly Entry[];
  readonly feeds: readonly CountedFeed[];
};

const fewestArticles = 4;
const fewestHeadlines = 12;
const topicsShown = 24;

/** The front page: the feed of everything for people. */
export function renderHomePage(site: Site, { entries, articles, headlines, feeds }: FrontPage, terms: Terms): Page {
  const feed = { name: 'all', title: siteTitle(site) };
  const [lead, ...stories] = toItems(site, fill(entries, 'article', articles, fewestArticles), terms);
  const [newest] = entries;
  const today = newest === undefined ? undefined : showDate(site, newest.published, 'day').text;
  const wire = toItems(site, fill(entries, 'headline', headlines, fewestHeadlines), terms, today);
  const topics = toTopics(site, feeds, topicsShown);
  const frame = {
    title: feed.title,
    canonical: urlOf(site, feedFolder('all')),
    description: site.publication.description,
    isHome: true,
    script: feedScript,
  };
  return renderFramed(
    site,
    frame,
    'home',
    {
      edition: newest === undefined ? undefined : showDate(site, newest.published, 'edition'),
      archive: feeds.some(({ count }) => count > 0) ? urlOf(site, archivePagePath()) : undefined,
      lead,
      second: stories.slice(0, 6),
      rest: stories.slice(6),
      ...splitWire(wire, lead, stories.slice(0, 6)),
      topics: topics.shown,
      allTopics: topics.count > topicsShown ? { href: urlOf(site, '/tags/'), count: topics.count } : undefined,
      following: toFollowing(site, feed),
      builder: toBuilder(site, feed),
    },
    feedSources,
  );
}

/** The entries of a kind; where they are few, also some that `entries` has no room for. */
function fill(
  entries: readonly Entry[],
  kind: Entry['kind'],
  more: readonly Entry[],
  fewest: number,
): readonly Entry[] {
  const own = entries.filter((entry) => entry.kind === kind);
  return own.length >= fewest ? own : more.slice(0, fewest);
}

/** As many headlines beside the articles as are about as high as these; the others below. */
function splitWire(
  wire: readonly Item[],
  lead: Item | undefined,
  second: readonly Item[],
): { beside: readonly Item[]; below: readonly Item[] } {
  const rows = Math.ceil(second.length / 2) * (second.some(({ image }) => image !== undefined) ? 5 : 3);
  const count = lead === undefined ? 0 : 5 + (lead.image === undefined ? 0 : 5) + rows;
  return { beside: wire.slice(0, count), below: wire.slice(count) };
}
