import { escapeHtml } from '../lib/html.ts';

/**
 * The HTML of a picture or film that a tag such as `figure src="a.png" caption="At sea"`, `youtube(id="…")` or
 * `include image.html src="a.png"` names; undefined when it names none.
 */
export function mediaOf(tag: string): string | undefined {
  return filmOf(tag) ?? pictureOf(tag);
}

const film = /^(youtube|vimeo)[\s(]+(?:id\s*=\s*)?["']?([\w-]{6,20})(?![\w./-])/;

function filmOf(tag: string): string | undefined {
  const [, site, id] = film.exec(tag) ?? [];
  if (id === undefined) return undefined;
  const player = site === 'vimeo' ? 'https://player.vimeo.com/video/' : 'https://www.youtube.com/embed/';
  return `<iframe src="${player}${id}"></iframe>`;
}

function pictureOf(tag: string): string | undefined {
  const src = argument(tag, 'src') ?? argument(tag, 'image_path');
  if (src === undefined || !/\.(?:avif|gif|jpe?g|png|svg|webp)(?:[?#]|$)/i.test(src)) return undefined;
  const picture = `<img src="${toText(src)}" alt="${toText(argument(tag, 'alt') ?? '')}">`;
  const caption = argument(tag, 'caption') ?? argument(tag, 'title');
  return caption === undefined ? picture : `<figure>${picture}<figcaption>${toText(caption)}</figcaption></figure>`;
}

/** The value of `name="value"`, in which `\"` is a quotation mark, `name='value'` or `name=value`. */
function argument(tag: string, name: string): string | undefined {
  const value = `"((?:[^"\\\\\n]|\\\\.)*)"|'((?:[^'\\\\\n]|\\\\.)*)'|([^\\s"',)]+)`;
  const match = new RegExp(`[\\s(,]${name}\\s*=\\s*(?:${value})`).exec(tag);
  return match === null ? undefined : ((match[1] ?? match[2])?.replace(/\\(["'\\])/g, '$1') ?? match[3]);
}

/** In Markdown a backslash would take the sign after it for text. */
function toText(text: string): string {
  return escapeHtml(text).replaceAll('\\', '&#92;');
}
