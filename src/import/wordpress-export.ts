/** A document without the items of an export that the site's feed would not have; of no export if they are not counted. */
export type PublishedOnly = { readonly text: string; readonly leftOut?: number };

// Of WordPress's own kinds the only one that feeds have is `post`; plugins add kinds, as for episodes.
const noPost =
  /^(?:page|attachment|revision|nav_menu_item|custom_css|customize_changeset|oembed_cache|user_request|wp_\w+)$/;

/**
 * WordPress exports RSS with everything in it: drafts, private posts, pages, menus, files. Only what a feed may show
 * stays: posts without a password that are published, or are to be at their date.
 */
export function publishedOnly(text: string): PublishedOnly {
  if (!text.includes('<wp:wxr_version>')) return { text };
  const markup = withoutSections(text);
  if (!markup.includes('<wp:wxr_version>')) return { text };
  const kept: string[] = [];
  let leftOut = 0;
  let at = 0;
  for (const [start, end] of spansOf(markup, '<item>', '</item>')) {
    const [item, itemMarkup] = [text.slice(start, end), markup.slice(start, end)];
    const isLeftOut = !isShown(item, itemMarkup);
    kept.push(text.slice(at, start), isLeftOut ? '' : withExcerpt(item, itemMarkup));
    at = end;
    if (isLeftOut) leftOut += 1;
  }
  return { text: kept.join('') + text.slice(at), leftOut };
}

function isShown(item: string, markup: string): boolean {
  const valueIn = (name: string): string => {
    const [open, close] = [`<wp:${name}>`, `</wp:${name}>`];
    const [start, end] = spansOf(markup, open, close).next().value ?? [];
    if (start === undefined || end === undefined) return '';
    const value = item.slice(start + open.length, end - close.length).trim();
    return value.startsWith('<![CDATA[') ? value.slice('<![CDATA['.length, -']]>'.length).trim() : value;
  };
  const isPublished = ['publish', 'future'].includes(valueIn('status'));
  return isPublished && !noPost.test(valueIn('post_type')) && valueIn('post_password') === '';
}

/** An item with its excerpt as the description, as in the feed; an export leaves that one empty. */
function withExcerpt(item: string, markup: string): string {
  const empty = '<description></description>';
  const at = markup.indexOf(empty);
  const [start, end] = spansOf(markup, '<excerpt:encoded>', '</excerpt:encoded>').next().value ?? [];
  if (at === -1 || start === undefined || end === undefined || start < at) return item;
  const excerpt = item.slice(start + '<excerpt:encoded>'.length, end - '</excerpt:encoded>'.length);
  return `${item.slice(0, at)}<description>${excerpt}</description>${item.slice(at + empty.length)}`;
}

/** The same text, as long, with blanks for its CDATA sections. */
function withoutSections(text: string): string {
  const parts: string[] = [];
  let at = 0;
  for (const [start, end] of spansOf(text, '<![CDATA[', ']]>')) {
    parts.push(text.slice(at, start), ' '.repeat(end - start));
    at = end;
  }
  return parts.join('') + text.slice(at);
}

/** From where each opening begins to where what closes it ends. */
export function* spansOf(
  text: string,
  open: string,
  close: string,
): Generator<readonly [start: number, end: number], undefined> {
  for (let start = text.indexOf(open); start !== -1; ) {
    const last = text.indexOf(close, start + open.length);
    if (last === -1) return;
    const end = last + close.length;
    yield [start, end];
    start = text.indexOf(open, end);
  }
}
