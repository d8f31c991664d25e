/**
 * An article's HTML for a page: what is wider than the column scrolls by itself, and can be reached by keyboard; pictures
 * but the first wait until they come near.
 */
export function toPageHtml(html: string): string {
  let pictures = 0;
  // Text never holds these: content writes `<` of text as a reference.
  return html
    .replaceAll(/<img (?![^<]* loading=)/g, (start) => {
      pictures += 1;
      return pictures === 1 ? start : `${start}loading="lazy" `;
    })
    .replaceAll(/<table[ >]/g, (start) => `<div class="wide" tabindex="0" role="group" aria-label="Table">${start}`)
    .replaceAll('</table>', '</table></div>')
    .replaceAll(/<pre(?=[ >])/g, '<pre tabindex="0"');
}

// A host may also hold signs that mean something in a policy (CSP3 §2.3.1): `;`, `,`, `'` and `*`. None has such a name.
const namedOrigin = /^https?:\/\/(?:[\w.-]+|\[[\da-f:]+\])(?::\d+)?$/;

/** The origins of the pictures, sounds and films that an article's HTML loads. */
export function mediaOrigins(html: string, urls: readonly string[]): readonly string[] {
  const origins = new Set<string>();
  const add = (text: string): void => {
    const url = URL.parse(text);
    if (url !== null && namedOrigin.test(url.origin)) origins.add(url.origin);
  };
  for (const [, name, value] of html.matchAll(/ (src|srcset|poster)="([^"]*)"/g)) {
    for (const part of name === 'srcset' ? value!.split(/\s+/) : [value!]) add(part.replaceAll('&amp;', '&'));
  }
  for (const url of urls) add(url);
  // A header must stay small: beyond this many, any site will do.
  return origins.size > 20 ? ['https:', 'http:'] : [...origins].toSorted();
}
