import { resolve } from 'node:path';
import type { Request, RequestHandler } from 'express';
import type { Edition } from '../edition/edition.ts';
import { insideContent } from '../lib/inside-file.ts';
import { decodePath } from '../store/paths.ts';
import { type Answer, everywhere, mediaPolicy, sendAnswer } from './answer.ts';
import { failedCondition, noSuchRange } from './refusals.ts';
import { sendFile } from './send-file.ts';

/** What is answered where there is a file, and the request has no use for it. */
const refusals: ReadonlyMap<number, Answer> = new Map([failedCondition, noSuchRange].map((one) => [one.status, one]));

/** Serves the files of the data folder that a published entry refers to, and no others, with ranges and validators. */
export function serveMedia(current: () => Edition | undefined, dataDir: string): RequestHandler {
  return async (request: Request, response, next) => {
    const path = decodePath(request.path.slice(1));
    const diskPath = path === undefined ? undefined : current()?.media.get(path);
    if (diskPath === undefined) return next();
    const file = await insideContent(resolve(dataDir), diskPath);
    if (file === undefined) return next();
    response.setHeaders(new Map([...everywhere, ['Content-Security-Policy', mediaPolicy]]));
    const fault = await sendFile(response, file, { maxAge: 3_600_000 });
    const refusal = fault === undefined ? undefined : refusals.get(fault);
    if (refusal !== undefined) sendAnswer(request, response, refusal);
    else if (fault !== undefined) next();
  };
}
