import type { PlainText } from '../lib/text.ts';
import type { FeedEntry } from './model.ts';

/** The HTML that an entry carries, if it carries any. */
export function contentHtmlOf(entry: FeedEntry): string | undefined {
  return entry.kind === 'article' ? entry.contentHtml : undefined;
}

/** What stands for the content where there is no HTML: the summary, else the title. Undefined where there is HTML. */
export function contentTextOf(entry: FeedEntry): PlainText | undefined {
  return contentHtmlOf(entry) === undefined ? (entry.summary ?? entry.title) : undefined;
}
