/**
 * Works on so many of all at a time. Once one has failed no other is begun, and it rejects with that failure when those
 * that were begun have ended.
 */
export async function eachOf<T>(
  all: Iterable<T> | AsyncIterable<T>,
  most: number,
  work: (one: T) => Promise<void>,
): Promise<void> {
  const underWay = new Set<Promise<void>>();
  const failures: unknown[] = [];
  try {
    for await (const one of all) {
      if (failures.length > 0) break;
      // It never rejects: nobody may be waiting for it while the next is looked for.
      const begun = work(one)
        .catch((error: unknown) => void failures.push(error))
        .finally(() => underWay.delete(begun));
      underWay.add(begun);
      if (underWay.size >= most) await Promise.race(underWay);
    }
  } finally {
    await Promise.all(underWay);
  }
  if (failures.length > 0) throw failures[0];
}
