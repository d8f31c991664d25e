import { Worker } from 'node:worker_threads';
import type { Config } from '../config.ts';
import type { FoundPage, PageQuestion } from './page-desk.ts';

/** The read-only worker as the main thread sees it. */
export type PageClerk = {
  /** Rejects when the store cannot be read, when the worker dies over it, and when too much is asked at once. */
  readonly ask: (question: PageQuestion) => Promise<FoundPage | undefined>;
  readonly close: () => Promise<void>;
};

type Fault = { readonly fault: string };
type Waiting = { readonly resolve: (found: FoundPage | undefined) => void; readonly reject: (error: Error) => void };

/** How many questions may wait for an answer. */
const mostWaiting = 256;

/** Starts the worker with the first question, and anew when it has died. */
export function openPageClerk(config: Config): PageClerk {
  let worker: Worker | undefined;
  let last = 0;
  const waiting = new Map<number, Waiting>();
  const hire = (): Worker => {
    const hired = new Worker(new URL('./page-worker.ts', import.meta.url), { workerData: config });
    hired.on('message', ({ id, found }: { id: number; found?: FoundPage | Fault }) => {
      const asker = waiting.get(id);
      waiting.delete(id);
      if (found !== undefined && 'fault' in found) asker?.reject(new Error(`pages: ${found.fault}`));
      else asker?.resolve(found);
    });
    hired.on('error', () => undefined);
    hired.on('exit', () => {
      worker = undefined;
      for (const { reject } of waiting.values()) reject(new Error('pages: the worker that reads them has ended'));
      waiting.clear();
    });
    return hired;
  };
  return {
    ask: (question) =>
      new Promise((resolve, reject) => {
        if (waiting.size >= mostWaiting) return reject(new Error('pages: too much is asked at once'));
        worker ??= hire();
        last += 1;
        waiting.set(last, { resolve, reject });
        worker.postMessage({ id: last, question });
      }),
    close: async () => {
      await worker?.terminate();
    },
  };
}
