import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/**
 * One URL's answer, complete: bodies in every encoding, validators, headers. Plain data, so that it crosses threads
 * and lies in a file as it is.
 */
export type Resource = {
  /** Percent-encoded path below PUBLIC_URL, as it stands in documents. */
  readonly path: string;
  readonly contentType: string;
  /** Weak, one for all encodings (RFC 9110 §8.8.3). */
  readonly etag: string;
  /** Seconds since 1970; absent for pages. */
  readonly version?: number;
  /** The Link header's value (RFC 8288), absent when there is none. */
  readonly link?: string;
  readonly status: 200 | 404 | 410;
  readonly identity: Uint8Array<ArrayBuffer>;
  readonly gzip: Uint8Array<ArrayBuffer>;
  readonly brotli: Uint8Array<ArrayBuffer>;
};

/** The first 16 base64url characters of a body's SHA-256: what tells two versions of a document apart. */
export function bodyHash(body: string | Uint8Array): string {
  return createHash('sha256').update(body).digest('base64url').slice(0, 16);
}

const gzipAsync = promisify(gzip);
const brotliAsync = promisify(brotliCompress);

/** A resource with its encodings, made quickly: gzip 6 and brotli 5. */
export async function toResource(
  head: Omit<Resource, 'identity' | 'gzip' | 'brotli'>,
  text: string,
): Promise<Resource> {
  const identity = Buffer.from(text);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: identity.length };
  const [zipped, brotli] = await Promise.all([gzipAsync(identity, { level: 6 }), brotliAsync(identity, { params })]);
  return { ...head, identity: own(identity), gzip: own(zipped), brotli: own(brotli) };
}

/** The buffers of a resource, to be handed over to another thread. */
export function buffersOf(resource: Resource): readonly ArrayBuffer[] {
  return [resource.identity.buffer, resource.gzip.buffer, resource.brotli.buffer];
}

/** A copy with an ArrayBuffer of its own: a small Buffer is a slice of a shared pool, which cannot be transferred. */
function own(buffer: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer);
}
