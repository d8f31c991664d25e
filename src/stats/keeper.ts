import { setTimeout as sleep } from 'node:timers/promises';
import type { Readership } from '../store/readership.ts';
import { toAddition } from './addition.ts';
import { type Batch, dayOf } from './batch.ts';
import { addTallies, type Tallies } from './merge.ts';

/** Brings what was counted into the store. */
export type Keeper = {
  /** Writes what was counted, if that can be done now; what cannot is tried again with what comes next. Never rejects. */
  readonly take: (batch: Batch) => Promise<void>;
  /** Writes what is left; resolves also when that fails. */
  readonly close: () => Promise<void>;
};

/** How often one hour is tried at a time: a replica may write in between, and all do when all are told to end. */
const tries = 12;
const pauseMilliseconds = 50;
/** Who fails later than this was not in anybody's way: the database is away, and takes its time to be so. */
const patienceMilliseconds = 2000;
/** How many hours of figures are kept. */
const hoursKept = 48;
/** How many hours wait for a store that is away. */
const mostHours = 48;

/**
 * `open` gives the store's part, and may throw. `days` is how long daily sums are kept; `onFault` hears of what could
 * not be written.
 */
export function openKeeper(
  open: () => Readership,
  { days, onFault }: { readonly days: number; readonly onFault: (error: Error) => void },
): Keeper {
  const pending = new Map<number, Tallies>();
  let line = Promise.resolve();
  let tidied = '';

  const put = (hour: number, tallies: Tallies): void => {
    const known = pending.get(hour);
    if (known !== undefined) addTallies(known, tallies.values());
    else {
      if (pending.size >= mostHours) pending.delete(Math.min(...pending.keys()));
      pending.set(hour, tallies);
    }
  };
  const write = async (): Promise<void> => {
    const book = open();
    for (const [hour, tallies] of [...pending]) {
      pending.delete(hour);
      try {
        await add(book, hour, tallies);
      } catch (error) {
        put(hour, tallies);
        throw error;
      }
      await tidy(book, hour);
    }
  };
  const tidy = async (book: Readership, hour: number): Promise<void> => {
    if (tidied === dayOf(hour)) return;
    await book.forget({ day: dayOf(hour - days * 24), hour: hour - hoursKept, open: dayOf(hour - 24) });
    tidied = dayOf(hour);
  };
  const enqueue = (): Promise<void> => {
    line = line.then(write).catch(onFault);
    return line;
  };
  return {
    take: ({ hour, tallies }) => {
      const taken: Tallies = new Map();
      addTallies(taken, tallies);
      put(hour, taken);
      return enqueue();
    },
    close: async () => {
      await line;
      if (pending.size > 0) await enqueue();
    },
  };
}

async function add(book: Readership, hour: number, tallies: Tallies): Promise<void> {
  const end = performance.now() + patienceMilliseconds;
  for (let left = tries; ; left -= 1) {
    try {
      return await book.add(await toAddition(book, hour, tallies));
    } catch (error) {
      if (left === 1 || performance.now() > end) throw error;
      await sleep(Math.random() * pauseMilliseconds);
    }
  }
}
