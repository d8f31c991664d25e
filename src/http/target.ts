import { decodePath, encodePath } from '../store/paths.ts';

/**
 * The path of a request target (RFC 9112 §3.2) below PUBLIC_URL: without query, scheme and authority, and with or
 * without the path of PUBLIC_URL (`prefix`).
 */
export function pathOf(target: string, prefix: string): string {
  const own = target.startsWith('/') ? target : withoutAuthority(target);
  const end = own.search(/[?#]/);
  return withoutPrefix(end === -1 ? own : own.slice(0, end), prefix);
}

// A store cannot count further, and no feed has so many.
const mostPages = 999_999_999;

/** Which page of a feed the query asks for with `page` or `paged`; 1 for anything but a positive integer. */
export function pageNumber(target: string): number {
  const query = target.indexOf('?');
  if (query === -1) return 1;
  const [, page] = /[?&]paged?=([1-9]\d*)(?:[&#]|$)/.exec(target.slice(query)) ?? [];
  return page === undefined ? 1 : Math.min(Number(page), mostPages);
}

/** The query for that page, with which a redirect leads to the same one; empty for the first. */
export function pageQuery(target: string): string {
  const page = pageNumber(target);
  return page === 1 ? '' : `?page=${page}`;
}

/**
 * A path as documents write it: NFC, percent-encoded one way only, no empty segments. Undefined where it is not
 * UTF-8, and where an encoded slash (RFC 3986 §2.2) or a NUL is part of a name: no path of ours has one, and Postgres
 * takes no NUL.
 */
export function canonicalPath(path: string): string | undefined {
  if (/%2f|%5c|%00/i.test(path)) return undefined;
  const decoded = decodePath(path);
  return decoded === undefined ? undefined : encodePath(decoded.replace(/\/{2,}/g, '/'));
}

/** The canonical path of a request target below PUBLIC_URL, whose own path may be written in other ways as well. */
export function canonicalPathOf(target: string, prefix: string): string | undefined {
  const path = canonicalPath(pathOf(target, ''));
  return path === undefined ? undefined : withoutPrefix(path, prefix);
}

/**
 * A request target with a canonical path below PUBLIC_URL and its query, and nothing else; undefined where it has no
 * such path. That of `OPTIONS *` is the root.
 */
export function canonicalTarget(target: string, prefix: string): string | undefined {
  if (target === '*') return '/';
  const path = canonicalPathOf(target, prefix);
  const query = /^[^?#]*(\?[^#]*)/.exec(target)?.[1] ?? '';
  return path === undefined ? undefined : path + query;
}

/** Whether a program that reads feeds asks, rather than a person. */
export function isFeedLike(path: string): boolean {
  return /(?:\.(?:xml|rss|atom|json|rdf)|\/(?:feed|rss|atom|rdf)\/?)$/i.test(path);
}

function withoutPrefix(path: string, prefix: string): string {
  return prefix !== '' && path.startsWith(prefix) && path[prefix.length] === '/' ? path.slice(prefix.length) : path;
}

function withoutAuthority(target: string): string {
  const [start] = /^https?:\/\/[^/?#]*/i.exec(target) ?? [''];
  const rest = target.slice(start.length);
  return rest.startsWith('/') ? rest : `/${rest}`;
}

/** The page that tells people what is not at `path`: below `/embed/` one that frames of other sites may show. */
export function messagePath(path: string, status: 404 | 410): string {
  return `${path.startsWith('/embed/') ? '/embed' : ''}/${status}.html`;
}
