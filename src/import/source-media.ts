import { toMediaType } from '../lib/media-type.ts';
import { toLine } from '../lib/text.ts';
import { toAbsoluteUrl } from '../lib/url.ts';
import { compact } from '../source/compact.ts';
import type { DraftMedia } from '../source/draft.ts';

/** A picture, sound or file as any format gives it. */
export type Found = {
  readonly url?: string | undefined;
  readonly type?: string | undefined;
  readonly medium?: string | undefined;
  readonly length?: number | undefined;
  readonly duration?: number | undefined;
  readonly alt?: string | undefined;
  readonly caption?: string | undefined;
  readonly credit?: string | undefined;
};

/**
 * The media of one entry: the first picture as its `image`, then each sound, film and file once. `pictures` are
 * further places of a picture, for when none of the others is one.
 */
export function toMedia(
  all: readonly Found[],
  pictures: readonly (string | undefined)[],
  base: string | undefined,
): readonly DraftMedia[] {
  const found = all.map((one) => toOne(one, base)).filter((one) => one !== undefined);
  const shown = pictures.map((url) => toOne({ url, medium: 'image' }, base)).find((one) => one !== undefined);
  const image = found.find(({ role }) => role === 'image') ?? shown;
  const seen = new Set<string>(image === undefined ? [] : [image.url]);
  const files = found.filter(({ url, role }) => role !== 'image' && !seen.has(url) && seen.add(url) !== undefined);
  return image === undefined ? files : [image, ...files];
}

function toOne(found: Found, base: string | undefined): DraftMedia | undefined {
  const url = toAbsoluteUrl(found.url ?? '', base);
  if (found.url === undefined || url === undefined || isNoMedium(url, found.type)) return undefined;
  return compact<DraftMedia>({
    role: roleOf(found),
    url,
    type: toMediaType(toLine(found.type ?? '')),
    length: count(found.length),
    duration: count(found.duration),
    alt: line(found.alt),
    caption: line(found.caption),
    credit: line(found.credit),
  });
}

/** Writers' portraits, which some blogs put beside each entry, and players of a kind that nothing plays any more. */
function isNoMedium(url: string, type = ''): boolean {
  return /^https?:\/\/[\w.]*gravatar\.com\/avatar\//.test(url) || type === 'application/x-shockwave-flash';
}

function roleOf({ type = '', medium = '', url = '' }: Found): DraftMedia['role'] {
  const kind = type === '' ? medium : type.split('/')[0];
  if (kind === 'image' || kind === 'audio' || kind === 'video') return kind;
  return type === '' && medium === '' && /\.(?:jpe?g|png|gif|webp|avif)$/i.test(url) ? 'image' : 'enclosure';
}

// Feeds write zero for what they do not know.
function count(number: number | undefined): number | undefined {
  return number !== undefined && Number.isFinite(number) && number > 0 ? Math.round(number) : undefined;
}

function line(text: string | undefined): ReturnType<typeof toLine> | undefined {
  return text === undefined ? undefined : toLine(text) || undefined;
}
