import { contentTextOf } from './content-text.ts';
import { toJsonAuthors } from './json-feed-head.ts';
import { mediaTitle } from './media.ts';
import type { FeedEntry, Media } from './model.ts';

/** What an item says besides what `feed` writes of it; what is undefined is not said. */
export function toItemMembers(entry: FeedEntry): Readonly<Record<string, unknown>> {
  const article = entry.kind === 'article' ? entry : undefined;
  return {
    content_text: contentTextOf(entry),
    external_url: entry.externalUrl,
    summary: entry.summary,
    authors: entry.authors.length === 0 ? undefined : toJsonAuthors(entry.authors),
    language: entry.language,
    attachments: article === undefined || article.media.length === 0 ? undefined : article.media.map(toAttachment),
    _license: entry.license,
    _image: toImageTexts(article?.image),
  };
}

function toAttachment(media: Media): Readonly<Record<string, unknown>> {
  return {
    url: media.url,
    mime_type: media.type,
    title: mediaTitle(media),
    size_in_bytes: media.length,
    duration_in_seconds: media.duration,
  };
}

// JSON Feed has no place for what is said of a picture.
function toImageTexts(image: Media | undefined): Readonly<Record<string, unknown>> | undefined {
  if (image === undefined) return undefined;
  const { alt, caption, credit } = image;
  return [alt, caption, credit].some((text) => text !== undefined) ? { alt, caption, credit } : undefined;
}
