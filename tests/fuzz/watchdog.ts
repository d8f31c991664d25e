import { Worker } from 'node:worker_threads';

/** How long nothing may move, in milliseconds. */
const patience = 60_000;

const program = `
const { writeSync } = require('node:fs');
const { workerData } = require('node:worker_threads');
let last = -1;
setInterval(() => {
  const now = Atomics.load(workerData.beats, 0);
  if (now === last) {
    writeSync(2, workerData.message + '\\n');
    process.kill(process.pid, 'SIGKILL');
  }
  last = now;
}, workerData.patience);
`;

/**
 * Ends the process, with the message, when the function given back is not called for a minute: a loop without end
 * leaves this thread no other way to say so.
 */
export function startWatchdog(message: string): (round: number) => void {
  const beats = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(program, { eval: true, workerData: { beats, message, patience } });
  worker.unref();
  return (round) => Atomics.store(beats, 0, round);
}
