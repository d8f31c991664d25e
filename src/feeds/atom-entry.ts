import type { AbsoluteUrl } from '../lib/url.ts';
import { contentTextOf } from './content-text.ts';
import { mediaOf, mediaTitle } from './media.ts';
import type { FeedEntry, Media } from './model.ts';
import { textElement, type XmlElement } from './xml.ts';

/** What an entry says before what `feed` writes of it. `scheme` is that of the categories. */
export function toEntryElements(entry: FeedEntry, scheme: AbsoluteUrl): readonly XmlElement[] {
  const { title, atomId, url, externalUrl, license, tags, summary } = entry;
  return [
    { name: 'title', attributes: { type: 'text' }, content: title },
    { name: 'id', content: atomId },
    { name: 'link', attributes: { rel: 'alternate', type: 'text/html', href: url } },
    ...(externalUrl === undefined ? [] : [{ name: 'link', attributes: { rel: 'related', href: externalUrl } }]),
    ...(license === undefined ? [] : [{ name: 'link', attributes: { rel: 'license', href: license } }]),
    ...mediaOf(entry).map(toEnclosure),
    // Most programs show the term and look at nothing else: it is what the other formats say.
    ...tags.map(({ label }) => ({ name: 'category', attributes: { term: label, scheme, label } })),
    ...textElement('summary', summary, { type: 'text' }),
  ];
}

/** The content of an entry that carries no HTML. A summary alone does for an article, a headline has content always. */
export function toEntryText(entry: FeedEntry): readonly XmlElement[] {
  const content = entry.kind === 'headline' || entry.summary === undefined ? contentTextOf(entry) : undefined;
  return textElement('content', content, { type: 'text' });
}

function toEnclosure(media: Media): XmlElement {
  const { url, type, length = 0 } = media;
  return { name: 'link', attributes: { rel: 'enclosure', type, length, href: url, title: mediaTitle(media) } };
}
