import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from './database.ts';

/** A process that takes longer to show what was written is not waited for. */
const patienceMilliseconds = 10_000;

/** Between two looks at what the others show. */
const lookMilliseconds = 200;

/**
 * Gives what waits until nobody is behind the store as it is when the wait begins. Who is late is left out from then on,
 * until it shows what it was late with. While the database is away it is waited for too, and as long.
 */
export function untilShown(
  generationOf: () => Promise<number>,
  behind: NonNullable<Database['behind']>,
): (isOver: () => boolean) => Promise<void> {
  /** What each was late with. */
  const late = new Map<string, number>();
  const waitedFor = async (generation: number): Promise<readonly (readonly [id: string, shown: number])[]> =>
    Array.from(await behind(generation)).filter(([id, shown]) => shown >= (late.get(id) ?? 0));
  return async (isOver) => {
    const end = performance.now() + patienceMilliseconds;
    let generation: number | undefined;
    for (;;) {
      const isLast = isOver() || performance.now() > end;
      try {
        generation ??= await generationOf();
        const slow = await waitedFor(generation);
        if (slow.length === 0 || isOver()) return;
        if (isLast) {
          for (const [id, shown] of slow) late.set(id, Math.max(generation, shown + 1));
          return;
        }
      } catch (error) {
        if (isLast) throw error;
      }
      await sleep(lookMilliseconds);
    }
  };
}
