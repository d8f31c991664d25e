import { type Site, urlOf } from '../feeds/site.ts';
import { aboutPath, renderAboutPage } from '../pages/about-page.ts';
import { embedScriptPath } from '../pages/embed/builder.ts';
import { iconOf, ownIconPath, renderOwnIcon } from '../pages/icon.ts';
import { embedScript, styleSheet } from '../pages/lasting-file.ts';
import type { Ledger } from '../store/ledger.ts';
import { toMessagePages, toPage, toTextResource } from './build.ts';
import type { PlainResource } from './resource.ts';

/** The pages and files that depend on no entry. Notes in the ledger which files of ours are to last. */
export function toSitePages(ledger: Ledger, site: Site): readonly PlainResource[] {
  return [
    ...toMessagePages(site),
    toPage(site, aboutPath, renderAboutPage(site)),
    toTextResource('/robots.txt', 'text/plain; charset=utf-8', renderRobots(site)),
    toTextResource(ownIconPath, 'image/svg+xml', renderOwnIcon(site)),
    toTextResource(embedScriptPath, scriptType, embedScript.text),
    ...lastingFiles(ledger),
  ];
}

/** Where a browser that asks for `/favicon.ico` is sent, below PUBLIC_URL. */
export function faviconPath(site: Site): string {
  const { url } = iconOf(site);
  return url.startsWith(`${site.publicUrl}/`) ? url.slice(site.publicUrl.length) : ownIconPath;
}

const scriptType = 'text/javascript; charset=utf-8';
const styleType = 'text/css; charset=utf-8';
const settingPrefix = 'lasting-file ';

/** Every version of the embed script and the stylesheet that was ever served here: other sites and caches name them. */
function lastingFiles(ledger: Ledger): readonly PlainResource[] {
  for (const { path, text } of [embedScript, styleSheet]) ledger.putSetting(settingPrefix + path, text);
  const versions = [...ledger.settings].filter(([name]) => name.startsWith(settingPrefix));
  const resources: PlainResource[] = [];
  for (const [name, text] of versions) {
    const path = name.slice(settingPrefix.length);
    const type = path.endsWith('.css') ? styleType : scriptType;
    resources.push({ ...toTextResource(path, type, text), lasting: true });
  }
  return resources;
}

function renderRobots(site: Site): string {
  return [
    'User-agent: *',
    'Allow: /',
    '',
    `Sitemap: ${urlOf(site, '/sitemap.xml')}`,
    `Sitemap: ${urlOf(site, '/news-sitemap.xml')}`,
    '',
  ].join('\n');
}
