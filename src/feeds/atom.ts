import { Feed } from 'feed';
import type { AbsoluteUrl } from '../lib/url.ts';
import { toEntryAttributes, toEntryElements, toEntryText } from './atom-entry.ts';
import { toFeedElements } from './atom-feed.ts';
import { checkXml } from './check.ts';
import { contentHtmlOf } from './content-text.ts';
import type { FeedEntry, FeedHead, Fragment, Prefix, Renderer } from './model.ts';
import { declare, prefixesOf } from './namespaces.ts';
import { replaceRoot, toFeedText, writeAttributes, writeElements } from './xml.ts';

/** Atom 1.0 (RFC 4287), with the link relations of RFC 5005 and WebSub. */
export const atom: Renderer = {
  contentType: 'application/atom+xml; charset=utf-8',
  renderEntry,
  renderDocument,
};

const entryUpdated = '\n        <updated>';
const entryClose = '\n    </entry>';
const close = '\n</feed>\n';

function renderEntry(entry: FeedEntry, scheme: AbsoluteUrl): Fragment {
  const elements = toEntryElements(entry, scheme);
  const start = `<entry${writeAttributes(toEntryAttributes(entry))}>${writeElements(elements, 2)}`;
  const text = start + renderRest(entry) + writeElements(toEntryText(entry), 2) + entryClose;
  checkXml(replaceRoot('<feed >', 'feed', rootAttributes([])) + text + close, expectedEntry(entry));
  return { text, prefixes: [] };
}

function renderDocument(head: FeedHead, fragments: readonly Fragment[]): string {
  const elements = toFeedElements(head);
  const prefixes = [...prefixesOf(elements), ...fragments.flatMap((fragment) => fragment.prefixes)];
  const feed = renderFeed(head);
  const start =
    replaceRoot(feed.slice(0, feed.lastIndexOf('\n</feed>')), 'feed', rootAttributes(prefixes, head.language)) +
    writeElements(elements, 1);
  checkXml(start + close, { 'feed/title': head.title, 'feed/id': head.id });
  return start + fragments.map(({ text }) => `\n    ${text}`).join('') + close;
}

/** From `updated` on: `feed` writes titles as HTML, rewrites ids and knows one kind of link, so those are ours. */
function renderRest(entry: FeedEntry): string {
  const feed = new Feed({ id: 'urn:-', title: '-', updated: new Date(entry.updated), generator: false });
  const contentHtml = contentHtmlOf(entry);
  feed.addItem({
    title: '-',
    id: 'urn:-',
    link: entry.url,
    date: new Date(entry.updated),
    published: new Date(entry.published),
    ...(contentHtml === undefined ? {} : { content: contentHtml }),
    ...(entry.authors.length === 0 ? {} : { author: entry.authors.map(toAuthor) }),
  });
  const xml = feed.atom1();
  // The feed has an `updated` of its own, less indented and before the entry's.
  return xml.slice(xml.indexOf(entryUpdated), xml.lastIndexOf(entryClose));
}

function renderFeed(head: FeedHead): string {
  const feed = new Feed({
    id: toFeedText(head.id),
    title: toFeedText(head.title),
    updated: new Date(head.updated),
    generator: false,
    link: head.page,
    feedLinks: { atom: head.self },
    ...(head.description === undefined ? {} : { description: toFeedText(head.description) }),
    ...(head.rights === undefined ? {} : { copyright: toFeedText(head.rights) }),
    ...(head.logo === undefined ? {} : { image: toFeedText(head.logo.url) }),
    ...(head.icon === undefined ? {} : { favicon: toFeedText(head.icon.url) }),
  });
  return feed.atom1();
}

function toAuthor({ name, email, uri }: FeedEntry['authors'][number]): { name: string; email?: string; link?: string } {
  return {
    name: toFeedText(name),
    ...(email === undefined ? {} : { email: toFeedText(email) }),
    ...(uri === undefined ? {} : { link: uri }),
  };
}

function expectedEntry(entry: FeedEntry): Readonly<Record<string, string>> {
  const content = contentHtmlOf(entry);
  return {
    'feed/entry/title': entry.title,
    'feed/entry/id': entry.atomId,
    ...(entry.summary === undefined ? {} : { 'feed/entry/summary': entry.summary }),
    ...(content === undefined ? {} : { 'feed/entry/content': content }),
  };
}

function rootAttributes(prefixes: readonly Prefix[], language?: string): Readonly<Record<string, string | undefined>> {
  return { xmlns: 'http://www.w3.org/2005/Atom', ...declare(prefixes), 'xml:lang': language };
}
