/** Answers that are on their way or were found, the longest unused forgotten first. */
export type ByteCache<T> = {
  /** What is known by this name, else what `find` finds; one search for all who ask at once. A failure is not kept. */
  readonly get: <F extends T>(name: string, find: () => Promise<F>) => Promise<F>;
  readonly clear: () => void;
};

/** Keeps at most `bytes` of answers, and at most `count` of them. */
export function createByteCache<T>(
  bytes: number,
  sizeOf: (value: T) => number,
  count: number = Number.POSITIVE_INFINITY,
): ByteCache<T> {
  let known = new Map<string, { readonly value: Promise<T>; size: number }>();
  let total = 0;
  const forget = (name: string): void => {
    total -= known.get(name)?.size ?? 0;
    known.delete(name);
  };
  const fit = (): void => {
    for (const name of known.keys()) {
      if (total <= bytes && known.size <= count) return;
      forget(name);
    }
  };
  return {
    get: <F extends T>(name: string, find: () => Promise<F>) => {
      const before = known.get(name);
      const entry = before ?? { value: find(), size: 0 };
      known.delete(name);
      known.set(name, entry);
      if (before === undefined) {
        const isKept = (): boolean => known.get(name) === entry;
        entry.value.then(
          (value) => {
            if (!isKept()) return;
            entry.size = sizeOf(value);
            total += entry.size;
            fit();
          },
          () => isKept() && forget(name),
        );
        fit();
      }
      // By one name always the same kind of thing is asked for.
      return entry.value as Promise<F>;
    },
    clear: () => {
      known = new Map();
      total = 0;
    },
  };
}
