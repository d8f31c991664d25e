import { type Site, urlOf } from '../feeds/site.ts';
import { renderFramed } from './frame.ts';
import type { Page } from './render.ts';

/** A page that says only one thing, such as that something is not there, or no longer. */
export function renderMessagePage(site: Site, title: string, message: string): Page {
  const frame = { title, canonical: urlOf(site, '/'), isUnlisted: true };
  return renderFramed(site, frame, 'message', { message });
}
