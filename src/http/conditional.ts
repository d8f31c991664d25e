/** A document's validators, as its answers carry them. */
export type Validators = {
  readonly etag: string;
  /** The opaque part of the weak tag, without `W/` and quotes. */
  readonly opaqueTag: string;
  /** Seconds since 1970; undefined where there is no date, or none that may be told. */
  readonly version: number | undefined;
};

/**
 * Whether a request's conditions say that the client has this document already: RFC 9110 §13.2.2 for GET and HEAD.
 * `If-None-Match` alone decides when it is there; only without it does `If-Modified-Since` count.
 */
export function isNotModified(
  validators: Validators,
  ifNoneMatch: string | undefined,
  ifModifiedSince: string | undefined,
): boolean {
  if (ifNoneMatch !== undefined) {
    return ifNoneMatch === validators.etag || matchesTag(ifNoneMatch, validators.opaqueTag);
  }
  if (ifModifiedSince === undefined || validators.version === undefined) return false;
  return secondsOf(ifModifiedSince) >= validators.version;
}

/** An HTTP-date (RFC 9110 §5.6.7, any of its three forms) in seconds since 1970; NaN for anything else. */
export function secondsOf(date: string): number {
  if (!/^[A-Z][a-z]{2,8},? [\dA-Z]/.test(date)) return Number.NaN;
  // The oldest form names no zone, and means this one.
  return Date.parse(/(?:GMT|UTC|[+-]\d{4})$/.test(date) ? date : `${date} GMT`) / 1000;
}

/** Weak comparison (RFC 9110 §8.8.3.2) against each tag in the list, however it was mangled; `*` matches. */
function matchesTag(ifNoneMatch: string, opaqueTag: string): boolean {
  if (!ifNoneMatch.includes(opaqueTag)) return ifNoneMatch.trim() === '*';
  return opaqueTags(ifNoneMatch).includes(opaqueTag);
}

/** The opaque parts of the tags in a list, without what servers and proxies made of them on their way. */
export function opaqueTags(ifNoneMatch: string): readonly string[] {
  return ifNoneMatch.split(',').map(toOpaqueTag);
}

/**
 * The newest tag in the list that is of our making, later than `version` and not later than `now` (seconds since
 * 1970): it comes from a replica that is ahead of this one.
 */
export function newerTag(
  ifNoneMatch: string,
  version: number,
  now: number,
): { readonly opaqueTag: string; readonly version: number } | undefined {
  let newest: { readonly opaqueTag: string; readonly version: number } | undefined;
  for (const opaqueTag of opaqueTags(ifNoneMatch)) {
    const [, digits] = ownTag.exec(opaqueTag) ?? [];
    const theirs = Number(digits);
    if (theirs > (newest?.version ?? version) && theirs <= now) newest = { opaqueTag, version: theirs };
  }
  return newest;
}

/** The opaque part of a tag that is written as it should be. */
export function toOpaque(etag: string): string {
  return etag.replace(/^W\/"|"$/g, '');
}

const ownTag = /^(\d{1,12})-\w{16}$/;

// Apache's `-gzip` and `--gzip`, Jetty's `;gzip`, and their kind.
const suffix = /(?:-{1,2}|;)(?:gzip|br|deflate|zstd|gz)$/;

function toOpaqueTag(tag: string): string {
  return tag.trim().replace(/^W\//i, '').replace(/^"|"$/g, '').replace(suffix, '').replace(/"$/, '');
}
