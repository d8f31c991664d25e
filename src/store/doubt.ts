import { BroadcastChannel } from 'node:worker_threads';
import { isCorruption } from './corruption.ts';

const name = 'linecaster: the store is damaged';

/** How often one thread says so, in milliseconds. */
const pause = 10_000;

/** Gives what a thread that only reads the store calls with each error: damage is told to the thread that writes it. */
export function openDoubts(): (error: unknown) => void {
  let channel: BroadcastChannel | undefined;
  let toldAt = Number.NEGATIVE_INFINITY;
  return (error) => {
    if (!isCorruption(error) || performance.now() - toldAt < pause) return;
    toldAt = performance.now();
    channel ??= new BroadcastChannel(name);
    channel.unref();
    channel.postMessage(true);
  };
}

/** Calls back when another thread of this process has found the store damaged. */
export function onDoubt(listener: () => void): void {
  const channel = new BroadcastChannel(name);
  channel.onmessage = listener;
  channel.unref();
}
