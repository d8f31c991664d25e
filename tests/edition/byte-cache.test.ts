import { expect, test } from 'vitest';
import { createByteCache } from '../../src/edition/byte-cache.ts';

const counted = (): { readonly find: (value: string) => () => Promise<string>; readonly found: string[] } => {
  const found: string[] = [];
  return {
    found,
    find: (value) => async () => {
      found.push(value);
      return value;
    },
  };
};

test('the longest unused is forgotten when the bytes do not suffice', async () => {
  const { find, found } = counted();
  const cache = createByteCache<string>(10, (value) => value.length);
  await cache.get('a', find('aaaa'));
  await cache.get('b', find('bbbb'));
  await cache.get('a', find('aaaa'));
  await cache.get('c', find('cccc'));
  await cache.get('a', find('aaaa'));
  await cache.get('b', find('bbbb'));
  expect(found).toEqual(['aaaa', 'bbbb', 'cccc', 'bbbb']);
});

test('there are never more than so many', async () => {
  const { find, found } = counted();
  const cache = createByteCache<string>(1000, (value) => value.length, 2);
  for (const name of ['a', 'b', 'c', 'a']) await cache.get(name, find(name));
  expect(found).toEqual(['a', 'b', 'c', 'a']);
});

test('a failure is not remembered', async () => {
  const cache = createByteCache<string>(1000, (value) => value.length);
  await expect(cache.get('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await cache.get('a', async () => 'yes')).toBe('yes');
});

test('what comes after all was forgotten takes no room', async () => {
  const cache = createByteCache<string>(4, (value) => value.length);
  const late = Promise.withResolvers<string>();
  const answer = cache.get('late', () => late.promise);
  cache.clear();
  const { find, found } = counted();
  await cache.get('a', find('aaaa'));
  late.resolve('late');
  expect(await answer).toBe('late');
  await cache.get('a', find('aaaa'));
  expect(found).toEqual(['aaaa']);
});
