import type { PlainText } from '../lib/text.ts';
import { documentPath } from './head.ts';
import { feedFolder, type Site, siteTitle, urlOf } from './site.ts';
import { writeDocument, type XmlElement } from './xml.ts';

/** OPML's media type. */
export const opmlType = 'text/x-opml; charset=utf-8';

/** Feeds as OPML 2.0: everything, articles and headlines first, then topics and authors, each in a folder of its own. */
export function renderOpml(site: Site, feeds: readonly { readonly name: string; readonly title: PlainText }[]): string {
  const of = (kind: string): readonly XmlElement[] =>
    feeds.filter(({ name }) => name.startsWith(kind)).map((feed) => toOutline(site, feed));
  const folder = (text: string, content: readonly XmlElement[]): readonly XmlElement[] =>
    content.length === 0 ? [] : [{ name: 'outline', attributes: { text, title: text }, content }];
  const main = feeds.filter(({ name }) => !name.includes('/')).map((feed) => toOutline(site, feed));
  const title = `${siteTitle(site)}: feeds`;
  const content = [
    {
      name: 'head',
      content: [
        { name: 'title', content: title },
        { name: 'ownerName', content: site.publication.authors[0]?.name ?? siteTitle(site) },
      ],
    },
    { name: 'body', content: [...main, ...folder('Topics', of('tags/')), ...folder('Authors', of('authors/'))] },
  ];
  return writeDocument({ name: 'opml', attributes: { version: '2.0' }, content });
}

/** One document of each feed: a reader that was given all three would subscribe three times. */
function toOutline(site: Site, { name, title }: { readonly name: string; readonly title: PlainText }): XmlElement {
  const { language, feeds, description } = site.publication;
  return {
    name: 'outline',
    attributes: {
      type: 'rss',
      version: 'RSS2',
      text: title,
      title,
      description: feeds[name]?.description ?? (name === 'all' ? description : undefined),
      language,
      xmlUrl: urlOf(site, documentPath(name, 'rss')),
      htmlUrl: urlOf(site, feedFolder(name)),
    },
  };
}
