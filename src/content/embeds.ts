import { toLine } from '../lib/text.ts';
import { cleanText } from './attributes.ts';
import { toReference } from './references.ts';
import { type Attributes, element, type HtmlElement } from './tree.ts';

/** Elements that show another document in a frame; a feed shows a link to it instead. */
export function isEmbed(name: string): boolean {
  return ['iframe', 'frame', 'embed', 'object', 'lite-youtube', 'lite-vimeo'].includes(name);
}

/** The picture or link that stands for an embedded document; undefined when it names none. */
export function toEmbedLink(name: string, attributes: Attributes, base: string | undefined): HtmlElement | undefined {
  const reference = toReference(cleanText(embeddedUrl(name, attributes)), false, base);
  if (reference === undefined) return undefined;
  const href = toWatchUrl(reference);
  const label = toLine(cleanText(attributes.title ?? attributes['aria-label'] ?? attributes.playlabel ?? ''));
  if (attributes.type?.startsWith('image/')) return element('img', { src: href, alt: label });
  return element('a', { href }, [label || nameOf(href)]);
}

function embeddedUrl(name: string, attributes: Attributes): string {
  const { src, data, videoid } = attributes;
  if (name === 'lite-youtube') return videoid === undefined ? '' : `https://www.youtube.com/watch?v=${videoid}`;
  if (name === 'lite-vimeo') return videoid === undefined ? '' : `https://vimeo.com/${videoid}`;
  const lazy = attributes['data-src'] ?? attributes['data-lazy-src'] ?? '';
  const eager = (name === 'object' ? data : src) ?? '';
  return eager === '' || eager.startsWith('about:') ? lazy : eager;
}

/** A player's address as that of the page which people watch. */
function toWatchUrl(reference: string): string {
  const youtube = /^https?:\/\/(?:www\.)?youtube(?:-nocookie)?\.com\/embed\/([\w-]{6,20})(?=[?#/]|$)/.exec(reference);
  if (youtube !== null && youtube[1] !== 'videoseries') return `https://www.youtube.com/watch?v=${youtube[1]}`;
  const vimeo = /^https?:\/\/player\.vimeo\.com\/video\/(\d+)/.exec(reference);
  return vimeo === null ? reference : `https://vimeo.com/${vimeo[1]}`;
}

function nameOf(href: string): string {
  const url = URL.parse(href);
  if (url !== null) return url.hostname.replace(/^www\./, '');
  return href.replace(/[\u0001\u0002]/g, '');
}
