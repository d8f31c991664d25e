import type { FeedHead, Fragment, Prefix } from './model.ts';

/**
 * What stands in a document before its entries, made by `make` once for each head and each set of prefixes that the entries
 * need: a document and all the deltas to it begin alike.
 */
export function startsOf(
  make: (head: FeedHead, prefixes: readonly Prefix[]) => string,
): (head: FeedHead, fragments: readonly Fragment[]) => string {
  const made = new WeakMap<FeedHead, Map<string, string>>();
  return (head, fragments) => {
    const prefixes = [...new Set(fragments.flatMap((fragment) => fragment.prefixes))].sort();
    const starts = made.getOrInsertComputed(head, () => new Map());
    return starts.getOrInsertComputed(prefixes.join(), () => make(head, prefixes));
  };
}
