import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { ReaderData, ReadingOrder, ReadingReport } from './reader.ts';
import { readTask } from './reading.ts';
import { type SpilledReading, spillReading, spillWriter } from './spill.ts';

const { look, spill } = workerData as ReaderData;
const write = spillWriter(spill);

try {
  // On Linux this is the calling thread alone: answers go before refreshes.
  setPriority(10);
} catch {
  // Not allowed everywhere, and not needed.
}

parentPort!.on('message', async ({ id, tasks }: ReadingOrder) => {
  const readings: SpilledReading[] = [];
  for (const task of tasks) readings.push(spillReading(write, await readTask(look, task)));
  parentPort!.postMessage({ id, readings } satisfies ReadingReport);
});
