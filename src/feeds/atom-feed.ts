import type { Person } from '../source/draft.ts';
import type { FeedHead } from './model.ts';
import { generator } from './product.ts';
import { textElement, type XmlElement } from './xml.ts';

/** What a feed says besides what the npm package `feed` writes of it. */
export function toFeedElements(head: FeedHead): readonly XmlElement[] {
  return [
    // Programs that look for a page take none whose type is not said.
    { name: 'link', attributes: { rel: 'alternate', type: 'text/html', href: head.page } },
    { name: 'link', attributes: { rel: 'self', type: 'application/atom+xml', href: head.self } },
    { name: 'generator', attributes: { uri: generator.uri }, content: generator.name },
    ...head.authors.map(toAuthor),
    ...head.hubs.map((href) => toLink('hub', href)),
    ...head.links.map(({ rel, href }) => toLink(rel, href)),
    ...(head.license === undefined ? [] : [toLink('license', head.license)]),
    ...(head.archive ? [{ name: 'fh:archive' }] : []),
  ];
}

function toLink(rel: string, href: string): XmlElement {
  return { name: 'link', attributes: { rel, href } };
}

function toAuthor({ name, email, uri }: Person): XmlElement {
  const content = [...textElement('name', name), ...textElement('email', email), ...textElement('uri', uri)];
  return { name: 'author', content };
}
