import { type Answer, briefly, forAnHour, type Headers, textAnswer } from './answer.ts';

/** What is answered at all. */
export const methods = 'GET, HEAD, OPTIONS';

/** What a page of another site may ask for (Fetch §3.2), and what any client may. */
export const preflightHeaders: Headers = [
  ['Allow', methods],
  ['Access-Control-Allow-Methods', methods],
  ['Access-Control-Allow-Headers', 'If-None-Match, If-Modified-Since, A-IM, Accept, Cache-Control'],
  ['Access-Control-Max-Age', '86400'],
];

const preflight: Answer = textAnswer(204, '', { headers: preflightHeaders.flat() });

/** RFC 9110 §15.5.6. */
const wrongMethod: Answer = textAnswer(405, '', { cacheControl: briefly, headers: ['Allow', methods] });

/** RFC 9110 §15.5.7: none of the encodings that there are. */
export const notAcceptable: Answer = textAnswer(406, 'Available: br, gzip or identity', { cacheControl: briefly });

/** RFC 9110 §15.5.13: it is no longer what the client has a part of. Of no use to anybody else. */
export const failedCondition: Answer = textAnswer(412, 'It has changed', { cacheControl: 'no-store' });

/** RFC 9110 §15.5.17; `Content-Range`, which says how long it is, is set beside it. */
export const noSuchRange: Answer = textAnswer(416, 'There is no such part of it', { cacheControl: 'no-store' });

export const notFound: Answer = textAnswer(404, 'Not found', { cacheControl: briefly });

/** RFC 9110 §15.5.11: it was there, and is not to come back. */
export const ended: Answer = textAnswer(410, 'This feed has ended', { cacheControl: briefly });

export const nothingYet: Answer = textAnswer(503, 'Nothing is published yet', { headers: ['Retry-After', '60'] });

export const outOfOrder: Answer = textAnswer(503, 'This cannot be read just now', { headers: ['Retry-After', '60'] });

/** The answer to a method that reads nothing; undefined for GET and HEAD. */
export function refusalOf(method: string | undefined): Answer | undefined {
  if (method === 'GET' || method === 'HEAD') return undefined;
  return method === 'OPTIONS' ? preflight : wrongMethod;
}

/** RFC 9110 §15.4.2, to an absolute URL. */
export function movedTo(location: string): Answer {
  return textAnswer(301, '', { cacheControl: forAnHour, headers: ['Location', location] });
}

/** RFC 6585 §4. */
export function tooMany(seconds: number): Answer {
  return textAnswer(429, 'Too many requests without If-None-Match', { headers: ['Retry-After', String(seconds)] });
}
