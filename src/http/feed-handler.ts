import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Edition } from '../edition/edition.ts';
import type { Resource } from '../edition/resource.ts';
import { aliasOf } from './aliases.ts';
import { type Answer, type Handler, sendAnswer } from './answer.ts';
import { isNotModified, newerTag } from './conditional.ts';
import { deltaFor, takesDeltas } from './delta-answers.ts';
import type { Freshness } from './freshness.ts';
import { negotiateCoding } from './negotiate.ts';
import { type Prepared, preparedOf, toNotModified, validatorHeaders } from './prepared.ts';
import { notAcceptable, refusalOf } from './refusals.ts';
import { canonicalPath, pageNumber, pathOf } from './target.ts';

/**
 * Answers for everything in the edition; what is not in it goes to `next`. It can stand before any Express app, or be
 * the listener of a server.
 */
export function createFeedHandler(
  current: () => Edition | undefined,
  { prefix, freshness }: { readonly prefix: string; readonly freshness: () => Freshness },
): Handler {
  return (request, response, next) => {
    const edition = current();
    const resource = edition === undefined ? undefined : find(edition, request.url!, prefix);
    if (resource === undefined) return next();
    sendResource(request, response, resource, freshness());
  };
}

/** Answers with one resource: its bytes, or that they are the client's already. */
export function sendResource(
  request: IncomingMessage,
  response: ServerResponse,
  resource: Resource,
  freshness: Freshness,
): void {
  sendAnswer(request, response, refusalOf(request.method) ?? choose(request, resource, freshness));
}

function find({ resources }: Edition, target: string, prefix: string): Resource | undefined {
  const known = resources.get(target);
  if (known !== undefined) return known;
  const path = pathOf(target, prefix);
  const found = resources.get(path) ?? resources.get(aliasOf(path) ?? '') ?? findRewritten(resources, path);
  // Further pages of a feed are not in the edition; a page for people has no others.
  return found?.version !== undefined && pageNumber(target) > 1 ? undefined : found;
}

function findRewritten(resources: Edition['resources'], path: string): Resource | undefined {
  const canonical = canonicalPath(path);
  if (canonical === undefined || canonical === path) return undefined;
  return resources.get(canonical) ?? resources.get(aliasOf(canonical) ?? '');
}

function choose({ headers }: IncomingMessage, resource: Resource, freshness: Freshness): Answer {
  const ready = preparedOf(resource, freshness.second);
  if (resource.status !== 200) return encoded(ready.full, headers['accept-encoding']);
  const shared = resource.lasting === true ? forEver : freshness.shared;
  const tags = headers['if-none-match'];
  if (isNotModified(ready, tags, headers['if-modified-since'])) return dated(ready.notModified, shared);
  const ahead = tags === undefined ? undefined : aheadOf(ready, tags, freshness);
  if (ahead !== undefined) return ahead;
  const delta = resource.deltas !== undefined && takesDeltas(headers) ? deltaFor(resource, headers) : undefined;
  return delta === undefined
    ? dated(encoded(ready.full, headers['accept-encoding']), shared)
    : dated(encoded(delta, headers['accept-encoding']), freshness.own);
}

// RFC 8246.
const forEver = 'public, max-age=31536000, immutable';

function encoded(answers: Prepared['full'], acceptEncoding: string | string[] | undefined): Answer {
  const coding = negotiateCoding(acceptEncoding as string | undefined);
  return coding === undefined ? notAcceptable : answers[coding];
}

// Between here and the writing of the headers nothing else runs, so that one list serves all requests.
function dated(answer: Answer, cacheControl: string): Answer {
  if (answer !== notAcceptable) answer.headers[1] = cacheControl;
  return answer;
}

/** A client that asked another machine a moment ago may have what this one has yet to make. */
function aheadOf({ version }: Prepared, tags: string, { second, shared }: Freshness): Answer | undefined {
  const ahead = version === undefined ? undefined : newerTag(tags, version, second);
  if (ahead === undefined) return undefined;
  return dated(toNotModified(validatorHeaders(`W/"${ahead.opaqueTag}"`, ahead.version)), shared);
}
