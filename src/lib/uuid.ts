import { createHash } from 'node:crypto';

/** RFC 9562 §6.6: the namespace for names that are URLs (any IRI here). */
export const urlNamespace = '6ba7b811-9dad-11d1-80b4-00c04fd430c8';

/** RFC 9562 §5.5: the version 5 UUID of `name` in `namespace`, lower case. */
export function uuidV5(namespace: string, name: string): string {
  const hash = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest();
  hash[6] = (hash[6]! & 0x0f) | 0x50;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  return hash.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
