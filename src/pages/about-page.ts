import { documentPath } from '../feeds/head.ts';
import { feedFolder, type Site, siteTitle, urlOf } from '../feeds/site.ts';
import { renderFramed } from './frame.ts';
import type { Page } from './render.ts';

/** Where the page for authors of feed readers lies. */
export const aboutPath = '/about/feeds';

/** What programs that read these feeds may rely on, each with an address to try. */
export function renderAboutPage(site: Site): Page {
  const frame = {
    title: 'For authors of feed readers',
    canonical: urlOf(site, aboutPath),
    description: `What the feeds of ${siteTitle(site)} promise, and where to try it`,
  };
  const url = (path: string): string => urlOf(site, path);
  return renderFramed(site, frame, 'about', {
    rss: url(documentPath('all', 'rss')),
    atom: url(documentPath('all', 'atom')),
    json: url(documentPath('all', 'json')),
    paged: `${url(documentPath('all', 'rss'))}?page=1`,
    archive: url('/archive/1.atom.xml'),
    opml: url('/feeds.opml'),
    wellKnown: url('/.well-known/feeds'),
    sitemap: url('/sitemap.xml'),
    news: url('/news-sitemap.xml'),
    home: url(feedFolder('all')),
    alias: url('/feed'),
    embed: url('/embed.js'),
    ttl: site.ttl,
    limit: site.publication.limit,
  });
}
