import fc from 'fast-check';

/** What a campaign is asked to do. Round `n` is made of the seed `seed + n` alone, so that each can be had again. */
export type Campaign = {
  readonly seed: number;
  /** At least this many. */
  readonly cases: number;
  /** Called now and then with how many are done. */
  readonly onProgress?: (done: number) => void;
};

/** What came of it. `faults` are shrunk, and begin with the seed that brings them back. */
export type CampaignFigures = {
  readonly cases: number;
  readonly faults: readonly string[];
  /** Milliseconds of the slowest case, and the seed of its round. */
  readonly slowest: { readonly milliseconds: number; readonly seed: number };
};

/** What is made of a round, how many cases it is, and what was wrong with it, or undefined. */
type Rounds<T> = {
  readonly arbitrary: fc.Arbitrary<T>;
  readonly casesOf: (value: T) => number;
  /** Says through `took` how many milliseconds the slowest case needed. */
  readonly examine: (value: T, took: (milliseconds: number) => void) => Promise<string | undefined>;
  readonly show: (value: T) => string;
  /** Rounds under way at once. */
  readonly parallel: number;
};

/** Faults after which a campaign ends: they are likely to be of one kind. */
const mostFaults = 5;
const shrinkMilliseconds = 60_000;

/** Plays rounds until there were enough cases. */
export async function play<T>(rounds: Rounds<T>, { seed, cases, onProgress }: Campaign): Promise<CampaignFigures> {
  const faults: string[] = [];
  let slowest = { milliseconds: 0, seed };
  let done = 0;
  let next = seed;
  const work = async (): Promise<void> => {
    while (done < cases && faults.length < mostFaults) {
      const own = next;
      next += 1;
      let isCounted = false;
      const property = fc.asyncProperty(rounds.arbitrary, async (value) => {
        const took = (milliseconds: number): void => {
          if (!isCounted && milliseconds > slowest.milliseconds) slowest = { milliseconds, seed: own };
        };
        const fault = await rounds.examine(value, took);
        if (!isCounted) done += rounds.casesOf(value);
        isCounted = true;
        if (fault !== undefined) throw new Error(fault);
      });
      const found = await fc.check(property, { seed: own, numRuns: 1, interruptAfterTimeLimit: shrinkMilliseconds });
      if (found.counterexample !== null) {
        const [value] = found.counterexample;
        faults.push(`seed ${own}: ${(found.errorInstance as Error).message}\n${rounds.show(value)}`);
      }
      onProgress?.(done);
    }
  };
  await Promise.all(Array.from({ length: Math.min(rounds.parallel, cases) }, work));
  return { cases: done, faults, slowest };
}

/**
 * A measurement that is above a bound is taken twice again, and the least counts: a machine that is busy with something
 * else is slow now and then, a case that is slow always.
 */
export async function leastOf(first: number, again: () => number | Promise<number>, bound: number): Promise<number> {
  let least = first;
  for (let turn = 0; turn < 2 && least > bound; turn += 1) least = Math.min(least, await again());
  return least;
}
