import type { Config } from '../config.ts';
import { pageHeaders } from '../edition/page-headers.ts';
import { readTerms } from '../edition/stored-pages.ts';
import { type Site, siteTitle, storedSite, type Terms } from '../feeds/site.ts';
import { basePath } from '../lib/url.ts';
import { styleSheet } from '../pages/lasting-file.ts';
import { type Page, readInline, renderTemplate } from '../pages/render.ts';
import { ttlOf } from '../schedule.ts';
import { encodePath } from '../store/paths.ts';
import type { Store } from '../store/store.ts';
import type { AdminPage } from './questions.ts';

/** What the admin's pages are made with. `site` is undefined as long as nothing was ever published. */
export type Desk = {
  readonly config: Config;
  readonly store: Store;
  readonly site: Site | undefined;
  readonly terms: Terms;
};

/** What the store says now. */
export async function openDesk(config: Config, store: Store): Promise<Desk> {
  const address = { publicUrl: config.PUBLIC_URL, ttl: ttlOf(config.REFRESH_CRON) };
  const site = storedSite(await store.settings(), address);
  return { config, store, site, terms: await readTerms(store) };
}

const style = readInline('admin/style.css');

/** Where a file of the data folder is previewed. */
export function previewHref(config: Pick<Config, 'PUBLIC_URL'>, path: string): string {
  return `${basePath(config.PUBLIC_URL)}/-/preview/${encodePath(path)}`;
}

/** A page of the admin's own, made with a template below `pages/admin/`. */
export function renderAdminPage(
  { config, site }: Pick<Desk, 'config' | 'site'>,
  title: string,
  template: string,
  data: object,
): AdminPage {
  // Without an origin: pages of the admin are found under any name of the server.
  const prefix = basePath(config.PUBLIC_URL);
  const html = renderTemplate(`admin/${template}`, {
    ...data,
    frame: {
      title,
      site: site === undefined ? new URL(config.PUBLIC_URL).hostname : siteTitle(site),
      siteHref: `${prefix}/`,
      base: `${prefix}/-/`,
      styleHref: prefix + styleSheet.path,
      style: style.text,
    },
  });
  const sources = { styles: ["'self'", style.source], scripts: [], hasForms: true };
  return toAdminPage(config, { html, sources });
}

/** Any page with the headers that it needs: it may be looked at past the proxy that has the certificate. */
export function toAdminPage({ PUBLIC_URL }: Pick<Config, 'PUBLIC_URL'>, { html, sources }: Page): AdminPage {
  return { html, headers: pageHeaders({ publicUrl: PUBLIC_URL }, { ...sources, isAnywhere: true }) };
}
