/** Pairs of equal keys so often repeated that only their order counts. */
const manyPairs = 10_000;

/**
 * For each of `after` the index of the equal key in `before`, one-to-one: first a longest common subsequence, then equal
 * keys anywhere, in order.
 */
export function matchEqual(before: readonly string[], after: readonly string[]): (number | undefined)[] {
  const matches = longestCommon(before, after);
  const taken = new Set(matches);
  const free = Map.groupBy(
    before.keys().filter((index) => !taken.has(index)),
    (index) => before[index]!,
  );
  for (const queue of free.values()) queue.reverse();
  return matches.map((match, index) => match ?? free.get(after[index]!)?.pop());
}

type Step = { readonly before: number; readonly after: number; readonly last: Step | undefined };

/** Hunt and Szymanski's way: the longest rising sequence among the places of equal keys. */
function longestCommon(before: readonly string[], after: readonly string[]): (number | undefined)[] {
  const placesOf = toPlaces(before, after);
  const ends: Step[] = [];
  for (const [index, key] of after.entries()) {
    for (const place of placesOf(key, index)) {
      const length = firstNotBelow(ends, place);
      if (ends[length]?.before !== place) ends[length] = { before: place, after: index, last: ends[length - 1] };
    }
  }
  const matches = new Array<number | undefined>(after.length).fill(undefined);
  for (let step = ends.at(-1); step !== undefined; step = step.last) matches[step.after] = step.before;
  return matches;
}

function firstNotBelow(ends: readonly Step[], place: number): number {
  let [low, high] = [0, ends.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle]!.before < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Places in `before` of a key of `after`, last first; for one that repeats very often, only that of like rank. */
function toPlaces(
  before: readonly string[],
  after: readonly string[],
): (key: string, index: number) => readonly number[] {
  const places = Map.groupBy(before.keys(), (index) => before[index]!);
  const ranks = Map.groupBy(after.keys(), (index) => after[index]!);
  const reversed = new Map(places.entries().map(([key, indices]) => [key, indices.toReversed()] as const));
  const seen = new Map<string, number>();
  return (key) => {
    const all = reversed.get(key) ?? [];
    if (all.length * ranks.get(key)!.length <= manyPairs) return all;
    const rank = seen.get(key) ?? 0;
    seen.set(key, rank + 1);
    return all.slice(all.length - 1 - rank, all.length - rank);
  };
}
