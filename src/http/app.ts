import type { RequestListener } from 'node:http';
import express, { type Express, type RequestHandler } from 'express';
import type { Edition } from '../edition/edition.ts';
import type { PageDesk } from '../edition/page-desk.ts';
import { basePath } from '../lib/url.ts';
import { decodePath, encodePath } from '../store/paths.ts';
import { aliasOf } from './aliases.ts';
import { type Answer, type CountAnswer, sendAnswer, textAnswer } from './answer.ts';
import { sendMade, sendResource } from './feed-handler.ts';
import type { Freshness } from './freshness.ts';
import { serveMedia } from './media.ts';
import { ended, movedTo, notFound, nothingYet, outOfOrder, refusalOf } from './refusals.ts';
import { canonicalPath, canonicalTarget, isFeedLike, messagePath, pageNumber, pageQuery } from './target.ts';

/** What the app needs from the rest of the process. */
export type AppParts = {
  readonly current: () => Edition | undefined;
  /** Pages that are not in the edition. */
  readonly pages: PageDesk;
  /** Without a slash at its end. */
  readonly publicUrl: string;
  readonly dataDir: string;
  readonly freshness: () => Freshness;
  /** Answers below `/-/`; absent: nothing is there. */
  readonly admin?: RequestHandler | undefined;
  /** Answers to /metrics; absent: nothing is there. */
  readonly metrics?: RequestHandler | undefined;
  readonly count: CountAnswer;
};

/** The path of PUBLIC_URL as requests are compared with it, without a slash at its end. */
export function prefixOf(publicUrl: string): string {
  const path = basePath(publicUrl);
  return canonicalPath(path) ?? path;
}

/** Answers for all that the feed handler passes on; listening is the caller's. */
export function createApp(parts: AppParts): RequestListener {
  const app = route(parts);
  const prefix = prefixOf(parts.publicUrl);
  return (request, response) => {
    // Before Express sees it: that cuts what it finds first off the URL at each mounted path, also when the URL has been
    // rewritten since, and leaves requests unanswered whose path it cannot read.
    const target = canonicalTarget(request.url!, prefix);
    if (target === undefined) return sendAnswer(request, response, refusalOf(request.method) ?? notFound);
    request.url = target;
    app(request, response);
  };
}

function route(parts: AppParts): Express {
  const app = express();
  app.disable('x-powered-by');
  if (parts.admin !== undefined) app.use('/-', parts.admin);
  if (parts.metrics !== undefined) app.use('/metrics', parts.metrics);
  app.use(refuseMethods);
  app.use('/livez', (request, response) => sendAnswer(request, response, alive));
  app.use('/readyz', (request, response) => {
    sendAnswer(request, response, parts.current() === undefined ? nothingYet : ready);
  });
  app.use('/media', serveMedia(parts.current, parts.dataDir));
  app.use(whatEnded(parts));
  app.use(redirectSlash(parts));
  app.use(storedPage(parts));
  app.use(whatIsNot(parts));
  app.use(whatFailed);
  return app;
}

const alive: Answer = textAnswer(200, 'alive', { cacheControl: 'no-store' });
const ready: Answer = textAnswer(200, 'ready', { cacheControl: 'no-store' });

const refuseMethods: RequestHandler = (request, response, next) => {
  const refusal = refusalOf(request.method);
  if (refusal === undefined) next();
  else sendAnswer(request, response, refusal);
};

/** Before the first edition nothing is known to be there or not; a feed that was renamed or ended is. */
function whatEnded({ current, publicUrl, freshness, count }: AppParts): RequestHandler {
  return (request, response, next) => {
    const edition = current();
    if (edition === undefined) return sendAnswer(request, response, nothingYet);
    const names = [request.path, aliasOf(request.path), otherSlash(request.path)];
    const path = names.find((one) => one !== undefined && (edition.moved.has(one) || edition.gone.has(one)));
    if (path === undefined) return next();
    const to = edition.moved.get(path);
    if (to !== undefined) return sendAnswer(request, response, movedTo(publicUrl + to + pageQuery(request.url)));
    const page = isFeedLike(path) ? undefined : edition.resources.get(messagePath(path, 410));
    if (page === undefined) sendAnswer(request, response, ended);
    else sendResource(request, response, page, freshness(), count);
  };
}

/** A folder without its slash, and an entry with one, are one redirect away from their page. */
function redirectSlash({ current, publicUrl }: AppParts): RequestHandler {
  return (request, response, next) => {
    const other = otherSlash(request.path);
    const edition = current();
    if (edition?.resources.has(other) !== true && edition?.onDemand.has(other) !== true) return next();
    sendAnswer(request, response, movedTo(publicUrl + other + pageQuery(request.url)));
  };
}

/** The path with a slash at its end, or without the one that it has. */
function otherSlash(path: string): string {
  return path.endsWith('/') ? path.slice(0, -1) : `${path}/`;
}

function storedPage({ pages, publicUrl, freshness, count }: AppParts): RequestHandler {
  return async (request, response, next) => {
    // An entry may be called as programs call feeds.
    for (const asked of [request.path, aliasOf(request.path)]) {
      if (asked === undefined) continue;
      const path = decodePath(asked)!;
      const found = await pages.find(path.length > 1 ? path.replace(/\/$/, '') : path, pageNumber(request.url));
      if (found === undefined) continue;
      if (found.resource === undefined || encodePath(path) !== found.path) {
        return sendAnswer(request, response, movedTo(publicUrl + found.path + pageQuery(request.url)));
      }
      return sendMade(request, response, found.resource, { pages, freshness, count });
    }
    next();
  };
}

function whatIsNot({ current, publicUrl, freshness, count }: AppParts): RequestHandler {
  const prefix = prefixOf(publicUrl);
  return (request, response) => {
    const { path } = request;
    if (path === prefix) return sendAnswer(request, response, movedTo(`${publicUrl}/`));
    const page = isFeedLike(path) ? undefined : current()?.resources.get(messagePath(path, 404));
    if (page === undefined) sendAnswer(request, response, notFound);
    else sendResource(request, response, page, freshness(), count);
  };
}

/** The store cannot be read: that says nothing of what is there, so it is neither 404 nor 410. */
const whatFailed: (...all: Parameters<express.ErrorRequestHandler>) => void = (_error, request, response, _next) => {
  if (response.headersSent) response.destroy();
  else sendAnswer(request, response, outOfOrder);
};
