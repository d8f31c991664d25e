import { withoutEnd } from '../lib/text.ts';
import { toAbsoluteUrl } from '../lib/url.ts';
import { toMark } from './marks.ts';

/**
 * An attribute's URL as it is published: http and https absolute and normalised, `mailto:` and `tel:` where `isLink`,
 * a relative one as a mark; undefined for any other scheme and for what is no URL. `base` is that of `<base href>`.
 */
export function toReference(written: string, isLink = false, base?: string): string | undefined {
  // As the URL standard has it: newlines and tabs inside do not count, so that `java\nscript:` is no way through.
  const url = withoutEnd(written.replace(/[\t\n\r]/g, '').replace(/^[\0- ]+/, ''), /[\0- ]/);
  if (url === '') return undefined;
  const scheme = /^([a-z][a-z\d+.-]*):/i.exec(url)?.[1]?.toLowerCase();
  if (scheme === 'http' || scheme === 'https' || /^[\\/]{2}/.test(url)) return toAbsoluteUrl(url);
  if (scheme === 'mailto' || scheme === 'tel') return isLink ? toUri(url) : undefined;
  if (scheme !== undefined) return undefined;
  return (base === undefined ? undefined : toAbsoluteUrl(url, base)) ?? toMark(url);
}

/** The URL standard leaves blanks and others in an address without a host; RFC 3986 does not allow them. */
function toUri(url: string): string | undefined {
  return URL.parse(url)?.href.replace(/[ "<>\\^`{|}]/g, encodeURIComponent);
}

const descriptor = /^\d+(\.\d+)?[wx]( \d+h)?$/;

/** The candidates of a `srcset` (HTML, "parse a srcset attribute"), each with its URL as `toReference` gives it. */
export function toSrcset(written: string, base?: string): string | undefined {
  const candidates = [];
  for (const { url, size } of splitSrcset(written)) {
    const reference = toReference(url, false, base);
    if (reference !== undefined && (size === '' || descriptor.test(size)))
      candidates.push(size === '' ? reference : `${reference} ${size}`);
  }
  return candidates.length === 0 ? undefined : candidates.join(', ');
}

function* splitSrcset(written: string): Generator<{ url: string; size: string }> {
  const next = /[\s,]*(\S+)/y;
  while (true) {
    const token = next.exec(written)?.[1];
    if (token === undefined) return;
    const url = withoutEnd(token, /,/);
    if (url.length < token.length) {
      yield { url, size: '' };
      continue;
    }
    const end = written.indexOf(',', next.lastIndex);
    const size = written.slice(next.lastIndex, end === -1 ? undefined : end);
    next.lastIndex = end === -1 ? written.length : end + 1;
    yield { url, size: size.trim().replace(/\s+/g, ' ') };
  }
}
