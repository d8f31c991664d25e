/** Items of an export that the site's feed would not have, and the document without them. */
export type PublishedOnly = { readonly text: string; readonly leftOut: number };

const mark = /<wp:wxr_version>/;
const item = /<item>[\s\S]*?<\/item>/g;

/**
 * WordPress exports RSS with everything in it: drafts, private posts, pages, menus, files. Only what its feed shows stays:
 * posts that are published, or are to be at their date.
 */
export function publishedOnly(text: string): PublishedOnly {
  if (!mark.test(text)) return { text, leftOut: 0 };
  let leftOut = 0;
  const kept = text.replace(item, (one) => {
    const isShown = valueIn(one, 'post_type') === 'post' && ['publish', 'future'].includes(valueIn(one, 'status'));
    if (isShown) return one;
    leftOut += 1;
    return '';
  });
  return { text: kept, leftOut };
}

function valueIn(item: string, name: string): string {
  const [, cdata, plain] = new RegExp(`<wp:${name}>(?:<!\\[CDATA\\[(.*?)\\]\\]>|(.*?))</wp:${name}>`).exec(item) ?? [];
  return cdata ?? plain ?? '';
}
