import { toRfc822 } from '../lib/instant.ts';
import type { AbsoluteUrl } from '../lib/url.ts';
import type { Person } from '../source/draft.ts';
import type { FeedHead } from './model.ts';
import { toMailAuthor } from './rss-author.ts';
import { textElement, type XmlElement } from './xml.ts';

/** What a channel says besides what `feed` writes of it. */
export function toChannelElements(head: FeedHead): readonly XmlElement[] {
  return [
    ...(head.published === undefined ? [] : [{ name: 'pubDate', content: toRfc822(head.published) }]),
    ...toEditors(head.authors),
    ...head.hubs.map((href) => ({ name: 'atom:link', attributes: { rel: 'hub', href } })),
    ...head.links.map(({ rel, href }) => ({ name: 'atom:link', attributes: { rel, href } })),
    { name: 'sy:updatePeriod', content: 'hourly' },
    { name: 'sy:updateFrequency', content: String(Math.max(1, Math.round(60 / head.ttl))) },
    ...textElement('creativeCommons:license', head.license),
    ...(head.archive ? [{ name: 'fh:archive' }] : []),
    ...toWebfeeds(head),
  ];
}

/** The channel's picture: RSS 2.0 allows PNG, JPEG and GIF only. */
export function toImageUrl({ logo }: FeedHead): AbsoluteUrl | undefined {
  return logo !== undefined && /^image\/(?:png|jpeg|gif)$/i.test(logo.type) ? logo.url : undefined;
}

// An editor without an e-mail has no element of RSS 2.0, and both beside each other say the same twice.
function toEditors(authors: readonly Person[]): readonly XmlElement[] {
  const editor = toMailAuthor(authors);
  if (editor !== undefined) return [{ name: 'managingEditor', content: editor }];
  return authors.map(({ name }) => ({ name: 'dc:creator', content: name }));
}

function toWebfeeds({ webfeeds, icon, logo }: FeedHead): readonly XmlElement[] {
  if (webfeeds === undefined) return [];
  return [
    ...textElement('webfeeds:icon', icon?.url),
    ...textElement('webfeeds:logo', logo?.url),
    ...textElement('webfeeds:accentColor', webfeeds.accentColor),
    ...(webfeeds.cover === undefined ? [] : [{ name: 'webfeeds:cover', attributes: { image: webfeeds.cover } }]),
  ];
}
