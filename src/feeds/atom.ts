import { Feed } from 'feed';
import type { AbsoluteUrl } from '../lib/url.ts';
import { toEntryElements, toEntryText } from './atom-entry.ts';
import { toFeedElements } from './atom-feed.ts';
import { checkAround, checkXml } from './check.ts';
import { contentHtmlOf } from './content-text.ts';
import { startsOf } from './document-start.ts';
import type { FeedEntry, FeedHead, Fragment, Prefix, Renderer } from './model.ts';
import { declare, prefixesOf } from './namespaces.ts';
import { insidesOf, replaceRoot, toFeedText, writeAttributes, writeCdata, writeElements } from './xml.ts';

/** Atom 1.0 (RFC 4287), with the link relations of RFC 5005 and WebSub. */
export const atom: Renderer = {
  contentType: 'application/atom+xml; charset=utf-8',
  renderEntry: (entry, scheme) => renderEntries([entry], scheme)[0]!,
  renderEntries,
  renderDocument,
};

const entryContent = '<content type="html"><![CDATA[-]]></content>';
const entryUpdated = '\n        <updated>';
const entryOpen = '\n    <entry>';
const entryClose = '\n    </entry>';
const close = '\n</feed>\n';

function renderEntries(entries: readonly FeedEntry[], scheme: AbsoluteUrl): readonly Fragment[] {
  const rests = renderRests(entries);
  return entries.map((entry, index) => toFragment(entry, rests[index]!, scheme));
}

function toFragment(entry: FeedEntry, rest: string, scheme: AbsoluteUrl): Fragment {
  const elements = toEntryElements(entry, scheme);
  const start = `<entry${writeAttributes({ 'xml:lang': entry.language })}>${writeElements(elements, 2)}`;
  const end = writeElements(toEntryText(entry), 2) + entryClose;
  const write = (content: string): string =>
    start + rest.replace(entryContent, () => `<content type="html">${writeCdata(content)}</content>`) + end;
  const root = replaceRoot('<feed >', 'feed', rootAttributes([]));
  const contentHtml = contentHtmlOf(entry);
  checkAround(
    contentHtml,
    (content) => root + write(content) + close,
    (content) => expectedEntry(entry, content),
  );
  return { text: write(contentHtml ?? ''), prefixes: [] };
}

const startOf = startsOf((head, prefixes) => {
  const elements = toFeedElements(head);
  const declared = rootAttributes([...prefixesOf(elements), ...prefixes], head.language);
  const feed = renderFeed(head);
  const start =
    replaceRoot(feed.slice(0, feed.lastIndexOf('\n</feed>')), 'feed', declared) + writeElements(elements, 1);
  checkXml(start + close, { 'feed/title': head.title, 'feed/id': head.id });
  return start;
});

function renderDocument(head: FeedHead, fragments: readonly Fragment[]): string {
  return startOf(head, fragments) + fragments.map(({ text }) => `\n    ${text}`).join('') + close;
}

/**
 * From `updated` on, with a hyphen for content: `feed` writes titles as HTML, rewrites ids and knows one kind of link, so
 * those are ours. No text in it holds a `<`, and no value, which are URLs all, a line end.
 */
function renderRests(entries: readonly FeedEntry[]): readonly string[] {
  const feed = new Feed({ id: 'urn:-', title: '-', updated: new Date(0), generator: false });
  for (const entry of entries) {
    feed.addItem({
      title: '-',
      id: 'urn:-',
      link: entry.url,
      date: new Date(entry.updated),
      published: new Date(entry.published),
      ...(contentHtmlOf(entry) ? { content: '-' } : {}),
      ...(entry.authors.length === 0 ? {} : { author: entry.authors.map(toAuthor) }),
    });
  }
  const insides = insidesOf(feed.atom1(), entryOpen, entryClose, entries.length);
  return insides.map((inside) => inside.slice(inside.indexOf(entryUpdated)));
}

function renderFeed(head: FeedHead): string {
  const feed = new Feed({
    id: toFeedText(head.id),
    title: toFeedText(head.title),
    updated: new Date(head.updated),
    generator: false,
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

function expectedEntry(entry: FeedEntry, content: string | undefined): Readonly<Record<string, string>> {
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
