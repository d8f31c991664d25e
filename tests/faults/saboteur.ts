import { readFileSync, watchFile } from 'node:fs';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { BroadcastChannel, isMainThread, type Worker } from 'node:worker_threads';
import type { Sabotage } from './sabotage.ts';

// Loaded into the server by `--import`, in each of its threads: does from within what cannot be done to a process from
// outside, whenever the file that SABOTAGE names is written. The server itself knows nothing of it.

const file = process.env.SABOTAGE!;
const workers = new Set<Worker>();
const channel = new BroadcastChannel('sabotage');
channel.unref();

if (isMainThread) {
  noteWorkers();
  watchFile(file, { interval: 50 }, () => carryOut(readFileSync(file, 'utf8') as Sabotage)).unref();
} else {
  channel.onmessage = ({ data }) => fail(data as Sabotage);
}

function noteWorkers(): void {
  const threads = createRequire(import.meta.url)('node:worker_threads') as { Worker: typeof Worker };
  threads.Worker = class extends threads.Worker {
    constructor(...args: ConstructorParameters<typeof Worker>) {
      super(...args);
      workers.add(this);
      this.once('exit', () => workers.delete(this));
    }
  };
  syncBuiltinESMExports();
}

function carryOut(order: Sabotage): void {
  if (order === 'worker terminated') for (const worker of workers) void worker.terminate();
  else if (order === 'rejection in the main thread') void Promise.reject(new Error('sabotage: nobody handles this'));
  else channel.postMessage(order);
}

function fail(order: Sabotage): void {
  if (order === 'rejection in a worker') void Promise.reject(new Error('sabotage: nobody handles this'));
  else
    setTimeout(() => {
      throw new Error('sabotage: nobody catches this');
    });
}
