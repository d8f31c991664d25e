import type { Html } from '../lib/html.ts';
import type { AbsoluteUrl } from '../lib/url.ts';

// Ingest strips U+0001 and U+0002 from all input, so that in stored HTML they can only be ours.
const mark = /( [a-z-]+=")?\u0001([^\u0002]*)\u0002(")?/g;

/**
 * Stands in stored HTML for a reference that is not an absolute URL yet (`#notes`, `photo.jpg`, `/about`): what it
 * leads to depends on the entry's own link and on the other files, so it is resolved when the entry is rendered.
 */
export function toMark(reference: string): string {
  return `\u0001${reference}\u0002`;
}

/** The references marked in `html`, each once, as written. */
export function markedReferences(html: Html): readonly string[] {
  return [...new Set(Array.from(html.matchAll(mark), (match) => unescapeAttribute(match[2]!)))];
}

/** `html` with each mark replaced by its URL. Where `resolve` gives none, the whole attribute is dropped. */
export function resolveMarks(html: Html, resolve: (reference: string) => AbsoluteUrl | undefined): Html {
  return html.replace(mark, (_, open: string | undefined, reference: string, close: string | undefined) => {
    const url = resolve(unescapeAttribute(reference));
    if (url === undefined) return open !== undefined && close !== undefined ? '' : (open ?? '') + (close ?? '');
    return `${open ?? ''}${url.replaceAll('&', '&amp;')}${close ?? ''}`;
  }) as Html;
}

function unescapeAttribute(text: string): string {
  return text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
