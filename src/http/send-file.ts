import { once } from 'node:events';
import type { ReadStream } from 'node:fs';
import type { Response } from 'express';

/** What Express may be told of the sending of a file. */
type Options = Omit<NonNullable<Parameters<Response['sendFile']>[1]>, 'dotfiles'>;

/**
 * Sends a file that the caller knows to be fit for it, with ranges. Gives the status that says why nothing was sent;
 * undefined when an answer went out.
 */
export async function sendFile(response: Response, file: string, options: Options): Promise<number | undefined> {
  // Behind others in a pipeline its turn may never come, and the file would stay open for ever.
  if (response.socket === null) await once(response, 'socket');
  response.once('pipe', (stream: ReadStream) => {
    stream.prependOnceListener('end', () => {
      // It was written anew meanwhile. The client waits for the rest, and would take the next answer for it.
      if (stream.bytesRead < Number(response.getHeader('Content-Length'))) response.destroy();
    });
  });
  return new Promise((resolve) => {
    // What is hidden was settled by the caller: Express would also look at the folders above the data folder.
    response.sendFile(file, { ...options, dotfiles: 'allow' }, (error) => {
      if (error === undefined || response.headersSent) resolve(undefined);
      else resolve('status' in error ? Number(error.status) : 500);
    });
  });
}
