import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import {
  type BrotliOptions,
  brotliCompress,
  brotliCompressSync,
  constants,
  gzip,
  gzipSync,
  type ZlibOptions,
} from 'node:zlib';

/** What is said of a URL's answer, without its bodies. */
export type ResourceHead = {
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
  /** Further headers: names and values in turn. */
  readonly headers?: readonly string[];
  /** Never to change: what a client has may be used for ever. */
  readonly lasting?: true;
};

/** One text in every encoding. */
export type Bodies = {
  readonly identity: Uint8Array<ArrayBuffer>;
  readonly gzip: Uint8Array<ArrayBuffer>;
  readonly brotli: Uint8Array<ArrayBuffer>;
};

/** What a document has that one of its earlier versions had not (RFC 3229). */
export type Delta = Bodies & {
  /** The earlier version's tag, and its time in seconds since 1970. */
  readonly base: string;
  readonly baseVersion: number;
};

/** One URL's answer as it is made, not yet encoded. */
export type PlainResource = ResourceHead & Pick<Bodies, 'identity'>;

/** What a body is encoded in before it is sent. */
export type Encoding = Exclude<keyof Bodies, 'identity'>;

/**
 * One URL's answer, complete: bodies in every encoding, validators, headers. Plain data, so that it crosses threads
 * and lies in a file as it is.
 */
export type Resource = PlainResource &
  Bodies & {
    readonly deltas?: readonly Delta[];
    /** Whether the encodings are the smallest that there are. */
    readonly isBest?: boolean;
  };

/**
 * The first 16 hexadecimal digits of a body's SHA-256: what tells two versions of a document apart. No other
 * character, since a tag that ended in a hyphen could not be told from what a proxy hangs on to it.
 */
export function bodyHash(body: string | Uint8Array): string {
  return hash('sha256', body, 'hex').slice(0, 16);
}

/** A text with what is said of it. */
export function toPlainResource(head: ResourceHead, text: string): PlainResource {
  return { ...head, identity: toBody(text) };
}

/** A text's bytes in UTF-8. */
export function toBody(text: string): Bodies['identity'] {
  return own(Buffer.from(text));
}

/** The resource with its encodings, made in haste: whoever waits for it has it sooner, and better ones follow. */
export function toResource(plain: PlainResource): Resource {
  return { ...plain, ...encode(plain.identity, hasty) };
}

/**
 * How hard is tried: gzip's level and brotli's quality. In haste for what the polisher comes to, quickly for what stays so;
 * the best takes three seconds for a megabyte.
 */
type Effort = { readonly level: number; readonly quality: number };
const hasty: Effort = { level: 4, quality: 2 };
const quick: Effort = { level: 6, quality: 5 };
const best: Effort = { level: 9, quality: 11 };

/** The body in every encoding, made quickly. */
export function quickEncodings(identity: Bodies['identity']): Bodies {
  return encode(identity, quick);
}

/** The body in the smallest encodings that there are. */
export function bestEncodings(identity: Bodies['identity']): Bodies {
  return encode(identity, best);
}

/** One of the quick encodings, or of the best; made in the pool of threads. */
export async function encodeInPool(identity: Uint8Array, encoding: Encoding, isBest = false): Promise<Uint8Array> {
  const effort = isBest ? best : quick;
  // In one piece, lest the pool wait for this thread between two.
  const chunkSize = Math.max(constants.Z_DEFAULT_CHUNK, identity.length >> 1);
  const encoded =
    encoding === 'gzip'
      ? gzipInPool(identity, { ...effort, chunkSize })
      : brotliInPool(identity, { ...brotliOptions(identity, effort), chunkSize });
  return own(await encoded);
}

const gzipInPool = promisify<Uint8Array, ZlibOptions, Buffer>(gzip);
const brotliInPool = promisify<Uint8Array, BrotliOptions, Buffer>(brotliCompress);

// Not in the pool of threads: those have the main thread's priority, and the worker that calls has a lower one.
function encode(identity: Bodies['identity'], effort: Effort): Bodies {
  return {
    identity,
    gzip: own(gzipSync(identity, effort)),
    brotli: own(brotliCompressSync(identity, brotliOptions(identity, effort))),
  };
}

function brotliOptions({ length }: Uint8Array, { quality }: Effort): BrotliOptions {
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT, BROTLI_PARAM_LGWIN } = constants;
  return {
    params: { [BROTLI_PARAM_QUALITY]: quality, [BROTLI_PARAM_SIZE_HINT]: length, [BROTLI_PARAM_LGWIN]: 22 },
  };
}

/** What is said of the resource, without its bodies. */
export function toHead({ identity: _, ...head }: PlainResource): ResourceHead {
  return head;
}

/** A copy that can be handed over to another thread while the first stays. */
export function copyOf(resource: Resource): Resource {
  const { deltas } = resource;
  const copied = { ...resource, ...copyBodies(resource) };
  return deltas === undefined ? copied : { ...copied, deltas: deltas.map((one) => ({ ...one, ...copyBodies(one) })) };
}

/** The buffers of a resource, to be handed over to another thread. */
export function buffersOf(resource: Resource): readonly ArrayBuffer[] {
  return [resource, ...(resource.deltas ?? [])].flatMap(({ identity, gzip, brotli }) => [
    identity.buffer,
    gzip.buffer,
    brotli.buffer,
  ]);
}

function copyBodies({ identity, gzip, brotli }: Bodies): Bodies {
  return { identity: identity.slice(), gzip: gzip.slice(), brotli: brotli.slice() };
}

/** A copy with an ArrayBuffer of its own: a small Buffer is a slice of a shared pool, which cannot be transferred. */
function own(buffer: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer);
}
