declare const html: unique symbol;

/**
 * An HTML fragment that is safe to publish: balanced, only allowed elements and attributes, `>` always written as
 * `&gt;`, and every URL absolute or marked (see content/marks.ts).
 */
export type Html = string & { readonly [html]: true };

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text as HTML: the five characters that could be read as markup are escaped. */
export function escapeHtml(text: string): Html {
  return text.replace(/[&<>"']/g, (character) => entities[character]!) as Html;
}
