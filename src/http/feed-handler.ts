import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Edition } from '../edition/edition.ts';
import type { Resource } from '../edition/resource.ts';
import { decodePath, encodePath } from '../store/paths.ts';
import { isNotModified, type Validators } from './conditional.ts';
import { type Coding, codings, negotiateCoding } from './negotiate.ts';

/** What Express and node:http call: answers, or passes on to `next`. */
export type Handler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

type Answer = { readonly status: number; readonly headers: string[]; readonly body: Uint8Array | undefined };

/** A resource with every answer ready; only Cache-Control is filled in. */
type Prepared = Validators & {
  readonly full: Readonly<Record<Coding, Answer>>;
  readonly notModified: Answer;
};

/** Answers for everything in the edition; what is not in it goes to `next`. */
export function createFeedHandler(
  current: () => Edition | undefined,
  options: { readonly prefix: string; readonly cacheControl: () => string },
): Handler {
  const prepared = new WeakMap<Resource, Prepared>();
  return (request, response, next) => {
    const resource = find(current(), request.url!, options.prefix);
    if (resource === undefined || pageNumber(request.url!) > 1) return next();
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuseMethod(request, response);
    let ready = prepared.get(resource);
    if (ready === undefined) {
      ready = prepare(resource);
      prepared.set(resource, ready);
    }
    send(request, response, choose(ready, request), options.cacheControl());
  };
}

/** Answers with one resource, as the feed handler does with those of the edition. */
export function sendResource(
  request: IncomingMessage,
  response: ServerResponse,
  resource: Resource,
  cacheControl: string,
): void {
  send(request, response, choose(prepare(resource), request), cacheControl);
}

function find(edition: Edition | undefined, url: string, prefix: string): Resource | undefined {
  if (edition === undefined) return undefined;
  const path = pathOf(url, prefix);
  return edition.resources.get(path) ?? edition.resources.get(canonical(path));
}

/** A request target's path below PUBLIC_URL: without query, and with or without the path of PUBLIC_URL. */
export function pathOf(url: string, prefix: string): string {
  const end = url.indexOf('?');
  const path = end === -1 ? url : url.slice(0, end);
  return prefix !== '' && path.startsWith(prefix) && path[prefix.length] === '/' ? path.slice(prefix.length) : path;
}

/** Which page of a feed the query asks for with `page` or `paged`; 1 for anything but a positive integer. */
export function pageNumber(url: string): number {
  const [, page] = /[?&]paged?=([1-9]\d{0,8})(?:&|$)/.exec(url) ?? [];
  return page === undefined ? 1 : Number(page);
}

function canonical(path: string): string {
  const decoded = decodePath(path);
  return decoded === undefined ? path : encodePath(decoded);
}

function choose(ready: Prepared, request: IncomingMessage): Answer {
  const { headers } = request;
  if (isNotModified(ready, headers['if-none-match'], headers['if-modified-since'])) return ready.notModified;
  const coding = negotiateCoding(headers['accept-encoding'] as string | undefined);
  return coding === undefined ? notAcceptable : ready.full[coding];
}

function send(request: IncomingMessage, response: ServerResponse, answer: Answer, cacheControl: string): void {
  answer.headers[1] = cacheControl;
  response.writeHead(answer.status, answer.headers);
  if (answer.body === undefined || request.method === 'HEAD') response.end();
  else response.end(answer.body);
}

const common: readonly string[] = [
  'Vary',
  'Accept-Encoding',
  'X-Content-Type-Options',
  'nosniff',
  'Access-Control-Allow-Origin',
  '*',
  'Access-Control-Expose-Headers',
  'ETag, Last-Modified, Link, Retry-After',
  'Cross-Origin-Resource-Policy',
  'cross-origin',
];

const notAcceptable: Answer = {
  status: 406,
  headers: ['Cache-Control', '', ...common, 'Content-Type', 'text/plain; charset=utf-8', 'Content-Length', '32'],
  body: Buffer.from('Available: br, gzip or identity\n'),
};

function prepare(resource: Resource): Prepared {
  const lastModified =
    resource.version === undefined ? [] : ['Last-Modified', new Date(resource.version * 1000).toUTCString()];
  const validators = ['ETag', resource.etag, ...lastModified];
  const bodies = { br: resource.brotli, gzip: resource.gzip, identity: resource.identity };
  const link = resource.link === undefined ? [] : ['Link', resource.link];
  const answer = (coding: Coding): Answer => ({
    status: resource.status,
    headers: [
      'Cache-Control',
      '',
      'Content-Type',
      resource.contentType,
      'Content-Length',
      String(bodies[coding].byteLength),
      ...(coding === 'identity' ? [] : ['Content-Encoding', coding]),
      ...validators,
      ...link,
      ...common,
    ],
    body: bodies[coding],
  });
  return {
    opaqueTag: resource.etag.replace(/^W\/"|"$/g, ''),
    version: resource.version,
    full: Object.fromEntries(codings.map((coding) => [coding, answer(coding)])) as Prepared['full'],
    notModified: {
      status: 304,
      headers: ['Cache-Control', '', ...validators, 'Vary', 'Accept-Encoding', 'Access-Control-Allow-Origin', '*'],
      body: undefined,
    },
  };
}

function refuseMethod(request: IncomingMessage, response: ServerResponse): void {
  const isPreflight = request.method === 'OPTIONS';
  response.writeHead(isPreflight ? 204 : 405, {
    Allow: 'GET, HEAD, OPTIONS',
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Methods': 'GET, HEAD, OPTIONS',
    'Access-Control-Allow-Headers': 'If-None-Match, If-Modified-Since, A-IM, Accept, Cache-Control',
    'Access-Control-Max-Age': '86400',
  });
  response.end();
}
