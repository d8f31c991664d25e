import { randomUUID } from 'node:crypto';
import { documentPath, hubsOf } from '../feeds/head.ts';
import { formats } from '../feeds/model.ts';
import { feedFolder, type Site, urlOf } from '../feeds/site.ts';
import type { Instant } from '../lib/instant.ts';
import type { AbsoluteUrl } from '../lib/url.ts';
import type { Ledger } from '../store/ledger.ts';
import type { Notice } from '../store/notice.ts';

/** A feed of which an edition says something new. */
type FeedNews = { readonly name: string; readonly topics: readonly AbsoluteUrl[]; readonly page: AbsoluteUrl };

/** What an edition brings. */
export type News = {
  /** Feeds whose entries or head changed. */
  readonly feeds: readonly FeedNews[];
  /** Pages of the entries that changed. */
  readonly pages: readonly AbsoluteUrl[];
};

/** A CDN goes on sending what it has for about this long. */
const cdnSeconds = 120;

/**
 * What has to be said of an edition: to each hub, each document of the announced feeds that changed (WebSub §7); to
 * the hook, all of it in one JSON document.
 */
export function toNotices(site: Pick<Site, 'publication'>, news: News, now: Instant): readonly Notice[] {
  if (news.feeds.length === 0) return [];
  const { push, cdn, hooks } = site.publication;
  const delay = push?.delay ?? (cdn === true ? cdnSeconds : 0);
  const times = { created: now, due: now + delay * 1000 };
  const pings = news.feeds.flatMap(({ name, topics }) =>
    hubsOf(site, name).flatMap((target) =>
      topics.map((topic): Notice => ({ kind: 'websub', target, topic, body: toPing(topic), ...times })),
    ),
  );
  return hooks === undefined ? pings : [...pings, toHook(hooks.published, news, now)];
}

/** All whom a publication tells of anything: its hubs and its hook. */
export function targetsOf({ publication: { hubs, hooks } }: Pick<Site, 'publication'>): readonly AbsoluteUrl[] {
  return hooks === undefined ? hubs : [...hubs, hooks.published];
}

/** WebSub leaves the publish request to hub and publisher; what all hubs take is this form, with both names of the URL. */
function toPing(topic: string): string {
  return new URLSearchParams({ 'hub.mode': 'publish', 'hub.url': topic, 'hub.topic': topic }).toString();
}

function toHook(target: AbsoluteUrl, news: News, now: Instant): Notice {
  const topic = randomUUID();
  const documents = news.feeds.flatMap((feed) => feed.topics);
  const body = JSON.stringify({
    id: topic,
    published: new Date(now).toISOString(),
    feeds: news.feeds.map(({ name }) => name),
    pages: news.pages,
    purge: [...documents, ...news.feeds.map(({ page }) => page), ...news.pages],
  });
  return { kind: 'hook', target, topic, body, created: now, due: now };
}

/** What an edition brings that subscribers want to hear of. */
export function newsOf(ledger: Ledger, site: Site, names: readonly string[]): News {
  return {
    feeds: names.map((name) => ({
      name,
      topics: formats.map((format) => urlOf(site, documentPath(name, format))),
      page: urlOf(site, feedFolder(name)),
    })),
    // A page of an entry that is still to come is nobody's business.
    pages: [...ledger.changedEntries()]
      .filter(({ status }) => status !== 'scheduled')
      .map(({ path }) => urlOf(site, path)),
  };
}
