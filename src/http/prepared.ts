import type { Bodies, Resource } from '../edition/resource.ts';
import { type Answer, briefly, commonHeaders } from './answer.ts';
import { toOpaque, type Validators } from './conditional.ts';
import { type Coding, codings } from './negotiate.ts';

/** One answer for each encoding. */
export type Encoded = Readonly<Record<Coding, Answer>>;

/** A resource with every answer ready; only Cache-Control, the first header, is filled in when one is sent. */
export type Prepared = Validators & { readonly full: Encoded; readonly notModified: Answer };

const prepared = new WeakMap<Resource, Prepared>();

/**
 * The answers of a resource, made once. While the clock (`second`, since 1970) is behind the document's version they
 * carry no Last-Modified: a date in the future is no validator (RFC 9110 §8.8.2.1).
 */
export function preparedOf(resource: Resource, second: number): Prepared {
  const isDated = resource.version !== undefined && resource.version <= second;
  let ready = prepared.get(resource);
  if (ready === undefined || (ready.version !== undefined) !== isDated) {
    ready = prepare(resource, isDated ? resource.version : undefined);
    prepared.set(resource, ready);
  }
  return ready;
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
  const answers = codings.map((coding): readonly [Coding, Answer] => {
    const { buffer, byteOffset, byteLength } = byCoding[coding];
    const body = Buffer.from(buffer, byteOffset, byteLength);
    const encoding = coding === 'identity' ? [] : ['Content-Encoding', coding];
    const own = ['Cache-Control', briefly, 'Content-Length', String(byteLength), ...encoding];
    return [coding, { status, headers: [...own, ...headers], body }];
  });
  return Object.fromEntries(answers) as Record<Coding, Answer>;
}

function prepare(resource: Resource, version: number | undefined): Prepared {
  const { status, contentType, etag, link } = resource;
  const validators = status === 200 ? validatorHeaders(etag, version) : [];
  const headers = [
    'Content-Type',
    contentType,
    ...validators,
    ...(link === undefined ? [] : ['Link', link]),
    ...(resource.headers ?? []),
    'Vary',
    'Accept-Encoding',
    ...commonHeaders,
  ];
  return {
    opaqueTag: toOpaque(etag),
    version,
    full: encodedAnswers(status, resource, headers),
    notModified: toNotModified(validators),
  };
}
