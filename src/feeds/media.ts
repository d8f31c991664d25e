import type { PlainText } from '../lib/text.ts';
import type { FeedEntry, Media } from './model.ts';

/**
 * What goes with an entry. The first sound, film or file stands before the entry's picture, since many programs play the
 * first enclosure; the picture before all others, since many show the first picture.
 */
export function mediaOf(entry: FeedEntry): readonly Media[] {
  if (entry.kind === 'headline') return [];
  const { image, media } = entry;
  if (image === undefined) return media;
  const [first, ...rest] = media;
  return first === undefined || first.type.startsWith('image/') ? [image, ...media] : [first, image, ...rest];
}

/** How a medium is called where a format has one text for it: what it shows, else what stands under it. */
export function mediaTitle(media: Media): PlainText | undefined {
  return media.alt ?? media.caption;
}

/** What stands under a medium, where that is not its title already. */
export function mediaDescription(media: Media): PlainText | undefined {
  return media.alt === undefined ? undefined : media.caption;
}
