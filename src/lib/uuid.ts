import { hash } from 'node:crypto';

/** RFC 9562 §6.6: the namespace for names that are URLs (any IRI here). */
export const urlNamespace = '6ba7b811-9dad-11d1-80b4-00c04fd430c8';

/** RFC 9562 §5.5: the version 5 UUID of `name` in `namespace`, lower case. */
export function uuidV5(namespace: string, name: string): string {
  const named = Buffer.concat([Buffer.from(namespace.replaceAll('-', ''), 'hex'), Buffer.from(name)]);
  const hex = hash('sha1', named);
  const variant = ((Number.parseInt(hex[16]!, 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
