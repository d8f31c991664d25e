declare const absolute: unique symbol;

/** An http or https URL as RFC 3986 writes it: absolute, percent-encoded ASCII. */
export type AbsoluteUrl = string & { readonly [absolute]: true };

/** `text` resolved against `base`, or undefined when that gives no http(s) URL. `//host/x` without a base is https. */
export function toAbsoluteUrl(text: string, base?: string): AbsoluteUrl | undefined {
  const url = URL.parse(text, base ?? 'https://unknown.invalid');
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return undefined;
  if (base === undefined && url.hostname === 'unknown.invalid') return undefined;
  // The URL standard leaves these in a path or query; RFC 3986 does not allow them.
  return url.href.replace(/[|^`{}[\]\\"<>]/g, (character, index: number) =>
    isHostBracket(url, index) ? character : `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  ) as AbsoluteUrl;
}

/** The same address without the name and password in it (RFC 3986 §3.2.1). */
export function withoutUserInfo(url: string): string {
  return url.replace(/^(https?:\/\/)[^/?#]*@/, '$1');
}

/** The path of PUBLIC_URL, without a slash at its end: empty where it has none. */
export function basePath(publicUrl: string): string {
  return new URL(publicUrl).pathname.replace(/\/$/, '');
}

function isHostBracket(url: URL, index: number): boolean {
  return url.hostname.startsWith('[') && index < url.href.indexOf(']') + 1;
}

/**
 * Whether the percent-encoding of a path or URL, undone once or more often, holds what some clients and proxies take for
 * a step to another path (RFC 3986 §3.3, §5.2.4), or do not take at all. Bare steps are resolved, and hide nothing.
 */
export function hidesSteps(link: string): boolean {
  const path = decodeFully(URL.parse(link, 'https://unknown.invalid')?.pathname ?? '');
  if (path === undefined) return true;
  return /[\u0000-\u001f\u007f\\]/.test(path) || path.split('/').some((one) => one === '.' || one === '..');
}

/** Whether the percent-encoding of a path or URL stands for text (RFC 3987 §3.2). */
export function isPathInUtf8(link: string): boolean {
  try {
    decodeURIComponent(URL.parse(link, 'https://unknown.invalid')?.pathname ?? '');
    return true;
  } catch {
    return false;
  }
}

/** Nobody encodes more often, and each time takes as long as the path. */
const mostLayers = 8;

/** With every byte of ASCII that is encoded, however often; undefined when there is no end to it. */
function decodeFully(path: string): string | undefined {
  let text = path;
  for (let layer = 0; layer < mostLayers; layer += 1) {
    const decoded = text.replace(/%([0-7][\da-f])/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
    if (decoded === text) return text;
    text = decoded;
  }
  return undefined;
}
