import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Freshness } from './freshness.ts';

/** What Express and node:http call: answers, or passes on to `next`. */
export type Handler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/** One answer, ready to be sent. `headers` are names and values in turn; the first is Cache-Control. */
export type Answer = {
  readonly status: number;
  readonly headers: string[];
  readonly body: Uint8Array | undefined;
};

/** Is told of every answer to a request for a document, just before it is sent; `document` is what was asked for. */
export type CountAnswer = (
  request: IncomingMessage,
  document: { readonly path: string; readonly identity?: Uint8Array },
  answer: Answer,
  freshness: Freshness,
) => void;

/** Names and values of headers. */
export type Headers = readonly (readonly [name: string, value: string])[];

/** The headers of everything that is served but the admin's own, besides `Date` and `Vary`. */
export const everywhere: Headers = [
  ['X-Content-Type-Options', 'nosniff'],
  ['Access-Control-Allow-Origin', '*'],
  ['Access-Control-Expose-Headers', 'ETag, Last-Modified, Link, Retry-After'],
  ['Cross-Origin-Resource-Policy', 'cross-origin'],
];

/** The same, names and values in turn. */
export const commonHeaders: readonly string[] = everywhere.flat();

/** For how long a refusal may be kept. */
export const briefly = 'public, max-age=60';

/** For how long a redirect may be kept, and a file of the data folder. */
export const forAnHour = 'public, max-age=3600';

/** For how long what never changes at its address may be kept (RFC 8246). */
export const forEver = 'public, max-age=31536000, immutable';

/** Content-Security-Policy of files of the data folder, so that nothing in them can run. */
export const mediaPolicy = "sandbox; default-src 'none'";

/** A short answer in plain text. Without `cacheControl` it says nothing of how long it holds. */
export function textAnswer(
  status: number,
  text: string,
  { cacheControl, headers = [] }: { readonly cacheControl?: string; readonly headers?: readonly string[] } = {},
): Answer {
  const body = Buffer.from(text === '' ? '' : `${text}\n`);
  return {
    status,
    headers: [
      ...(cacheControl === undefined ? [] : ['Cache-Control', cacheControl]),
      ...(status === 204 ? [] : ['Content-Length', String(body.length)]),
      ...(text === '' ? [] : ['Content-Type', 'text/plain; charset=utf-8']),
      ...headers,
      'Vary',
      'Accept-Encoding',
      ...commonHeaders,
    ],
    body: text === '' ? undefined : body,
  };
}

/** Sends an answer; to HEAD, all of it but the body (RFC 9110 §9.3.2). */
export function sendAnswer(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  // To an HTTP/1.1 client that did not ask for an end, an open connection goes without saying (RFC 9112 §9.3). With one
  // that sends no more it ends here, which Node forgets where nothing is said.
  const staysOpen = response.shouldKeepAlive && !request.socket.readableEnded;
  if (staysOpen && request.httpVersionMinor === 1) response.removeHeader('Connection');
  response.writeHead(answer.status, answer.headers);
  if (answer.body === undefined || request.method === 'HEAD') response.end();
  else response.end(answer.body);
}
