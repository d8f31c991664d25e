import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Edition } from '../edition/edition.ts';
import type { PageDesk } from '../edition/page-desk.ts';
import type { Resource, ResourceHead } from '../edition/resource.ts';
import type { DocumentStamp } from '../edition/stored-documents.ts';
import { aliasOf } from './aliases.ts';
import { type Answer, type CountAnswer, type Handler, sendAnswer } from './answer.ts';
import { isNotModified, newerTag } from './conditional.ts';
import { deltaFor, takesDeltas } from './delta-answers.ts';
import type { Freshness } from './freshness.ts';
import { negotiateCoding } from './negotiate.ts';
import { answersOf, type Conditions, conditionsOf, type Encoded, toNotModified, validatorHeaders } from './prepared.ts';
import { notAcceptable, outOfOrder, refusalOf } from './refusals.ts';
import { canonicalPath, pageNumber, pathOf } from './target.ts';

type Asked = [request: IncomingMessage, response: ServerResponse];

/** What the handler needs from the rest of the process. */
export type FeedParts = {
  readonly current: () => Edition | undefined;
  /** Makes the documents that the edition has only the stamps of. */
  readonly pages: Pick<PageDesk, 'head' | 'document'>;
  readonly freshness: () => Freshness;
  /** The path of PUBLIC_URL. */
  readonly prefix: string;
  readonly count: CountAnswer;
};

/**
 * Answers for everything in the edition; what is not in it goes to `next`. It can stand before any Express app, or be
 * the listener of a server.
 */
export function createFeedHandler({ current, pages, freshness, prefix, count }: FeedParts): Handler {
  const sendMade = async (request: IncomingMessage, response: ServerResponse, stamp: DocumentStamp): Promise<void> => {
    const head = pages.head(stamp);
    const known = refusalOf(request.method) ?? (head && chooseByHead(request, head, freshness()));
    if (known !== undefined) return sendCounted(request, response, stamp, known);
    const made = await pages.document(stamp).catch(() => undefined);
    if (made === undefined) sendCounted(request, response, stamp, outOfOrder);
    else sendResource(request, response, made, freshness(), count);
  };
  const sendCounted = (...[request, response, stamp, answer]: [...Asked, DocumentStamp, Answer]): void => {
    count(request, stamp, answer, freshness());
    sendAnswer(request, response, answer);
  };
  return (request, response, next) => {
    const edition = current();
    if (edition === undefined) return next();
    const resource = find(edition.resources, request.url!, prefix);
    if (resource !== undefined) return sendResource(request, response, resource, freshness(), count);
    const stamp = find(edition.onDemand, request.url!, prefix);
    if (stamp === undefined) next();
    else void sendMade(request, response, stamp);
  };
}

/** Answers with one resource: its bytes, or that they are the client's already. */
export function sendResource(
  request: IncomingMessage,
  response: ServerResponse,
  resource: Resource,
  freshness: Freshness,
  count: CountAnswer,
): void {
  const answer = refusalOf(request.method) ?? choose(request, resource, freshness);
  count(request, resource, answer, freshness);
  sendAnswer(request, response, answer);
}

/** What the edition knows of a request's target; undefined for what it has not got. */
export function findDocument(
  edition: Edition | undefined,
  target: string,
  prefix: string,
): Resource | DocumentStamp | undefined {
  return edition && (find(edition.resources, target, prefix) ?? find(edition.onDemand, target, prefix));
}

function find<T extends Pick<ResourceHead, 'version'>>(
  all: ReadonlyMap<string, T>,
  target: string,
  prefix: string,
): T | undefined {
  const known = all.get(target);
  if (known !== undefined) return known;
  const path = pathOf(target, prefix);
  const found = all.get(path) ?? all.get(aliasOf(path) ?? '') ?? findRewritten(all, path);
  // Further pages of a feed are not in the edition; a page for people has no others.
  return found?.version !== undefined && pageNumber(target) > 1 ? undefined : found;
}

function findRewritten<T>(all: ReadonlyMap<string, T>, path: string): T | undefined {
  const canonical = canonicalPath(path);
  if (canonical === undefined || canonical === path) return undefined;
  return all.get(canonical) ?? all.get(aliasOf(canonical) ?? '');
}

function choose(request: IncomingMessage, resource: Resource, freshness: Freshness): Answer {
  const { headers } = request;
  const conditions = conditionsOf(resource, freshness.second);
  if (resource.status !== 200) return encoded(answersOf(resource, conditions), headers['accept-encoding']);
  const known = chooseByHead(request, resource, freshness);
  if (known !== undefined) return known;
  const delta = resource.deltas !== undefined && takesDeltas(headers) ? deltaFor(resource, headers) : undefined;
  return delta === undefined
    ? dated(encoded(answersOf(resource, conditions), headers['accept-encoding']), sharedOf(resource, freshness))
    : dated(encoded(delta, headers['accept-encoding']), freshness.own);
}

/** The answer that needs no body, if the client has the document, or a later one of another machine. */
function chooseByHead({ headers }: IncomingMessage, head: ResourceHead, freshness: Freshness): Answer | undefined {
  const ready = conditionsOf(head, freshness.second);
  const tags = headers['if-none-match'];
  if (isNotModified(ready, tags, headers['if-modified-since'])) {
    return dated(ready.notModified, sharedOf(head, freshness));
  }
  return tags === undefined ? undefined : aheadOf(ready, tags, freshness);
}

// RFC 8246.
const forEver = 'public, max-age=31536000, immutable';

function sharedOf({ lasting }: ResourceHead, { shared }: Freshness): string {
  return lasting === true ? forEver : shared;
}

function encoded(answers: Encoded, acceptEncoding: string | string[] | undefined): Answer {
  const coding = negotiateCoding(acceptEncoding as string | undefined);
  return coding === undefined ? notAcceptable : answers[coding];
}

// Between here and the writing of the headers nothing else runs, so that one list serves all requests.
function dated(answer: Answer, cacheControl: string): Answer {
  if (answer !== notAcceptable) answer.headers[1] = cacheControl;
  return answer;
}

/** A client that asked another machine a moment ago may have what this one has yet to make. */
function aheadOf({ version }: Conditions, tags: string, { second, shared }: Freshness): Answer | undefined {
  const ahead = version === undefined ? undefined : newerTag(tags, version, second);
  if (ahead === undefined) return undefined;
  return dated(toNotModified(validatorHeaders(`W/"${ahead.opaqueTag}"`, ahead.version)), shared);
}
