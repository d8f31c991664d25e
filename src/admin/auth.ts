import { hash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import type { Config } from '../config.ts';
import { type Answer, sendAnswer } from '../http/answer.ts';
import { clientOf, createAllowance } from '../http/rate-limit.ts';
import { notFound } from '../http/refusals.ts';
import { privateText } from './answers.ts';

/** Wrong tokens that a client may send in a minute. */
const triesPerMinute = 10;

type Credentials = { readonly scheme: 'bearer' | 'basic'; readonly token: string };

/**
 * Lets those pass who send ADMIN_TOKEN: as a Bearer token (RFC 6750 §2.1), or as the password of Basic (RFC 7617) with
 * any name. What changes anything needs Bearer, or that the browser says that a page of ours asks
 * (`Sec-Fetch-Site: same-origin`): a browser sends Basic along also when another site made it ask. Without ADMIN_TOKEN
 * there is nothing here, 404.
 */
export function requireAdmin(config: Pick<Config, 'ADMIN_TOKEN' | 'TRUST_PROXY'>): RequestHandler {
  const { ADMIN_TOKEN: secret, TRUST_PROXY: proxies = 0 } = config;
  if (secret === undefined) return (request, response) => sendAnswer(request, response, notFound);
  const expected = digest(secret);
  const tries = createAllowance(triesPerMinute);
  const refusalOf = (request: IncomingMessage): Answer | undefined => {
    const { authorization } = request.headers;
    if (authorization === undefined) return unknown;
    const client = clientOf(request, proxies) ?? '';
    // Before the comparison: who has guessed too often learns nothing more.
    const wait = tries.wait(client);
    if (wait > 0) return tooOften(wait);
    const credentials = readCredentials(authorization);
    if (credentials === undefined || !timingSafeEqual(digest(credentials.token), expected)) {
      tries.take(client);
      return unknown;
    }
    return isOwnWish(request, credentials) ? undefined : foreign;
  };
  return (request, response, next) => {
    const refusal = refusalOf(request);
    if (refusal === undefined) next();
    else sendAnswer(request, response, refusal);
  };
}

// RFC 9110 §11.6.1; the realm is what a browser asks for the password of.
const unknown: Answer = privateText(401, 'Expected the token', [
  'WWW-Authenticate',
  'Basic realm="Linecaster", charset="UTF-8"',
]);

const foreign: Answer = privateText(
  403,
  'Expected a Bearer token, or a form of this site in a browser that says so, which it does over https and on localhost',
);

/** RFC 6585 §4. */
function tooOften(seconds: number): Answer {
  return privateText(429, 'Too many wrong tokens', ['Retry-After', String(seconds)]);
}

function readCredentials(authorization: string): Credentials | undefined {
  const [, scheme, text] = /^(bearer|basic) +(\S+) *$/i.exec(authorization) ?? [];
  if (scheme === undefined || text === undefined) return undefined;
  if (scheme.toLowerCase() === 'bearer') return { scheme: 'bearer', token: text };
  const decoded = Buffer.from(text, 'base64').toString();
  const colon = decoded.indexOf(':');
  return colon === -1 ? undefined : { scheme: 'basic', token: decoded.slice(colon + 1) };
}

function isOwnWish({ method, headers }: IncomingMessage, { scheme }: Credentials): boolean {
  const isReading = method === 'GET' || method === 'HEAD';
  return isReading || scheme === 'bearer' || headers['sec-fetch-site'] === 'same-origin';
}

/** All of one length, so that the time of a comparison says nothing of the token. */
function digest(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}
