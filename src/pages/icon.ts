import { type Site, siteTitle, urlOf } from '../feeds/site.ts';
import { escapeHtml } from '../lib/html.ts';
import { takeGraphemes } from '../lib/text.ts';

/** Where the icon of a publication without one lies. */
export const ownIconPath = '/favicon.svg';

/** The publication's icon; without one, its initial. */
export function iconOf(site: Site): { readonly url: string; readonly type: string } {
  return site.images.icon ?? { url: urlOf(site, ownIconPath), type: 'image/svg+xml' };
}

/** The publication's initial as a picture. */
export function renderOwnIcon(site: Site): string {
  const initial = takeGraphemes(siteTitle(site).replace(/^[^\p{L}\p{N}]+/u, ''), 1).toUpperCase() || '·';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="8" fill="#1c1a17"/><text x="32" y="46" font-family="Georgia,serif" font-size="42" text-anchor="middle" fill="#fbf9f4">${escapeHtml(initial)}</text></svg>\n`;
}
