import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { ReadingOrder, ReadingReport } from './reader.ts';
import { type Look, readTask } from './reading.ts';
import { openSpill, type SpilledReading, spillReading } from './spill.ts';

const look = workerData as Look;
const spill = openSpill();

try {
  // On Linux this is the calling thread alone: answers go before refreshes.
  setPriority(10);
} catch {
  // Not allowed everywhere, and not needed.
}

parentPort!.on('message', async ({ id, tasks }: ReadingOrder) => {
  const readings: SpilledReading[] = [];
  for (const task of tasks) readings.push(spillReading(spill, await readTask(look, task)));
  parentPort!.postMessage({ id, readings } satisfies ReadingReport);
});
