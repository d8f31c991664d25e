import { Eta } from 'eta';
import { documentPath } from '../feeds/head.ts';
import { type Format, formats } from '../feeds/model.ts';
import { feedFolder, type Site, siteTitle, type Terms, urlOf } from '../feeds/site.ts';
import { linkOf, toFeedEntry } from '../feeds/view.ts';
import { type Instant, toIso } from '../lib/instant.ts';
import type { PlainText } from '../lib/text.ts';
import type { Entry, EntryText } from '../store/records.ts';

const eta = new Eta({ views: import.meta.dirname, cache: true, autoEscape: true });

const labels: Readonly<Record<Format, { readonly label: string; readonly type: string }>> = {
  rss: { label: 'RSS', type: 'application/rss+xml' },
  atom: { label: 'Atom', type: 'application/atom+xml' },
  json: { label: 'JSON Feed', type: 'application/feed+json' },
};

/** A feed as its page shows it. */
export type FeedPage = {
  readonly name: string;
  readonly title: PlainText;
  readonly description?: PlainText;
  readonly entries: readonly Entry[];
};

/** The page for people of one feed; the home page is that of `all` and lists the others. */
export function renderFeedPage(
  site: Site,
  feed: FeedPage,
  others: readonly { name: string; title: PlainText }[],
): string {
  return eta.render('./feed.eta', {
    ...common(site, feed.name, feed.title),
    description: feed.description,
    home: feed.name === 'all' ? undefined : home(site),
    entries: feed.entries.map((entry) => ({
      title: entry.title,
      href: linkOf(entry, site),
      ...dates(site, entry.published),
    })),
    feeds: others.map(({ name, title }) => ({ title, href: urlOf(site, feedFolder(name)) })),
  });
}

/** The page of one entry. */
export function renderEntryPage(site: Site, entry: Entry, text: EntryText | undefined, terms: Terms): string {
  const view = toFeedEntry(entry, text, site, terms, 'full');
  const html = view.kind === 'article' ? (view.contentHtml ?? '') : '';
  const image = view.kind === 'article' && !html.includes(view.image?.url ?? '') ? view.image : undefined;
  return eta.render('./entry.eta', {
    ...common(site, `${entry.kind}s`, `${entry.title} – ${siteTitle(site)}` as PlainText),
    canonical: entry.kind === 'article' ? view.url : urlOf(site, entry.path),
    language: entry.language ?? site.publication.language,
    heading: entry.title,
    home: home(site),
    authors: entry.authors.map(({ name }) => name).join(', '),
    direction: entry.direction,
    image: image === undefined ? undefined : { url: image.url, alt: image.alt ?? '', caption: image.caption },
    html,
    summary: view.kind === 'headline' ? view.summary : undefined,
    external: entry.link,
    tags: view.tags.map((tag) => ({ title: tag.label, href: urlOf(site, `/tags/${tag.slug}/`) })),
    ...dates(site, entry.published),
  });
}

/** A page that says only one thing: not found, gone. */
export function renderMessagePage(site: Site, title: string, message: string): string {
  return eta.render('./message.eta', { ...common(site, 'all', title as PlainText), message, home: home(site) });
}

function common(site: Site, feed: string, title: PlainText): Record<string, unknown> {
  return {
    title,
    language: site.publication.language,
    canonical: urlOf(site, feedFolder(feed)),
    alternates: formats.map((format) => ({ ...labels[format], title, href: urlOf(site, documentPath(feed, format)) })),
  };
}

function home(site: Site): { readonly title: PlainText; readonly href: string } {
  return { title: siteTitle(site), href: urlOf(site, '/') };
}

function dates(site: Site, at: Instant): { readonly datetime: string; readonly date: string } {
  const { language, timezone } = site.publication;
  const options = { dateStyle: 'long', timeStyle: 'short', timeZone: timezone } as const;
  return { datetime: toIso(at), date: new Intl.DateTimeFormat(language ?? 'en', options).format(at) };
}
