/** A document's validators, as its answers carry them. */
export type Validators = {
  /** The opaque part of the weak tag, without `W/` and quotes. */
  readonly opaqueTag: string;
  /** Seconds since 1970. */
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
  if (ifNoneMatch !== undefined) return matchesTag(ifNoneMatch, validators.opaqueTag);
  if (ifModifiedSince === undefined || validators.version === undefined) return false;
  const since = Date.parse(ifModifiedSince);
  return since >= validators.version * 1000;
}

// What servers and proxies make of a tag on its way: Apache's `-gzip` and `--gzip`, Jetty's `;gzip`, and their kind.
const suffix = /(?:-{1,2}|;)(?:gzip|br|deflate|zstd|gz)$/;

/** Weak comparison (RFC 9110 §8.8.3.2) against each tag in the list, however it was mangled; `*` matches. */
export function matchesTag(ifNoneMatch: string, opaqueTag: string): boolean {
  if (!ifNoneMatch.includes(opaqueTag)) return ifNoneMatch.trim() === '*';
  return ifNoneMatch.split(',').some((one) => toOpaqueTag(one) === opaqueTag);
}

function toOpaqueTag(tag: string): string {
  return tag.trim().replace(/^W\//i, '').replace(/^"|"$/g, '').replace(suffix, '').replace(/"$/, '');
}
