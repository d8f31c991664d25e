import { Feed } from 'feed';
import { checkJson } from './check.ts';
import { contentHtmlOf } from './content-text.ts';
import { startsOf } from './document-start.ts';
import { toFeedMembers } from './json-feed-head.ts';
import { toItemMembers } from './json-feed-item.ts';
import type { FeedEntry, FeedHead, Fragment, Renderer } from './model.ts';

/** JSON Feed 1.1. */
export const jsonFeed: Renderer = {
  contentType: 'application/feed+json; charset=utf-8',
  renderEntry,
  renderEntries: (entries) => entries.map(renderEntry),
  renderDocument,
};

const itemsOpen = '"items": [';
const close = ']\n}\n';

function renderEntry(entry: FeedEntry): Fragment {
  const text = renderItem(entry);
  checkJson(text, { id: entry.id, title: entry.title });
  return { text, prefixes: [] };
}

const startOf = startsOf((head) => {
  const feed = renderFeed(head);
  const start = feed.slice(0, feed.lastIndexOf(itemsOpen) + itemsOpen.length);
  checkJson(start + close, { title: head.title, feed_url: head.self });
  return start;
});

function renderDocument(head: FeedHead, fragments: readonly Fragment[]): string {
  const start = startOf(head, fragments);
  if (fragments.length === 0) return start + close;
  return `${start}${fragments.map(({ text }) => `\n        ${text}`).join(',')}\n    ${close}`;
}

/** From the item's brace to the last one before the list ends. */
function renderItem(entry: FeedEntry): string {
  const feed = new Feed({ title: '-' });
  const contentHtml = contentHtmlOf(entry);
  feed.addItem({
    id: entry.id,
    link: entry.url,
    title: entry.title,
    date: new Date(entry.updated),
    published: new Date(entry.published),
    ...(contentHtml === undefined ? {} : { content: contentHtml }),
    ...(entry.kind === 'article' && entry.image !== undefined ? { image: entry.image.url } : {}),
    ...(entry.tags.length === 0 ? {} : { category: entry.tags.map(({ label }) => ({ name: label })) }),
    extensions: toExtensions(toItemMembers(entry)),
  });
  const json = feed.json1();
  return json.slice(json.indexOf('{', 1), json.lastIndexOf('\n    ]'));
}

function renderFeed(head: FeedHead): string {
  const feed = new Feed({
    title: head.title,
    link: head.page,
    feedLinks: { json: head.self },
    ...(head.description === undefined ? {} : { description: head.description }),
    ...(head.logo === undefined ? {} : { image: head.logo.url }),
  });
  for (const extension of toExtensions(toFeedMembers(head))) feed.addExtension(extension);
  return feed.json1();
}

// An extension sets a member of any kind, though its type speaks of objects only.
function toExtensions(
  members: Readonly<Record<string, unknown>>,
): { name: string; objects: Record<string, unknown> }[] {
  return Object.entries(members)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ({ name, objects: value as Record<string, unknown> }));
}
