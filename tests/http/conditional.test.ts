import { expect, test } from 'vitest';
import { isNotModified } from '../../src/http/conditional.ts';

const tag = '1770000000-AbCdEfGhIjKlMnOp';
const validators = { etag: `W/"${tag}"`, opaqueTag: tag, version: 1_770_000_000 };
const date = new Date(1_770_000_000_000).toUTCString();
const older = new Date(1_769_999_999_000).toUTCString();
const newer = new Date(1_770_000_001_000).toUTCString();

const matching = [
  `W/"${tag}"`,
  `"${tag}"`,
  tag,
  `"${tag}-gzip"`,
  `W/"${tag}-gzip"`,
  `"${tag}-br"`,
  `"${tag}--gzip"`,
  `"${tag};gzip"`,
  `W/"a", W/"${tag}"`,
  `"a","${tag}"`,
  '*',
  ` "${tag}" `,
  `w/"${tag}"`,
];
test.each(matching)('If-None-Match %s is a 304, whatever the date says', (header) => {
  expect(isNotModified(validators, header, undefined)).toBe(true);
  expect(isNotModified(validators, header, older)).toBe(true);
});

const differing = ['""', '', 'W/"other"', `"${tag}x"`, `"x${tag}"`, `W/"${tag.slice(1)}"`];
test.each(differing)('If-None-Match %s is a 200, however new the date is', (header) => {
  expect(isNotModified(validators, header, undefined)).toBe(false);
  expect(isNotModified(validators, header, newer)).toBe(false);
});

test('without a tag the date decides', () => {
  expect(isNotModified(validators, undefined, date)).toBe(true);
  expect(isNotModified(validators, undefined, newer)).toBe(true);
  expect(isNotModified(validators, undefined, older)).toBe(false);
  expect(isNotModified(validators, undefined, 'Sat, 01 Jan 2000 00:00:00 GMT')).toBe(false);
  for (const none of ['yesterday', '2099', '2099-01-01T00:00:00Z', '', 'GMT']) {
    expect(isNotModified(validators, undefined, none)).toBe(false);
  }
  expect(isNotModified(validators, undefined, 'Monday, 02-Feb-26 02:40:00 GMT')).toBe(true);
  expect(isNotModified(validators, undefined, 'Mon Feb  2 02:40:00 2026')).toBe(true);
  expect(isNotModified(validators, undefined, undefined)).toBe(false);
});

test('a page without a date is never a 304 by date', () => {
  expect(isNotModified({ etag: 'W/"x"', opaqueTag: 'x', version: undefined }, undefined, newer)).toBe(false);
});
