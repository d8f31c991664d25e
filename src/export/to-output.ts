import { encodeInPool, type PlainResource } from '../edition/resource.ts';
import { compact } from '../source/compact.ts';
import type { Output } from './output.ts';

/**
 * A resource as a file at this place. The smallest encodings take fifty times as long to make as the quick ones,
 * and save a tenth: they are made where `isBest`, as the server does it for what is asked for most.
 */
export function toOutput(file: string, resource: PlainResource, isBest: boolean, key?: string): Output {
  const { identity, version, headers = [] } = resource;
  const policy = headers.find((_, index) => headers[index - 1]?.toLowerCase() === 'content-security-policy');
  return compact<Output>({
    file,
    identity,
    encode: async () => {
      const all = [encodeInPool(identity, 'gzip', isBest), encodeInPool(identity, 'brotli', isBest)] as const;
      const [gzip, brotli] = await Promise.all(all);
      return { gzip, brotli };
    },
    version,
    key,
    policy,
  });
}
