import { Feed } from 'feed';
import { checkXml } from './check.ts';
import { contentHtmlOf } from './content-text.ts';
import type { FeedEntry, FeedHead, Fragment, Prefix, Renderer } from './model.ts';
import { declare, prefixesOf } from './namespaces.ts';
import { generator } from './product.ts';
import { toChannelElements, toImageUrl } from './rss-channel.ts';
import { toItemElements } from './rss-item.ts';
import { escapeProfile, escapeText, replaceRoot, toFeedText, writeElements } from './xml.ts';

/** RSS 2.0, held to the RSS Profile and the modules that FORMATS names. */
export const rss: Renderer = {
  contentType: 'application/rss+xml; charset=utf-8',
  renderEntry,
  renderDocument,
};

// `feed` cannot write a title in the form of the RSS Profile: it writes these, and ours take their place.
const itemTitle = '<title><![CDATA[-]]></title>';
const channelTitle = '<title>-</title>';
const itemClose = '\n        </item>';
const channelClose = '\n    </channel>';
const close = `${channelClose}\n</rss>\n`;

function renderEntry(entry: FeedEntry): Fragment {
  const elements = toItemElements(entry);
  const hasContent = contentHtmlOf(entry) !== undefined;
  const prefixes: readonly Prefix[] = [...prefixesOf(elements), ...(hasContent ? (['content'] as const) : [])];
  const item = renderItem(entry).replace(itemTitle, () => toTitle(entry.title));
  const text = item.slice(0, item.lastIndexOf(itemClose)) + writeElements(elements, 3) + itemClose;
  const root = replaceRoot('<rss >', 'rss', rootAttributes(prefixes));
  checkXml(`${root}<channel>${text}${close}`, expectedItem(entry));
  return { text, prefixes };
}

function renderDocument(head: FeedHead, fragments: readonly Fragment[]): string {
  const elements = toChannelElements(head);
  const prefixes = ['atom' as const, ...prefixesOf(elements), ...fragments.flatMap((fragment) => fragment.prefixes)];
  const channel = renderChannel(head).replaceAll(channelTitle, () => toTitle(head.title));
  const start =
    replaceRoot(channel.slice(0, channel.lastIndexOf(channelClose)), 'rss', rootAttributes(prefixes)) +
    writeElements(elements, 2);
  checkXml(start + close, { 'rss/channel/title': head.title });
  return start + fragments.map(({ text }) => `\n        ${text}`).join('') + close;
}

/** From `<item>` to the last `</item>`: content may speak of items too. */
function renderItem(entry: FeedEntry): string {
  const feed = new Feed({ title: '-', updated: new Date(entry.updated), generator: false });
  const contentHtml = contentHtmlOf(entry);
  const description = descriptionOf(entry);
  feed.addItem({
    title: '-',
    link: entry.url,
    guid: toFeedText(entry.id),
    date: new Date(entry.updated),
    published: new Date(entry.published),
    ...(description === undefined ? {} : { description }),
    ...(contentHtml === undefined ? {} : { content: contentHtml }),
    ...(entry.tags.length === 0 ? {} : { category: entry.tags.map(({ label }) => ({ name: toFeedText(label) })) }),
  });
  const xml = feed.rss2();
  return xml.slice(xml.indexOf('<item>'), xml.lastIndexOf('</item>') + '</item>'.length);
}

/** The summary as HTML. Content must not stand without a description (RSS Profile): a picture has its title for one. */
function descriptionOf(entry: FeedEntry): string | undefined {
  const text = entry.summary ?? (contentHtmlOf(entry) === undefined ? undefined : entry.title);
  return text === undefined ? undefined : escapeText(text);
}

function renderChannel(head: FeedHead): string {
  const image = toImageUrl(head);
  const feed = new Feed({
    title: '-',
    link: head.page,
    description: toFeedText(head.description ?? head.title),
    updated: new Date(head.updated),
    docs: 'https://www.rssboard.org/rss-specification',
    generator: generator.name,
    ttl: head.ttl,
    feedLinks: { rss: head.self },
    ...(head.language === undefined ? {} : { language: head.language }),
    ...(head.rights === undefined ? {} : { copyright: toFeedText(head.rights) }),
    ...(image === undefined ? {} : { image: toFeedText(image) }),
  });
  for (const tag of head.tags) feed.addCategory(toFeedText(tag));
  return feed.rss2();
}

function expectedItem(entry: FeedEntry): Readonly<Record<string, string>> {
  const item = 'rss/channel/item';
  const contentHtml = contentHtmlOf(entry);
  const description = descriptionOf(entry);
  return {
    [`${item}/title`]: entry.title,
    [`${item}/guid`]: entry.id,
    ...(description === undefined ? {} : { [`${item}/description`]: description }),
    ...(contentHtml === undefined ? {} : { [`${item}/content:encoded`]: contentHtml }),
  };
}

function toTitle(title: string): string {
  return `<title>${escapeProfile(title)}</title>`;
}

function rootAttributes(prefixes: readonly Prefix[]): Readonly<Record<string, string>> {
  return { version: '2.0', ...declare(prefixes) };
}
