import { expect, test } from 'vitest';
import { negotiateCoding } from '../../src/http/negotiate.ts';

const table: readonly (readonly [header: string | undefined, coding: string | undefined])[] = [
  [undefined, 'identity'],
  ['', 'identity'],
  ['identity', 'identity'],
  ['deflate', 'identity'],
  ['gzip', 'gzip'],
  ['x-gzip', 'gzip'],
  ['GZIP', 'gzip'],
  ['gzip, deflate, br', 'br'],
  ['gzip, deflate, br, zstd', 'br'],
  ['br;q=0.5, gzip', 'gzip'],
  ['br;q=0, gzip;q=0.1', 'gzip'],
  ['gzip;q=1.0, identity;q=0.5, *;q=0', 'gzip'],
  ['identity;q=1, gzip;q=0.5', 'identity'],
  ['*', 'br'],
  ['*;q=0.1, identity', 'identity'],
  ['gzip;q=0', 'identity'],
  ['identity;q=0', undefined],
  ['*;q=0', undefined],
  ['*;q=0, gzip', 'gzip'],
  ['deflate, identity;q=0', undefined],
  ['br ; q=0.3 , gzip ; q=0.9', 'gzip'],
  ['gzip;q=nonsense', 'identity'],
  [',,gzip,,', 'gzip'],
];

test.each(table)('Accept-Encoding %j is answered with %s', (header, coding) => {
  expect(negotiateCoding(header)).toBe(coding);
});
