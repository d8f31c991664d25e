import { parentPort, workerData } from 'node:worker_threads';
import { giveWay } from '../lib/give-way.ts';
import type { ReaderData, ReadingOrder, ReadingReport } from './reader.ts';
import { readTask } from './reading.ts';
import { type SpilledReading, spillReading, spillWriter } from './spill.ts';

const { look, spill } = workerData as ReaderData;
const writer = spillWriter(spill);

giveWay();

parentPort!.on('message', async ({ id, tasks }: ReadingOrder) => {
  const readings: SpilledReading[] = [];
  for (const task of tasks) readings.push(spillReading(writer, await readTask(look, task)));
  writer.flush();
  parentPort!.postMessage({ id, readings } satisfies ReadingReport);
});
