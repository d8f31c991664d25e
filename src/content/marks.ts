import type { Html } from '../lib/html.ts';
import type { AbsoluteUrl } from '../lib/url.ts';

// Ingest strips U+0001 and U+0002 from all input, so that in stored HTML they can only be ours.
const mark = /( [a-z-]+=")?\u0001([^\u0002]*)\u0002(")?/g;
const candidates = / srcset="([^"]*)"/g;

/** Gives the URL of a reference as written; none when it leads nowhere that may be published. */
type Resolve = (reference: string) => AbsoluteUrl | undefined;

/**
 * Stands in stored HTML for a reference that is not an absolute URL yet (`#notes`, `photo.jpg`, `/about`): what it
 * leads to depends on the entry's own link and on the other files, so it is resolved when the entry is rendered.
 */
export function toMark(reference: string): string {
  return `\u0001${reference}\u0002`;
}

/** The references marked in `html`, each once, as written. */
export function markedReferences(html: Html): readonly string[] {
  if (!html.includes('\u0001')) return [];
  return [...new Set(Array.from(html.matchAll(mark), (match) => unescapeAttribute(match[2]!)))];
}

/**
 * `html` with each mark replaced by its URL. Where `resolve` gives none, the whole attribute is dropped, of a `srcset`
 * the one candidate, and an image that has nothing left to show altogether.
 */
export function resolveMarks(html: Html, resolve: Resolve): Html {
  if (!html.includes('\u0001')) return html;
  const resolved = html
    .replace(candidates, (attribute, value: string) => (value.includes('\u0001') ? toSet(value, resolve) : attribute))
    .replace(mark, (_, open: string | undefined, reference: string, close: string | undefined) => {
      const url = resolve(unescapeAttribute(reference));
      if (url === undefined) return open !== undefined && close !== undefined ? '' : (open ?? '') + (close ?? '');
      return `${open ?? ''}${escapeUrl(url)}${close ?? ''}`;
    });
  // In our HTML no attribute holds `>` or a quotation mark.
  return resolved.replace(/<img(?![^>]* src=")[^>]*>/g, '') as Html;
}

function toSet(value: string, resolve: Resolve): string {
  const kept = value.split(', ').flatMap((candidate) => {
    const [, reference, size = ''] = /^\u0001([^\u0002]*)\u0002(.*)$/s.exec(candidate) ?? [];
    if (reference === undefined) return [candidate];
    const url = resolve(unescapeAttribute(reference));
    return url === undefined ? [] : [escapeUrl(url) + size];
  });
  return kept.length === 0 ? '' : ` srcset="${kept.join(', ')}"`;
}

function escapeUrl(url: AbsoluteUrl): string {
  return url.replaceAll('&', '&amp;');
}

function unescapeAttribute(text: string): string {
  return text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
