import type { Changes } from './store.ts';

type Mutable<T> = {
  -readonly [K in keyof T]: T[K] extends ReadonlyMap<infer Key, infer Value>
    ? Map<Key, Value>
    : T[K] extends readonly (infer Item)[]
      ? Item[]
      : T[K];
};

/** A change of nothing, to be filled in. */
export function noChanges(): Mutable<Changes> {
  return {
    settings: new Map(),
    files: new Map(),
    lists: new Map(),
    entries: new Map(),
    texts: new Map(),
    terms: [],
    feeds: new Map(),
    places: [],
    documents: new Map(),
    aliases: new Map(),
    notices: [],
  };
}
