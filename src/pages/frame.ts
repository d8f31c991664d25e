import { directionOf } from '../content/direction.ts';
import { documentPath } from '../feeds/head.ts';
import { type Format, formats } from '../feeds/model.ts';
import { generator } from '../feeds/product.ts';
import { feedFolder, type Site, siteTitle, urlOf } from '../feeds/site.ts';
import type { PlainText } from '../lib/text.ts';
import { type AbsoluteUrl, basePath } from '../lib/url.ts';
import { iconOf } from './icon.ts';
import { styleSheet } from './lasting-file.ts';
import { type Inline, type Page, renderTemplate } from './render.ts';
import { toPageProperties } from './structured-data.ts';

/** How each format is called, and its media type. */
const formatNames: Readonly<Record<Format, { readonly label: string; readonly type: string }>> = {
  rss: { label: 'RSS', type: 'application/rss+xml' },
  atom: { label: 'Atom', type: 'application/atom+xml' },
  json: { label: 'JSON Feed', type: 'application/feed+json' },
};

/** A feed as pages name it. */
export type NamedFeed = { readonly name: string; readonly title: PlainText };

/** What surrounds a page's own part. */
export type Frame = {
  /** For the window and for search engines, without the publication's name. */
  readonly title: string;
  readonly canonical: AbsoluteUrl;
  /** The page's own feed, if that is not everything. */
  readonly feed?: NamedFeed;
  readonly description?: string | undefined;
  readonly language?: string | undefined;
  /** Open Graph and its kind: property and content; else what the frame says of the page. */
  readonly properties?: readonly (readonly [property: string, content: string])[];
  /** JSON-LD. */
  readonly data?: object | undefined;
  readonly script?: Inline;
  readonly isHome?: boolean;
  /** Whether search engines are to leave the page out. */
  readonly isUnlisted?: boolean;
  /** Says above all else what the page is not: published. */
  readonly notice?: Notice | undefined;
};

/** A sentence about the page, and where there is more of it. */
export type Notice = { readonly text: string; readonly href: string; readonly label: string };

/** A page of this site: its own part made with `template` and `data`, and what surrounds it. */
export function renderFramed(
  site: Site,
  frame: Frame,
  template: string,
  data: object,
  sources: Partial<Page['sources']> = {},
): Page {
  const title = siteTitle(site);
  const language = frame.language ?? site.publication.language;
  const feeds = [frame.feed, { name: 'all', title }].filter((feed) => feed !== undefined);
  const html = renderTemplate(template, {
    ...data,
    frame: {
      ...frame,
      properties: frame.properties ?? (frame.isUnlisted ? [] : toPageProperties(site, frame)),
      language: language ?? 'en',
      direction: directionOf('', language),
      // The labels are English, whatever the publication is written in.
      labels: /^en\b/i.test(language ?? 'en') ? '' : ' lang="en" dir="ltr"',
      windowTitle: frame.isHome === true ? title : `${frame.title} – ${title}`,
      alternates: feeds.flatMap((feed) => alternatesOf(site, feed)),
      jsonLd: frame.data === undefined ? undefined : toScriptText(frame.data),
      // Without an origin, so that it is found under whatever name the page is looked at.
      style: basePath(site.publicUrl) + styleSheet.path,
    },
    site: siteLinks(site),
  });
  const scripts = frame.script === undefined ? [] : [frame.script.source];
  return { html, sources: { styles: ["'self'"], scripts, ...sources } };
}

/** The documents of a feed, RSS before Atom before JSON. */
export function alternatesOf(site: Site, { name, title }: NamedFeed): readonly object[] {
  return formats.map((format) => ({ ...formatNames[format], title, href: urlOf(site, documentPath(name, format)) }));
}

/** JSON for a script element: nothing in it can end the element (HTML, "restrictions for contents of script elements"). */
function toScriptText(data: object): string {
  return JSON.stringify(data).replace(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function siteLinks(site: Site): object {
  const link = (title: string, path: string): object => ({ title, href: urlOf(site, path) });
  const { rights, license, description } = site.publication;
  return {
    title: siteTitle(site),
    href: urlOf(site, feedFolder('all')),
    description,
    rights,
    license,
    icon: iconOf(site),
    opml: urlOf(site, '/feeds.opml'),
    generator,
    sections: [
      link('Articles', '/articles/'),
      link('Headlines', '/headlines/'),
      link('Topics', '/tags/'),
      link('Archive', '/archive/'),
    ],
    more: [link('Authors', '/authors/'), link('For feed readers', '/about/feeds')],
  };
}
