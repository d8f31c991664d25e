import { directionOf } from '../../content/direction.ts';
import { feedFolder, type Site, siteTitle, type Terms, urlOf } from '../../feeds/site.ts';
import type { Entry } from '../../store/records.ts';
import type { NamedFeed } from '../frame.ts';
import { type Item, toItems } from '../item.ts';
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
  const items = toItems(site, feed.entries.slice(0, mostEntries), terms);
  return renderFrame(site, { ...feed, items, message: 'Nothing is published here just now.' });
}

/** What a frame says where no feed is, or no longer: other sites go on showing it. */
export function renderFrameMessage(site: Site, message: string): Page {
  return renderFrame(site, { name: 'all', title: siteTitle(site), items: [], message });
}

function renderFrame(
  site: Site,
  { name, title, items, message }: NamedFeed & { readonly items: readonly Item[]; readonly message: string },
): Page {
  const { language } = site.publication;
  const html = renderTemplate('embed/frame', {
    language: language ?? 'en',
    direction: directionOf('', language),
    title,
    href: urlOf(site, feedFolder(name)),
    items,
    message,
    style: style.text,
    script: script.text,
  });
  return { html, sources: { styles: [style.source], scripts: [script.source], isFrame: true } };
}
