import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Edition } from '../edition/edition.ts';
import type { PageDesk } from '../edition/page-desk.ts';
import type { PlainResource, Resource, ResourceHead } from '../edition/resource.ts';
import type { DocumentStamp } from '../edition/stored-documents.ts';
import { aliasOf } from './aliases.ts';
import { type Answer, type CountAnswer, forEver, type Handler, sendAnswer } from './answer.ts';
import { isNotModified, newerTag } from './conditional.ts';
import { deltaFor, takesDeltas } from './delta-answers.ts';
import type { Freshness } from './freshness.ts';
import { type Coding, negotiateCoding } from './negotiate.ts';
import { answerOf, answersOf, type Conditions, conditionsOf, toNotModified, validatorHeaders } from './prepared.ts';
import { notAcceptable, outOfOrder, refusalOf } from './refusals.ts';
import { canonicalPathOf, pageNumber, pathOf } from './target.ts';

type Asked = [request: IncomingMessage, response: ServerResponse];

/** What the handler needs from the rest of the process. */
export type FeedParts = {
  readonly current: () => Edition | undefined;
  /** Makes the documents that the edition has only the stamps of. */
  readonly pages: Pick<PageDesk, 'head' | 'document' | 'encode'>;
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
  const sendStamped = async (...[request, response, stamp]: [...Asked, DocumentStamp]): Promise<void> => {
    const head = pages.head(stamp);
    const known = refusalOf(request.method) ?? (head && chooseWithoutBody(request, head, freshness()));
    if (known !== undefined) return sendCounted(request, response, stamp, known);
    const made = await pages.document(stamp).catch(() => undefined);
    if (made === undefined) sendCounted(request, response, stamp, outOfOrder);
    else await sendMade(request, response, made, { pages, freshness, count });
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
    else sendStamped(request, response, stamp).catch(() => response.destroy());
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

/** The same with what was made on demand, which is encoded when somebody asks for it so. */
export async function sendMade(
  request: IncomingMessage,
  response: ServerResponse,
  resource: PlainResource,
  { pages, freshness, count }: Pick<FeedParts, 'freshness' | 'count'> & { readonly pages: Pick<PageDesk, 'encode'> },
): Promise<void> {
  const send = (answer: Answer): void => {
    count(request, resource, answer, freshness());
    sendAnswer(request, response, answer);
  };
  const known = refusalOf(request.method) ?? chooseWithoutBody(request, resource, freshness());
  if (known !== undefined) return send(known);
  const coding = codingOf(request);
  if (coding === undefined) return send(notAcceptable);
  const body = await bodyIn(coding, resource, pages);
  const now = freshness();
  const answer = answerOf(resource, conditionsOf(resource, now.second), coding, body);
  send(resource.status === 200 ? dated(answer, sharedOf(resource, now)) : answer);
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
  const found = all.get(path) ?? all.get(aliasOf(path) ?? '') ?? findRewritten(all, target, prefix);
  // Further pages of a feed are not in the edition; a page for people has no others.
  return found?.version !== undefined && pageNumber(target) > 1 ? undefined : found;
}

function findRewritten<T>(all: ReadonlyMap<string, T>, target: string, prefix: string): T | undefined {
  const canonical = canonicalPathOf(target, prefix);
  if (canonical === undefined) return undefined;
  return all.get(canonical) ?? all.get(aliasOf(canonical) ?? '');
}

function choose(request: IncomingMessage, resource: Resource, freshness: Freshness): Answer {
  const { headers } = request;
  const known = chooseWithoutBody(request, resource, freshness);
  if (known !== undefined) return known;
  const coding = codingOf(request);
  if (coding === undefined) return notAcceptable;
  const delta = resource.deltas !== undefined && takesDeltas(headers) ? deltaFor(resource, headers) : undefined;
  if (delta !== undefined) return dated(delta[coding], freshness.own);
  const answer = answersOf(resource, conditionsOf(resource, freshness.second))[coding];
  return resource.status === 200 ? dated(answer, sharedOf(resource, freshness)) : answer;
}

/** The answer that needs no body, if the client has the document, or a later one of another machine. */
function chooseWithoutBody({ headers }: IncomingMessage, head: ResourceHead, freshness: Freshness): Answer | undefined {
  if (head.status !== 200) return undefined;
  const ready = conditionsOf(head, freshness.second);
  const tags = headers['if-none-match'];
  if (isNotModified(ready, tags, headers['if-modified-since'])) {
    return dated(ready.notModified, sharedOf(head, freshness));
  }
  return tags === undefined ? undefined : aheadOf(ready, tags, freshness);
}

function sharedOf({ lasting }: ResourceHead, { shared }: Freshness): string {
  return lasting === true ? forEver : shared;
}

function codingOf({ headers }: IncomingMessage): Coding | undefined {
  return negotiateCoding(headers['accept-encoding'] as string | undefined);
}

// Between here and the writing of the headers nothing else runs, so that one list serves all requests.
function dated(answer: Answer, cacheControl: string): Answer {
  answer.headers[1] = cacheControl;
  return answer;
}

function bodyIn(
  coding: Coding,
  resource: PlainResource,
  { encode }: Pick<PageDesk, 'encode'>,
): Uint8Array | Promise<Uint8Array> {
  return coding === 'identity' ? resource.identity : encode(resource, coding === 'br' ? 'brotli' : 'gzip');
}

/** A client that asked another machine a moment ago may have what this one has yet to make. */
function aheadOf({ version }: Conditions, tags: string, { second, shared }: Freshness): Answer | undefined {
  const ahead = version === undefined ? undefined : newerTag(tags, version, second);
  if (ahead === undefined) return undefined;
  return dated(toNotModified(validatorHeaders(`W/"${ahead.opaqueTag}"`, ahead.version)), shared);
}
