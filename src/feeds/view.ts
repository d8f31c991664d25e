import { resolveMarks } from '../content/marks.ts';
import { escapeHtml, type Html } from '../lib/html.ts';
import { typeOfName } from '../lib/media-type.ts';
import { type AbsoluteUrl, toAbsoluteUrl } from '../lib/url.ts';
import type { DraftMedia } from '../source/draft.ts';
import { addressOfFile } from '../source/file-name.ts';
import type { Entry, EntryText } from '../store/records.ts';
import type { FeedEntry, Media, Tag } from './model.ts';
import { type Site, type Terms, urlOf } from './site.ts';

/** An entry as the renderers want it: with every URL absolute. Without `text`, or with `summary`, no content. */
export function toFeedEntry(
  entry: Entry,
  text: EntryText | undefined,
  site: Site,
  terms: Terms,
  mode: 'full' | 'summary',
): FeedEntry {
  const media = entry.media.map((one) => toMedia(one, entry, site)).filter((one) => one !== undefined);
  const language = entry.language === site.publication.language ? undefined : entry.language;
  const external = externalUrl(entry, site);
  const common = {
    id: entry.id,
    atomId: entry.atomId,
    url: linkOf(entry, site),
    ...(external === undefined ? {} : { externalUrl: external }),
    title: entry.title,
    published: entry.published,
    updated: entry.updated,
    authors: entry.authors,
    tags: entry.tags.map((label) => toTag(label, terms)),
    ...(entry.summary === undefined ? {} : { summary: entry.summary }),
    ...(language === undefined ? {} : { language }),
    ...(site.publication.license === undefined ? {} : { license: site.publication.license }),
  };
  if (entry.kind === 'headline') return { kind: 'headline', ...common };
  const image = media.find(({ role }) => role === 'image');
  const html = mode === 'full' && text !== undefined && text.html !== '' ? contentHtml(entry, text, site) : undefined;
  return {
    kind: 'article',
    ...common,
    ...(html === undefined ? {} : { contentHtml: html }),
    ...(image === undefined ? {} : { image }),
    media: media.filter((one) => one !== image),
  };
}

/** Where an entry leads in every format. */
export function linkOf(entry: Pick<Entry, 'kind' | 'link' | 'path' | 'file'>, site: Site): AbsoluteUrl {
  const { permalinks, headlines } = site.publication;
  if (entry.kind === 'headline' && entry.link !== undefined && headlines.link === 'external') return entry.link;
  if (entry.kind === 'article' && permalinks !== undefined) {
    const path = encodeURI(addressOfFile(entry.file)).replace(/[#?]/g, encodeURIComponent);
    const slug = encodeURIComponent(entry.path.split('/').at(-1)!);
    const url = toAbsoluteUrl(permalinks.replaceAll('{path}', () => path).replaceAll('{slug}', () => slug));
    if (url !== undefined) return url;
  }
  return urlOf(site, entry.path);
}

function externalUrl(entry: Entry, site: Site): AbsoluteUrl | undefined {
  return entry.link === linkOf(entry, site) ? undefined : entry.link;
}

function toTag(label: Entry['tags'][number], terms: Terms): Tag {
  const term = terms.term('tags', label);
  return { label: term?.label ?? label, slug: term?.slug ?? label };
}

/** An article's HTML with its references resolved, in a `div` that gives direction and language where it must. */
function contentHtml(entry: Entry, text: EntryText, site: Site): Html {
  const html = resolveMarks(text.html, (reference) => resolveReference(reference, entry, site));
  if (entry.direction === undefined) return html;
  const language = entry.language ?? site.publication.language;
  const lang = language === undefined ? '' : ` lang="${escapeHtml(language)}"`;
  return `<div dir="rtl"${lang}>${withCodeLeftToRight(html)}</div>` as Html;
}

/** Code runs from left to right in any text; what is in a `pre` that says so need not say it. */
function withCodeLeftToRight(html: string): string {
  return html.replaceAll(/<(?:pre|code|kbd|samp)(?<!<pre[^>]*><code)(?=[ >])(?![^>]* dir=)/g, '$& dir="ltr"');
}

function resolveReference(reference: string, entry: Entry, site: Site): AbsoluteUrl | undefined {
  const target = entry.targets[reference] ?? { kind: 'own' };
  if (target.kind === 'none') return undefined;
  if (target.kind === 'media') return urlOf(site, `/media/${target.path}`);
  // The other entry's link is not ours to know here; its page is, and leads on.
  if (target.kind === 'entry')
    return toAbsoluteUrl(target.fragment, urlOf(site, target.path)) ?? urlOf(site, target.path);
  return toAbsoluteUrl(reference, linkOf(entry, site));
}

function toMedia(media: DraftMedia, entry: Entry, site: Site): Media | undefined {
  const { role, url: written, type, length, ...rest } = media;
  const url = toAbsoluteUrl(written) ?? resolveReference(written, entry, site);
  if (url === undefined) return undefined;
  const target = entry.targets[written];
  const size = target?.kind === 'media' ? target.size : length;
  const mediaType = type ?? typeOfName(new URL(url).pathname) ?? 'application/octet-stream';
  return {
    role: role === 'enclosure' ? roleOf(mediaType) : role,
    url,
    type: mediaType,
    ...(size === undefined ? {} : { length: size }),
    ...rest,
  };
}

/** What an enclosure is; a picture is not an entry's own unless it is called so. */
function roleOf(type: string): Media['role'] {
  const [kind] = type.toLowerCase().split('/');
  return kind === 'audio' || kind === 'video' ? kind : 'file';
}
