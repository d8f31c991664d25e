import { documentPath } from '../../feeds/head.ts';
import { feedFolder, type Site, urlOf } from '../../feeds/site.ts';
import { escapeHtml } from '../../lib/html.ts';
import type { NamedFeed } from '../frame.ts';
import { embedScript } from '../lasting-file.ts';

const standard = { limit: '5', theme: 'auto' } as const;

/**
 * What to put into another site's page to show this feed there: a snippet of each kind, with a template for other choices
 * of `{limit}` and `{theme}`.
 */
export function toBuilder(site: Site, feed: NamedFeed): object {
  const kinds = [
    {
      kind: 'element',
      title: 'With a script: it looks like a part of your page',
      template: elementSnippet(site, feed, `src="${urlOf(site, embedScriptPath)}"`),
    },
    {
      kind: 'pinned',
      title: 'With this very version of the script, held to its hash',
      template: elementSnippet(site, feed, pinnedScript(site)),
    },
    { kind: 'frame', title: 'Without a script: a frame of its own', template: frameSnippet(site, feed) },
  ];
  return {
    title: feed.title,
    limit: Number(standard.limit),
    kinds: kinds.map((one) => ({ ...one, snippet: fill(one.template) })),
    script: urlOf(site, embedScript.path),
    feed: urlOf(site, documentPath(feed.name, 'json')),
    frame: fill(`${frameUrl(site, feed)}?limit={limit}&theme={theme}`),
  };
}

/** Where the script that defines the element lies in its newest version. */
export const embedScriptPath = '/embed.js';

/** Where the frame of a feed lies. */
export function framePath(feed: string): string {
  return `/embed/${feed}`;
}

// What stands inside the element is seen until the script has run, and where it never does.
function elementSnippet(site: Site, feed: NamedFeed, script: string): string {
  const source = escapeHtml(urlOf(site, documentPath(feed.name, 'json')));
  const page = escapeHtml(urlOf(site, feedFolder(feed.name)));
  return [
    `<script type="module" ${script}></script>`,
    `<linecaster-feed src="${source}" limit="{limit}" theme="{theme}">`,
    `  <a href="${page}">${escapeHtml(feed.title)}</a>`,
    '</linecaster-feed>',
  ].join('\n');
}

/** SRI §3.5; a script of another origin has to be asked for with CORS. */
function pinnedScript(site: Site): string {
  return `src="${urlOf(site, embedScript.path)}" integrity="${embedScript.integrity}" crossorigin="anonymous"`;
}

function frameSnippet(site: Site, feed: NamedFeed): string {
  const source = escapeHtml(`${frameUrl(site, feed)}?limit={limit}&theme={theme}`);
  return `<iframe src="${source}" title="${escapeHtml(feed.title)}" width="100%" height="420" loading="lazy" frameborder="0"></iframe>`;
}

function frameUrl(site: Site, feed: NamedFeed): string {
  return urlOf(site, framePath(feed.name));
}

function fill(template: string): string {
  return template.replaceAll('{limit}', standard.limit).replaceAll('{theme}', standard.theme);
}
