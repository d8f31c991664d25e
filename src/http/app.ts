import express, { type Express, type RequestHandler } from 'express';
import type { Edition } from '../edition/edition.ts';
import type { PageDesk } from '../edition/page-desk.ts';
import { decodePath, encodePath } from '../store/paths.ts';
import { createFeedHandler, pageNumber, pathOf, sendResource } from './feed-handler.ts';
import { serveMedia } from './media.ts';

/** What the app needs from the rest of the process. */
export type AppParts = {
  readonly current: () => Edition | undefined;
  /** Pages that are not in the edition. */
  readonly pages: PageDesk;
  /** Without a slash at its end. */
  readonly publicUrl: string;
  readonly dataDir: string;
  readonly cacheControl: () => string;
};

/** The whole HTTP interface; listening is the caller's. */
export function createApp(parts: AppParts): Express {
  const { current, pages, publicUrl, dataDir, cacheControl } = parts;
  const prefix = new URL(publicUrl).pathname.replace(/\/$/, '');
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(createFeedHandler(current, { prefix, cacheControl }));
  app.use((request, _response, next) => {
    request.url = pathOf(request.url, prefix) + new URL(request.url, 'http://any.invalid').search;
    next();
  });
  app.get('/livez', (_request, response) => void plain(response, 200, 'alive'));
  app.get('/readyz', (_request, response) => {
    if (current() === undefined) plain(response, 503, 'no edition yet');
    else plain(response, 200, 'ready');
  });
  app.use('/media', serveMedia(current, dataDir));
  app.use(nothingYet(current));
  app.use(endedFeed(current, publicUrl));
  app.use(redirectSlash(current, publicUrl));
  app.use(storedPage(pages, publicUrl, cacheControl));
  app.use((_request, response) => {
    response.set({ 'Cache-Control': 'public, max-age=60', 'Access-Control-Allow-Origin': '*' });
    plain(response, 404, 'Not found');
  });
  return app;
}

function plain(response: Parameters<RequestHandler>[1], status: number, text: string): void {
  response.status(status).type('text/plain').send(`${text}\n`);
}

function nothingYet(current: AppParts['current']): RequestHandler {
  return (_request, response, next) => {
    if (current() !== undefined) return next();
    response.set('Retry-After', '60');
    plain(response, 503, 'Nothing is published yet');
  };
}

/** A feed that was renamed, or that has ended. */
function endedFeed(current: AppParts['current'], publicUrl: string): RequestHandler {
  return (request, response, next) => {
    const path = canonicalPath(request.path);
    const edition = current();
    if (path === undefined || edition === undefined) return next();
    const to = edition.moved.get(path);
    if (to !== undefined) return response.redirect(301, publicUrl + to);
    if (!edition.gone.has(path)) return next();
    response.set({ 'Cache-Control': 'public, max-age=60', 'Access-Control-Allow-Origin': '*' });
    plain(response, 410, 'This feed has ended');
  };
}

/** A folder without its slash, and an entry with one, are one redirect away from their page. */
function redirectSlash(current: AppParts['current'], publicUrl: string): RequestHandler {
  return (request, response, next) => {
    const path = canonicalPath(request.path);
    const other = path?.endsWith('/') ? path.slice(0, -1) : `${path}/`;
    if (path === undefined || other === '' || current()?.resources.has(other) !== true) return next();
    response.redirect(301, publicUrl + other);
  };
}

function storedPage(pages: PageDesk, publicUrl: string, cacheControl: () => string): RequestHandler {
  return async (request, response, next) => {
    const path = decodePath(request.path);
    if (path === undefined || (request.method !== 'GET' && request.method !== 'HEAD')) return next();
    const found = await pages.find(path.length > 1 ? path.replace(/\/$/, '') : path, pageNumber(request.url));
    if (found === undefined) return next();
    if (found.resource !== undefined && encodePath(path) === found.path) {
      sendResource(request, response, found.resource, cacheControl());
    } else {
      response.redirect(301, publicUrl + found.path);
    }
  };
}

function canonicalPath(path: string): string | undefined {
  const decoded = decodePath(path);
  return decoded === undefined ? undefined : encodePath(decoded);
}
