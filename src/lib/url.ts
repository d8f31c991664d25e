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

function isHostBracket(url: URL, index: number): boolean {
  return url.hostname.startsWith('[') && index < url.href.indexOf(']') + 1;
}
