/** How long each part of some work took, in milliseconds, in order. */
export type Laps = Readonly<Record<string, number>>;

/** Work that is measured: each part ends when its name is called, and the next begins. */
type Stopwatch = { readonly end: (name: string) => void; readonly laps: Laps; readonly sum: () => number };

/** Begins to measure. */
export function startLaps(): Stopwatch {
  const laps: Record<string, number> = {};
  let from = performance.now();
  return {
    end: (name) => {
      const now = performance.now();
      laps[name] = (laps[name] ?? 0) + now - from;
      from = now;
    },
    laps,
    sum: () => Object.values(laps).reduce((sum, lap) => sum + lap, 0),
  };
}
