import { mediaDescription, mediaOf, mediaTitle } from './media.ts';
import type { FeedEntry, Media } from './model.ts';
import { textElement, type XmlElement } from './xml.ts';

/**
 * The media of an item. RSS 2.0 has room for one `enclosure`: the first sound, film or file; the picture and all
 * further ones are Media RSS 1.5's `media:content`.
 */
export function toMediaElements(entry: FeedEntry): readonly XmlElement[] {
  const image = entry.kind === 'article' ? entry.image : undefined;
  const enclosure = mediaOf(entry).find((media) => media !== image);
  return mediaOf(entry).flatMap((media) => {
    if (media === enclosure) return [toEnclosure(media)];
    if (media !== image) return [toMediaContent(media)];
    return [toMediaContent(media), { name: 'media:thumbnail', attributes: { url: media.url } }];
  });
}

// `length` has to be there; zero is how RSS says that it is not known.
function toEnclosure({ url, length = 0, type }: Media): XmlElement {
  return { name: 'enclosure', attributes: { url, length, type } };
}

function toMediaContent(media: Media): XmlElement {
  const { url, type, length, duration, role } = media;
  const medium = role === 'file' ? 'document' : role;
  // Media RSS knows no size of zero.
  const attributes = { url, fileSize: length === 0 ? undefined : length, type, medium, duration };
  const content = [
    ...textElement('media:title', mediaTitle(media), { type: 'plain' }),
    ...textElement('media:description', mediaDescription(media), { type: 'plain' }),
    ...textElement('media:credit', media.credit),
  ];
  return { name: 'media:content', attributes, content };
}
