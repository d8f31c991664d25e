import type { Bodies, Resource, ResourceHead } from '../edition/resource.ts';
import { type Answer, briefly, commonHeaders } from './answer.ts';
import { toOpaque, type Validators } from './conditional.ts';
import { type Coding, codings } from './negotiate.ts';

/** One answer for each encoding. */
export type Encoded = Readonly<Record<Coding, Answer>>;

/** What is answered to a client that may have the document; Cache-Control, the first header, is filled in when it is sent. */
export type Conditions = Validators & { readonly notModified: Answer };

const conditions = new WeakMap<ResourceHead, Conditions>();
const answers = new WeakMap<Resource, { readonly of: Conditions; readonly full: Encoded }>();

/**
 * A document's validators, made ready once. While the clock (`second`, since 1970) is behind the document's version
 * there is no Last-Modified: a date in the future is no validator (RFC 9110 §8.8.2.1).
 */
export function conditionsOf(head: ResourceHead, second: number): Conditions {
  const isDated = head.version !== undefined && head.version <= second;
  let ready = conditions.get(head);
  if (ready === undefined || (ready.version !== undefined) !== isDated) {
    const version = isDated ? head.version : undefined;
    const notModified = toNotModified(validatorHeaders(head.etag, version));
    ready = { etag: head.etag, opaqueTag: toOpaque(head.etag), version, notModified };
    conditions.set(head, ready);
  }
  return ready;
}

/** The whole answers of a resource, made ready once for these conditions. */
export function answersOf(resource: Resource, of: Conditions): Encoded {
  let ready = answers.get(resource);
  if (ready?.of !== of) {
    ready = { of, full: encodedAnswers(resource.status, resource, headersOf(resource, of.version)) };
    answers.set(resource, ready);
  }
  return ready.full;
}

/** The headers that validate a document. */
export function validatorHeaders(etag: string, version: number | undefined): readonly string[] {
  return ['ETag', etag, ...(version === undefined ? [] : ['Last-Modified', new Date(version * 1000).toUTCString()])];
}

/** A 304 says these validators and what else it has to (RFC 9110 §15.4.5), and no more: it is what is sent most. */
export function toNotModified(validators: readonly string[]): Answer {
  const headers = ['Cache-Control', '', ...validators, 'Vary', 'Accept-Encoding', 'Access-Control-Allow-Origin', '*'];
  return { status: 304, headers, body: undefined };
}

/** An answer with each encoding of its body; `headers` are those that they share. */
export function encodedAnswers(status: number, bodies: Bodies, headers: readonly string[]): Encoded {
  const byCoding = { br: bodies.brotli, gzip: bodies.gzip, identity: bodies.identity };
  const answers = codings.map((coding) => [coding, encodedAnswer(status, coding, byCoding[coding], headers)] as const);
  return Object.fromEntries(answers) as Record<Coding, Answer>;
}

/** The whole answer of a resource in one encoding. */
export function answerOf(head: ResourceHead, of: Conditions, coding: Coding, body: Uint8Array): Answer {
  return encodedAnswer(head.status, coding, body, headersOf(head, of.version));
}

function encodedAnswer(
  status: number,
  coding: Coding,
  { buffer, byteOffset, byteLength }: Uint8Array,
  headers: readonly string[],
): Answer {
  const body = Buffer.from(buffer, byteOffset, byteLength);
  const encoding = coding === 'identity' ? [] : ['Content-Encoding', coding];
  const own = ['Cache-Control', briefly, 'Content-Length', String(byteLength), ...encoding];
  return { status, headers: [...own, ...headers], body };
}

/** The headers of a resource, in whatever encoding it is sent. */
export function headersOf(
  { status, contentType, etag, link, headers }: ResourceHead,
  version: number | undefined,
  vary = 'Accept-Encoding',
): readonly string[] {
  return [
    'Content-Type',
    contentType,
    ...(status === 200 ? validatorHeaders(etag, version) : []),
    ...(link === undefined ? [] : ['Link', link]),
    ...(headers ?? []),
    'Vary',
    vary,
    ...commonHeaders,
  ];
}
