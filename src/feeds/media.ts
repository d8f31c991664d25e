import type { PlainText } from '../lib/text.ts';
import type { FeedEntry, Media } from './model.ts';

/** An entry's picture, if it has one, and then its sounds, films and files. */
export function mediaOf(entry: FeedEntry): readonly Media[] {
  if (entry.kind === 'headline') return [];
  return entry.image === undefined ? entry.media : [entry.image, ...entry.media];
}

/** How a medium is called where a format has one text for it: what it shows, else what stands under it. */
export function mediaTitle(media: Media): PlainText | undefined {
  return media.alt ?? media.caption;
}

/** What stands under a medium, where that is not its title already. */
export function mediaDescription(media: Media): PlainText | undefined {
  return media.alt === undefined ? undefined : media.caption;
}
