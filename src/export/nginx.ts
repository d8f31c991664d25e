import type { EditionChange } from '../edition/edition.ts';
import type { Site } from '../feeds/site.ts';
import type { Fates } from './fates.ts';
import { documents } from './nginx-documents.ts';
import { endings } from './nginx-endings.ts';
import { general } from './nginx-general.ts';
import { mediaFiles } from './nginx-media.ts';
import { pages } from './nginx-pages.ts';

const preamble = `# For nginx, in a server block whose root is this folder:
#
#   server {
#     listen 443 ssl;
#     server_name …;
#     root /var/www/news;
#     include /var/www/news/nginx.conf;
#   }
#
# nginx makes tags of a file's time and size. Files keep their time until they change, so a tag holds across exports,
# and across machines when times are copied too (rsync -t). Each encoding has a tag of its own. A client that sends
# both If-None-Match and If-Modified-Since gets a 304 only when both say so.
# To be reloaded when this file changes: it lists what moved and what is gone.
`;

/** The file \`nginx.conf\`: has nginx answer as the live server does, as far as it can. */
export function nginxSnippet(
  site: Site,
  fates: Fates,
  policies: ReadonlyMap<string, string>,
  media: EditionChange['media'],
): string {
  const parts = [general(site), documents(site), pages(site, policies), mediaFiles(media), endings(site, fates)];
  return [preamble, ...parts.flatMap((lines) => [...lines, ''])].join('\n');
}
