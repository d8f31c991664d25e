import { type Bodies, bodyHash, type Encoding } from '../edition/resource.ts';
import { compact } from '../source/compact.ts';
import type { Exported } from './manifest.ts';

type Encodings = Readonly<Record<Encoding, Uint8Array>>;

/** A file to export. */
export type Output = Pick<Bodies, 'identity'> & {
  /** Path below the folder. */
  readonly file: string;
  /** Made only when the file is new or different; undefined for what is sent as it is. */
  readonly encode?: () => Promise<Encodings>;
  readonly version?: number;
  readonly key?: string;
  /** Its Content-Security-Policy. */
  readonly policy?: string;
};

/** What is remembered of it, but for its encodings. */
export function factsOf({ identity, version, key, policy }: Output): Exported {
  return compact<Exported>({ hash: bodyHash(identity), size: identity.length, version, key, policy });
}

/** Encodings that are smaller than what they encode. */
export function worthwhile(identity: Uint8Array, bodies: Encodings | undefined): Partial<Encodings> {
  const isSmaller = (body: Uint8Array): boolean => body.length < identity.length;
  return {
    ...(bodies !== undefined && isSmaller(bodies.gzip) ? { gzip: bodies.gzip } : {}),
    ...(bodies !== undefined && isSmaller(bodies.brotli) ? { brotli: bodies.brotli } : {}),
  };
}

/** The paths of a file and of the compressed ones beside it. */
export function namesOf(file: string, { gzip, brotli }: Exported): readonly string[] {
  return [file, ...(gzip === undefined ? [] : [`${file}.gz`]), ...(brotli === undefined ? [] : [`${file}.br`])];
}
