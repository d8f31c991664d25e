import { directionOf } from '../../content/direction.ts';
import { feedFolder, type Site, type Terms, urlOf } from '../../feeds/site.ts';
import type { Entry } from '../../store/records.ts';
import type { NamedFeed } from '../frame.ts';
import { toItems } from '../item.ts';
import { type Page, readInline, renderTemplate } from '../render.ts';

const style = readInline('embed/frame.css');
const script = readInline('embed/frame.js');
const mostEntries = 20;

/** A feed's newest entries as a page to be shown in a frame of another site. */
export function renderFramePage(
  site: Site,
  feed: NamedFeed & { readonly entries: readonly Entry[] },
  terms: Terms,
): Page {
  const { language } = site.publication;
  const html = renderTemplate('embed/frame', {
    language: language ?? 'en',
    direction: directionOf('', language),
    title: feed.title,
    href: urlOf(site, feedFolder(feed.name)),
    items: toItems(site, feed.entries.slice(0, mostEntries), terms),
    style: style.text,
    script: script.text,
  });
  return { html, sources: { styles: [style.source], scripts: [script.source], isFrame: true } };
}
