import { resolve } from 'node:path';
import type { Response } from 'express';
import { mediaPolicy } from '../http/answer.ts';
import { sendFile } from '../http/send-file.ts';
import { insideContent } from '../lib/inside-file.ts';
import { roleOf } from '../source/roles.ts';
import { findOnDisk } from './on-disk.ts';

const headers = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': mediaPolicy,
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Robots-Tag': 'noindex',
};
const options = { cacheControl: false, lastModified: false } as const;

/** Sends a picture or another such file of the data folder, published or not. False when there is none at the path. */
export async function sendPreviewMedia(dataDir: string, path: string, response: Response): Promise<boolean> {
  if (roleOf(path) !== 'media') return false;
  const diskPath = await findOnDisk(dataDir, path);
  const file = diskPath === undefined ? undefined : await insideContent(resolve(dataDir), diskPath);
  if (file === undefined) return false;
  response.set(headers);
  return (await sendFile(response, file, options)) === undefined;
}
