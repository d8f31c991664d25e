import type { Attributes } from './tree.ts';

const lazySources = ['data-src', 'data-lazy-src', 'data-original', 'data-lazy'];
const lazySets = ['data-srcset', 'data-lazy-srcset', 'data-original-set'];

/**
 * The attributes of an image, source or player with those that a script would have copied at their place: where `src`
 * is missing or a `data:` placeholder, the picture is that of `data-src`.
 */
export function withoutLaziness(attributes: Attributes): Attributes {
  return {
    ...attributes,
    ...replacement('src', attributes, lazySources),
    ...replacement('srcset', attributes, lazySets),
  };
}

/** True when a script would have had to fetch the picture: its like may follow in a `noscript`. */
export function isLazy(attributes: Attributes): boolean {
  return [...lazySources, ...lazySets].some((name) => attributes[name] !== undefined);
}

function replacement(name: 'src' | 'srcset', attributes: Attributes, lazy: readonly string[]): Attributes {
  const written = attributes[name]?.trim() ?? '';
  if (written !== '' && !/^(?:data|about):/i.test(written)) return {};
  const found = lazy.find((one) => (attributes[one] ?? '').trim() !== '');
  return found === undefined ? {} : { [name]: attributes[found]! };
}
