import { resolve } from 'node:path';
import type { Request, RequestHandler } from 'express';
import type { Edition } from '../edition/edition.ts';
import { insideContent } from '../lib/inside-file.ts';
import { decodePath } from '../store/paths.ts';
import { sendFile } from './send-file.ts';

/** Serves the files of the data folder that a published entry refers to, and no others, with ranges and validators. */
export function serveMedia(current: () => Edition | undefined, dataDir: string): RequestHandler {
  return async (request: Request, response, next) => {
    const path = decodePath(request.path.slice(1));
    const diskPath = path === undefined ? undefined : current()?.media.get(path);
    if (diskPath === undefined) return next();
    const file = await insideContent(resolve(dataDir), diskPath);
    if (file === undefined) return next();
    response.set({
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': "sandbox; default-src 'none'",
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Expose-Headers': 'ETag, Last-Modified, Link, Retry-After',
      'Cross-Origin-Resource-Policy': 'cross-origin',
    });
    const fault = await sendFile(response, file, { maxAge: 3_600_000 });
    if (fault !== undefined) next();
  };
}
