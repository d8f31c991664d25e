import { linksOf } from '../edition/build.ts';
import { documentPath, hubsOf } from '../feeds/head.ts';
import { formats } from '../feeds/model.ts';
import { mainFeeds } from '../feeds/places.ts';
import { renderers } from '../feeds/renderers.ts';
import { feedFolder, type Site, urlOf } from '../feeds/site.ts';
import { everywhere, forEver, type Headers, mediaPolicy } from '../http/answer.ts';
import { embedScript, styleSheet } from '../pages/lasting-file.ts';
import { encodePath, reservedRoots } from '../store/paths.ts';
import { frameHeaders, freshness, otherTypes, pushedFeeds } from './served.ts';

const preamble = `# Netlify and Cloudflare Pages read this file. Where several rules name one header, those hosts join its values: so
# no header stands in two rules that one address may match. Links of pages stand in the pages, and those of the
# documents of tags and authors in the documents. How long pages are kept is left to the host. Cloudflare reads no more
# than 100 rules: pages of entries that lie at the root, one rule or two for each, come last.
`;

/** The file \`_headers\`: what the live server says of each address, as far as patterns of those hosts can. */
export function hostHeaders(site: Site, policies: ReadonlyMap<string, string>): string {
  const rules: (readonly [path: string, headers: Headers])[] = [
    ['/*', everywhere],
    ['/media/*', [['Content-Security-Policy', mediaPolicy]]],
    ...[...mainFeeds.map(feedFolder), '/tags/:tag/', '/authors/:author/'].flatMap((folder) =>
      documentRules(site, folder),
    ),
    ...Object.entries(otherTypes).map(([path, type]) => [path, [['Content-Type', type]]] as const),
    ...linkRules(site),
    ...[styleSheet, embedScript].map(({ path }) => [path, [['Cache-Control', forEver]]] as const),
    ...ownFirst(policies).flatMap(([folder, policy]) => pageRules(site, folder, policy)),
  ];
  // Of two rules for one address Cloudflare Pages knows only the later one.
  const byPath = Map.groupBy(rules, ([path]) => path);
  const blocks = Array.from(
    byPath,
    ([path, own]) => `\n${path}\n${own.flatMap(([, headers]) => headers.map(format)).join('')}`,
  );
  return preamble + blocks.join('');
}

function format([name, value]: Headers[number]): string {
  return `  ${name}: ${value}\n`;
}

/** Type and time of the live and archive documents in a feed's folder. */
function documentRules(site: Site, folder: string): readonly (readonly [string, Headers])[] {
  return formats.flatMap((format) => {
    const name = documentPath('all', format).slice(1);
    const { contentType } = renderers[format];
    const archive = `${folder}archive/:n.${name.replace('feed.', '')}`;
    const type: Headers = [['Content-Type', contentType]];
    return [
      [folder + name, [...type, ['Cache-Control', freshness(site)]]],
      [archive, type],
    ] as const;
  });
}

function linkRules(site: Site): readonly (readonly [string, Headers])[] {
  const names = new Set([...mainFeeds, ...pushedFeeds(site)]);
  return [...names].flatMap((name) =>
    formats.map((format) => {
      const path = documentPath(name, format);
      return [encodePath(path), [['Link', linksOf(site, name, urlOf(site, path), hubsOf(site, name))]]] as const;
    }),
  );
}

/** Those of every publication before those that entries have for themselves, of which there may be any number. */
function ownFirst(policies: ReadonlyMap<string, string>): readonly (readonly [folder: string, policy: string])[] {
  return [...policies].toSorted(([a], [b]) => Number(reservedRoots.has(b)) - Number(reservedRoots.has(a)));
}

function pageRules(site: Site, folder: string, policy: string): readonly (readonly [string, Headers])[] {
  const headers: Headers = [['Content-Security-Policy', policy], ...frameHeaders(site, folder === 'embed')];
  const encoded = encodePath(folder);
  if (folder === '') return [['/', headers]];
  return folder.endsWith('.html')
    ? [[`/${encoded}`, headers]]
    : [
        [`/${encoded}`, headers],
        [`/${encoded}/*`, headers],
      ];
}
