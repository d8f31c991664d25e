import { Feed } from 'feed';
import { checkAround, checkXml } from './check.ts';
import { contentHtmlOf } from './content-text.ts';
import { startsOf } from './document-start.ts';
import type { FeedEntry, FeedHead, Fragment, Prefix, Renderer } from './model.ts';
import { declare, prefixesOf } from './namespaces.ts';
import { generator } from './product.ts';
import { toChannelElements, toImageUrl } from './rss-channel.ts';
import { toItemElements } from './rss-item.ts';
import { escapeProfile, escapeText, insidesOf, replaceRoot, toFeedText, writeCdata, writeElements } from './xml.ts';

/** RSS 2.0, held to the RSS Profile, with the modules that readers know. */
export const rss: Renderer = {
  contentType: 'application/rss+xml; charset=utf-8',
  renderEntry: (entry) => renderEntries([entry])[0]!,
  renderEntries,
  renderDocument,
};

// `feed` cannot write a title in the form of the RSS Profile: it writes these, and ours take their place.
const itemTitle = '<title><![CDATA[-]]></title>';
const itemContent = '<content:encoded><![CDATA[-]]></content:encoded>';
const channelTitle = '<title>-</title>';
const itemOpen = '\n        <item>';
const itemClose = '\n        </item>';
const channelClose = '\n    </channel>';
const close = `${channelClose}\n</rss>\n`;

function renderEntries(entries: readonly FeedEntry[]): readonly Fragment[] {
  const items = renderItems(entries);
  return entries.map((entry, index) => toFragment(entry, items[index]!));
}

function toFragment(entry: FeedEntry, item: string): Fragment {
  const elements = toItemElements(entry);
  const contentHtml = contentHtmlOf(entry);
  const prefixes: readonly Prefix[] = [
    ...prefixesOf(elements),
    ...(contentHtml === undefined ? [] : (['content'] as const)),
  ];
  const titled = item.replace(itemTitle, () => toTitle(entry.title));
  const outline = `<item>${titled}${writeElements(elements, 3)}${itemClose}`;
  const write = (content: string): string =>
    outline.replace(itemContent, () => `<content:encoded>${writeCdata(content)}</content:encoded>`);
  const root = replaceRoot('<rss >', 'rss', rootAttributes(prefixes));
  checkAround(
    contentHtml,
    (content) => `${root}<channel>${write(content)}${close}`,
    (content) => expectedItem(entry, content),
  );
  return { text: write(contentHtml ?? ''), prefixes };
}

const startOf = startsOf((head, prefixes) => {
  const elements = toChannelElements(head);
  const declared = rootAttributes(['atom', ...prefixesOf(elements), ...prefixes]);
  const channel = renderChannel(head).replaceAll(channelTitle, () => toTitle(head.title));
  const start =
    replaceRoot(channel.slice(0, channel.lastIndexOf(channelClose)), 'rss', declared) + writeElements(elements, 2);
  checkXml(start + close, { 'rss/channel/title': head.title });
  return start;
});

function renderDocument(head: FeedHead, fragments: readonly Fragment[]): string {
  return startOf(head, fragments) + fragments.map(({ text }) => `\n        ${text}`).join('') + close;
}

/** What stands in the items, with a hyphen for content: no text in it holds a `<`, and no value is of the entry's. */
function renderItems(entries: readonly FeedEntry[]): readonly string[] {
  const feed = new Feed({ title: '-', updated: new Date(0), generator: false });
  for (const entry of entries) {
    const description = descriptionOf(entry);
    feed.addItem({
      title: '-',
      link: entry.url,
      guid: toFeedText(entry.id),
      date: new Date(entry.updated),
      published: new Date(entry.published),
      ...(description === undefined ? {} : { description }),
      ...(contentHtmlOf(entry) ? { content: '-' } : {}),
      ...(entry.tags.length === 0 ? {} : { category: entry.tags.map(({ label }) => ({ name: toFeedText(label) })) }),
    });
  }
  return insidesOf(withProfileText(feed.rss2()), itemOpen, itemClose, entries.length);
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
  return withProfileText(feed.rss2());
}

/** `feed` writes references by name, the RSS Profile wants them in hexadecimal in all plain text. No text holds a `<`. */
function withProfileText(xml: string): string {
  return xml.replace(/<(?:category|copyright)>[^<]*/g, (element) =>
    element.replaceAll('&amp;', '&#x26;').replaceAll('&lt;', '&#x3C;'),
  );
}

function expectedItem(entry: FeedEntry, content: string | undefined): Readonly<Record<string, string>> {
  const item = 'rss/channel/item';
  const description = descriptionOf(entry);
  return {
    [`${item}/title`]: entry.title,
    [`${item}/guid`]: entry.id,
    ...(description === undefined ? {} : { [`${item}/description`]: description }),
    ...(content === undefined ? {} : { [`${item}/content:encoded`]: content }),
  };
}

function toTitle(title: string): string {
  return `<title>${escapeProfile(title)}</title>`;
}

function rootAttributes(prefixes: readonly Prefix[]): Readonly<Record<string, string>> {
  return { version: '2.0', ...declare(prefixes) };
}
