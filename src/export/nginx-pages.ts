import { documentPath } from '../feeds/head.ts';
import { formats } from '../feeds/model.ts';
import { renderers } from '../feeds/renderers.ts';
import type { Site } from '../feeds/site.ts';
import { briefly, forAnHour, forEver } from '../http/answer.ts';
import { canonicalName, startOf } from './nginx-documents.ts';
import { block, literal, quote, set, variable } from './nginx-text.ts';
import { frameHeaders } from './served.ts';

/** Pages that are folders: their URLs end in a slash, those of all others do not. */
const folders =
  '/(?:articles|headlines|tags(?:/[^/]+)?|authors(?:/[^/]+)?|archive(?:/[0-9]{4}/[0-9]{2}(?:/[0-9]{2})?)?)';

/** Pages for people, and what is said where there is none. */
export function pages(site: Site, ownPolicies: ReadonlyMap<string, string>): readonly string[] {
  const policies = new Map(Array.from(ownPolicies, ([place, policy]) => [place, policy.replaceAll('$', '%24')]));
  const base = site.publicUrl.replaceAll('$', '%24');
  const page = pageSettings(site);
  const briefPage = [...page, set('Cache-Control', briefly)];
  const frame = [
    set('Content-Security-Policy', policies.get('embed/') ?? ''),
    ...frameHeaders(site, true).map(([name, value]) => set(name, value)),
  ];
  const briefFrame = [...frame, set('Cache-Control', briefly)];
  return [
    '# What pages link to, and what each may load.',
    ...pageLinks(site),
    ...pagePolicies(policies),
    block('location ^~ /embed/', [
      ...frame,
      'error_page 404 @missing_frame;',
      block('location ~ "/$"', [`rewrite "^(.+)/$" "${base}$1?" permanent;`]),
      'try_files $uri/index.html =404;',
    ]),
    block(`location ~ ${quote(`^(?:${folders})?/$`)}`, [...page, 'try_files $uri/index.html =404;']),
    block(`location ~ ${quote(`^${folders}$`)}`, [
      block('if (!-f $document_root$uri/index.html)', ['return 404;']),
      set('Cache-Control', forAnHour),
      `rewrite "^(.+)$" "${base}$1/?" permanent;`,
    ]),
    block('location ~ "^/(?:embed[.]js|robots[.]txt|favicon[.]svg)$"', ['try_files $uri =404;']),
    block('location ~ "^/(?:style|embed)-[0-9a-f]{16}[.](?:css|js)$"', [
      set('Cache-Control', forEver),
      'try_files $uri =404;',
    ]),
    block(`location ~* ${quote('(?:[.](?:xml|rss|atom|json|rdf)|/(?:feed|rss|atom|rdf)/?)$')}`, [
      'error_page 404 @nothing;',
      'try_files $uri $uri/index.html =404;',
    ]),
    block('location ~ "/$"', [set('Cache-Control', forAnHour), ...withoutSlash(base)]),
    block('location /', [...page, 'try_files $uri $uri/index.html =404;']),
    'error_page 404 @missing;',
    'error_page 410 @gone;',
    block('location = /404.html', ['return 404;']),
    block('location = /410.html', ['return 410;']),
    block('location = /embed/404.html', ['error_page 404 @missing_frame;', 'return 404;']),
    block('location = /embed/410.html', ['error_page 410 @gone_frame;', 'return 410;']),
    block('location @missing', [...briefPage, 'try_files /404.html =404;']),
    block('location @gone', [...briefPage, 'try_files /410.html =410;']),
    block('location @missing_frame', [...briefFrame, 'try_files /embed/404.html =404;']),
    block('location @gone_frame', [...briefFrame, 'try_files /embed/410.html =410;']),
    block('location @nothing', plain(404, 'Not found')),
    block('location @ended', plain(410, 'This feed has ended')),
  ];
}

function withoutSlash(base: string): readonly string[] {
  return [
    // Entries, there or gone, are where their folders say; of others only the disk knows.
    block('if ($uri ~ "^/(?:articles|headlines)/[^/]+/$|[.]html/$")', [`rewrite "^(.+)/$" "${base}$1?" permanent;`]),
    block('if (!-f $document_root$uri/index.html)', ['return 404;']),
    `rewrite "^(.+)/$" "${base}$1?" permanent;`,
  ];
}

function plain(status: number, text: string): readonly string[] {
  const type = 'default_type "text/plain; charset=utf-8";';
  return [block('types', []), type, set('Link', ''), set('Cache-Control', briefly), `return ${status} "${text}\\n";`];
}

function pageSettings(site: Site): readonly string[] {
  return [
    `set ${variable('Link')} $linecaster_page_link;`,
    `set ${variable('Content-Security-Policy')} $linecaster_page_policy;`,
    ...frameHeaders(site, false).map(([name, value]) => set(name, value)),
  ];
}

/** Each page links to the documents of its own feed, if it has one, and to those of everything. */
function pageLinks(site: Site): readonly string[] {
  const base = site.publicUrl.replaceAll('$', '%24');
  const alternates = (feed: string): string =>
    formats
      .map(
        (format) =>
          `<${base}${feed}${documentPath('all', format)}>; rel="alternate"; type="${renderers[format].contentType.split(';')[0]}"`,
      )
      .join(', ');
  const start = startOf(site);
  const both = (feed: string): string => set('page-link', `${alternates(feed)}, ${alternates('')}`);
  const all = set('page-link', alternates(''));
  return [
    both('/articles'),
    block(`if ($request_uri ~ ${quote(`${start}/(?:(?:archive|about|tags|authors)(?:/|$)|[?]|$)`)})`, [all]),
    block(`if ($request_uri ~ ${quote(`${start}/headlines/`)})`, [both('/headlines')]),
    block(`if ($request_uri ~ ${quote(`${start}(?<linecaster_term>/(?:tags|authors)/${canonicalName})/(?:[?]|$)`)})`, [
      both('$linecaster_term'),
    ]),
  ];
}

function pagePolicies(policies: ReadonlyMap<string, string>): readonly string[] {
  const own = [...policies].filter(([place]) => place !== 'embed/' && !/^4\d\d\.html$/.test(place));
  return [
    set('page-policy', policies.get('404.html') ?? ''),
    ...own.map(([place, policy]) => {
      const path = place.endsWith('/') ? `^/${literal(place)}[^/]` : `^/${literal(place)}/?$`;
      return block(`if ($uri ~ ${quote(path)})`, [set('page-policy', policy)]);
    }),
  ];
}
