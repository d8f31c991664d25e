import { documentPath } from '../feeds/head.ts';
import { formats } from '../feeds/model.ts';
import { renderers } from '../feeds/renderers.ts';
import { feedFolder, type Site } from '../feeds/site.ts';
import { aliasNames } from '../http/aliases.ts';
import { prefixOf } from '../http/app.ts';
import { encodePath } from '../store/paths.ts';
import { block, literal, quote, set } from './nginx-text.ts';
import { otherTypes, pushedFeeds } from './served.ts';

/** A feed's folder: as nginx has it, decoded, and as canonical URLs have it. */
const folder = '/(?:articles/|headlines/|(?:tags|authors)/[^/]+/)?';
export const canonicalName = "(?:[0-9A-Za-z_.!~*'()-]|%[0-9A-F]{2})+";
const canonicalFolder = `/(?:articles/|headlines/|(?:tags|authors)/${canonicalName}/)?`;

/** How a request's target begins, with or without the path of PUBLIC_URL. */
export function startOf({ publicUrl }: Pick<Site, 'publicUrl'>): string {
  const prefix = prefixOf(publicUrl);
  return prefix === '' ? '^' : `^(?:${literal(prefix)})?`;
}

/** Feeds, live and archived, and the lists of them. */
export function documents(site: Site): readonly string[] {
  const all = formats.map((format) => {
    const name = documentPath('all', format).slice(1);
    const aliases = Array.from(aliasNames).flatMap(([alias, to]) => (to === name ? [alias] : []));
    return { name, aliases, archive: name.replace('feed.', ''), type: renderers[format].contentType };
  });
  return [
    '# Where a document lies, as its URL is written.',
    ...links(site, all),
    ...all.flatMap(({ name, aliases, archive, type }) => [
      block(`location ~ ${quote(`^${folder}(?:${literal(name)}|archive/[1-9][0-9]*[.]${literal(archive)})$`)}`, [
        ...ofType(type),
        '# There are no further pages.',
        block('if ($args ~ "(?:^|&)paged?=(?!1(?:&|$))[1-9][0-9]*(?:&|$)")', ['return 404;']),
        'error_page 404 @nothing;',
        'try_files $uri =404;',
      ]),
      ...(aliases.length === 0 ? [] : [aliasLocation(name, aliases)]),
    ]),
    ...Object.entries(otherTypes)
      .filter(([path]) => !path.endsWith('.xml'))
      .map(([path, type]) => block(`location = ${path}`, [...ofType(type), 'try_files $uri =404;'])),
  ];
}

type Named = { readonly name: string; readonly aliases: readonly string[]; readonly archive: string };

function aliasLocation(name: string, aliases: readonly string[]): string {
  const path = `^(${folder})(?:${aliases.map((one) => literal(one)).join('|')})$`;
  return block(`location ~ ${quote(path)}`, [`rewrite ${quote(path)} ${quote(`$1${name}`)} last;`]);
}

function ofType(type: string): readonly string[] {
  return [block('types', []), `default_type ${quote(type)};`];
}

/** The Link header of documents, under each of their names. */
function links(site: Site, all: readonly Named[]): readonly string[] {
  const { publicUrl, publication } = site;
  const base = publicUrl.replaceAll('$', '%24');
  // By name, since numbered captures are escaped once more where a path was escaped already.
  const start = `${startOf(site)}(?<linecaster_folder>${canonicalFolder})`;
  const page = `<${base}$linecaster_folder>; rel="alternate"; type="text/html"`;
  const hubs = publication.hubs.map((hub) => `, <${hub.replaceAll('$', '%24')}>; rel="hub"`).join('');
  const pushed = pushedFeeds(site).map((name) => quote(encodePath(feedFolder(name))));
  return [
    'set $linecaster_folder "";',
    'set $linecaster_archive "";',
    'set $linecaster_hubs "";',
    ...all.flatMap(({ name, aliases, archive }) => {
      const live = `${start}(?:${[name, ...aliases].map((one) => literal(one)).join('|')})(?:[?]|$)`;
      const old = `${start}(?<linecaster_archive>archive/[1-9][0-9]*[.]${literal(archive)})(?:[?]|$)`;
      const self = (own: string): string => `<${base}\${linecaster_folder}${own}>; rel="self"`;
      return [
        block(`if ($request_uri ~ ${quote(live)})`, [set('Link', self(name))]),
        block(`if ($request_uri ~ ${quote(old)})`, [set('Link', `${self('$linecaster_archive')}, ${page}`)]),
      ];
    }),
    ...pushed.map((folder) => block(`if ($linecaster_folder = ${folder})`, [set('hubs', hubs)])),
    block('if ($linecaster_link ~ "rel=.self.$")', [set('Link', `$linecaster_link$linecaster_hubs, ${page}`)]),
  ];
}
