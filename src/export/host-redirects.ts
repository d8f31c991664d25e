import { mainFeeds } from '../feeds/places.ts';
import { feedFolder, type Site } from '../feeds/site.ts';
import { aliasNames } from '../http/aliases.ts';
import { messagePath } from '../http/target.ts';
import type { Fates } from './fates.ts';

const preamble = `# Netlify and Cloudflare Pages read this file; of several rules for one address the first holds. Cloudflare knows
# neither 410 nor 404 and leaves those lines out: there, what is gone is 404, and it finds the nearest 404.html by itself.
`;

/** The file \`_redirects\`: what moved, what is gone, and the names under which other programs look for feeds. */
export function hostRedirects(site: Site, { moved, gone }: Fates): string {
  const folders = [...mainFeeds.map(feedFolder), '/tags/:tag/', '/authors/:author/'];
  const lines = [
    ...moved.map(([from, to]) => `${literal(from)} ${site.publicUrl}${to} 301`),
    ...gone.map((path) => `${literal(path)} ${messagePath(path, 410)} 410`),
    ...folders.flatMap((folder) => Array.from(aliasNames, ([alias, name]) => `${folder}${alias} ${folder}${name} 200`)),
    // What is there has no need of a rule.
    `/embed/* ${messagePath('/embed/', 404)} 404`,
  ];
  return `${preamble}\n${lines.join('\n')}\n`;
}

/** A path in which no host finds a splat, which would take other addresses with it. */
function literal(path: string): string {
  return path.replaceAll('*', '%2A');
}
