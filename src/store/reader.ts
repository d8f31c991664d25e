import { Worker } from 'node:worker_threads';
import type { Look, ReadingTask } from './reading.ts';
import type { SpilledReading } from './spill.ts';

/** A thread that reads files. */
export type Reader = {
  /** The readings in the order of the tasks. Rejects when the thread has died. */
  readonly read: (tasks: readonly ReadingTask[]) => Promise<readonly SpilledReading[]>;
  /** Ends the thread. */
  readonly close: () => Promise<void>;
};

/** What the thread goes by: the look, and the descriptor of an empty spill of its own. */
export type ReaderData = { readonly look: Look; readonly spill: number };

/** What the thread is asked, and what it answers. */
export type ReadingOrder = { readonly id: number; readonly tasks: readonly ReadingTask[] };
export type ReadingReport = { readonly id: number; readonly readings: readonly SpilledReading[] };

type Waiting = {
  readonly resolve: (readings: readonly SpilledReading[]) => void;
  readonly reject: (error: Error) => void;
};

// What reading leaves behind is thrown away seldom and all at once.
const resourceLimits = { maxYoungGenerationSizeMb: 96 };

/** Starts a thread that reads, and lays the texts of articles into its spill. */
export function hireReader(data: ReaderData): Reader {
  const worker = new Worker(new URL('./reader-worker.ts', import.meta.url), { workerData: data, resourceLimits });
  const waiting = new Map<number, Waiting>();
  let last = 0;
  let isOver = false;
  worker.on('message', ({ id, readings }: ReadingReport) => {
    waiting.get(id)?.resolve(readings);
    waiting.delete(id);
  });
  worker.on('error', () => undefined);
  worker.on('exit', () => {
    isOver = true;
    for (const { reject } of waiting.values()) reject(new Error('source: a reading thread has ended'));
    waiting.clear();
  });
  return {
    read: (tasks) =>
      new Promise((resolve, reject) => {
        if (isOver) return reject(new Error('source: a reading thread has ended'));
        last += 1;
        waiting.set(last, { resolve, reject });
        worker.postMessage({ id: last, tasks } satisfies ReadingOrder);
      }),
    close: async () => {
      await worker.terminate();
    },
  };
}
