import { firstFree, slugify } from '../lib/slug.ts';
import { basePath } from '../lib/url.ts';
import type { ArticleDraft } from '../source/draft.ts';
import type { Ledger } from './ledger.ts';

/** Names under a feed's folder that answer something else than an entry. */
const reservedNames: ReadonlySet<string> = new Set(
  `archive feed rss atom rss.xml atom.xml feed.xml feed.rss feed.atom feed.json index.xml index.rss index.html`.split(
    ' ',
  ),
);

/** First segments of a path that are the publication's own. */
export const reservedRoots: ReadonlySet<string> = new Set([
  ...reservedNames,
  ...`articles headlines tags authors media embed about feeds.opml embed.js robots.txt sitemap.xml news-sitemap.xml favicon.ico 404.html 410.html`.split(
    ' ',
  ),
  ...`livez readyz metrics - .well-known`.split(' '),
  // Files of the static export.
  ...`_headers _redirects nginx.conf`.split(' '),
]);

/** The page's path for a wish and the wish itself when it could not be met. */
export type PathChoice = { readonly path: string; readonly refused?: string };

/**
 * Where an entry's page goes: to the file's own `permalink` or `slug`; else where it is (`path`); else by the file's
 * name, the title, or the first eight characters of the id. Taken and reserved paths give way to `-2`, `-3`.
 */
export function choosePath(
  ledger: Ledger,
  entry: {
    readonly id: string;
    readonly kind: 'article' | 'headline';
    readonly title: string;
    readonly path?: string | undefined;
  },
  draft: Pick<ArticleDraft, 'slug' | 'permalink'> | undefined,
  publicUrl: string,
): PathChoice {
  const isTaken = (path: string): boolean => {
    const holder = ledger.byPath(path);
    return isReserved(path) || (holder !== undefined && holder.id !== entry.id);
  };
  const wish = explicitPath(draft, publicUrl);
  if (wish !== undefined && (wish === entry.path || !isTaken(wish))) return { path: wish };
  const refused = wish === undefined ? {} : { refused: wish };
  if (entry.path !== undefined) return { path: entry.path, ...refused };
  const folder = `/${entry.kind}s/`;
  const name = slugify(draft?.slug?.text ?? '') || slugify(entry.title) || shortId(entry.id);
  return { path: firstFree(folder + name, isTaken), ...refused };
}

/** The path that front matter asks for by name, if it is one of this site. */
function explicitPath(
  draft: Pick<ArticleDraft, 'slug' | 'permalink'> | undefined,
  publicUrl: string,
): string | undefined {
  if (draft?.permalink !== undefined) {
    const path = toOwnPath(draft.permalink, publicUrl);
    if (path !== undefined) return path;
  }
  if (draft?.slug?.explicit !== true) return undefined;
  const slug = slugify(draft.slug.text);
  return slug === '' ? undefined : `/articles/${slug}`;
}

/** A permalink's decoded path below PUBLIC_URL without a slash at its end; undefined when it is another site's. */
function toOwnPath(permalink: string, publicUrl: string): string | undefined {
  const base = new URL(publicUrl);
  const prefix = basePath(publicUrl);
  const absolute = /^[a-z][a-z0-9+.-]*:/i.test(permalink);
  const url = URL.parse(absolute ? permalink : `/${permalink.replace(/^\/+/, '')}`, base);
  if (url === null || url.origin !== base.origin) return undefined;
  if (absolute && !`${url.pathname}/`.startsWith(`${prefix}/`)) return undefined;
  const path = decodePath(absolute ? url.pathname.slice(prefix.length) : url.pathname);
  // A server asked for an empty segment answers without it.
  const name = path?.replace(/\/{2,}/g, '/').replace(/\/$/, '');
  return name === '' ? '/' : name;
}

/** A URL's path with its percent-encoding undone, NFC; undefined when that is not UTF-8. */
export function decodePath(path: string): string | undefined {
  try {
    return decodeURIComponent(path).normalize('NFC');
  } catch {
    return undefined;
  }
}

/** A decoded path as a URL writes it: each segment percent-encoded. */
export function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

function isReserved(path: string): boolean {
  const [root = '', name, ...more] = path.toLowerCase().slice(1).split('/');
  if (name === undefined) return root === '' || reservedRoots.has(root);
  const isEntryFolder = root === 'articles' || root === 'headlines';
  if (isEntryFolder) return reservedNames.has(name) || more.length > 0;
  return reservedRoots.has(root);
}

function shortId(id: string): string {
  return slugify(id.replace(/^urn:uuid:/, '').slice(0, 8)) || 'entry';
}
