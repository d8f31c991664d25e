import { Worker } from 'node:worker_threads';
import type { Config } from '../config.ts';
import type { Resource } from './resource.ts';

/** An entry's page, or where it is now: percent-encoded path below PUBLIC_URL. */
export type FoundPage = {
  readonly path: string;
  readonly resource?: Resource;
  /** True for what may be different at the next request. */
  readonly fleeting?: boolean;
};

/** Finds pages that are not part of the edition: those of older entries, of withdrawn ones, and former addresses. */
export type PageDesk = {
  /**
   * By decoded path, and for a feed's document the page of it. Undefined when nothing is or was there. Rejects when
   * the store cannot be read.
   */
  readonly find: (path: string, page: number) => Promise<FoundPage | undefined>;
  /** Forgets what was found: to be called when an edition is swapped. */
  readonly clear: () => void;
  readonly close: () => Promise<void>;
};

type Fault = { readonly fault: string };

/** How many answers are remembered between two editions. */
const remembered = 1000;

/** Starts the worker that reads the store, with a connection of its own, so that a refresh holds nobody up. */
export function openPageDesk(config: Config): PageDesk {
  const worker = new Worker(new URL('./page-worker.ts', import.meta.url), { workerData: config });
  worker.on('error', () => undefined);
  const asked = new Map<number, (found: FoundPage | Fault | undefined) => void>();
  const cache = new Map<string, Promise<FoundPage | undefined>>();
  let last = 0;
  worker.on('message', ({ id, found }: { id: number; found?: FoundPage | Fault }) => {
    asked.get(id)?.(found);
    asked.delete(id);
  });
  worker.on('exit', () => {
    for (const answer of asked.values()) answer({ fault: 'the worker that reads it has ended' });
    asked.clear();
  });
  const ask = (path: string, page: number): Promise<FoundPage | undefined> =>
    new Promise((resolve, reject) => {
      last += 1;
      asked.set(last, (found) => {
        if (found !== undefined && 'fault' in found) reject(new Error(`pages: ${found.fault}`));
        else resolve(found);
      });
      worker.postMessage({ id: last, path, page });
    });
  return {
    find: (path, page) => {
      const key = `${page} ${path}`;
      const known = cache.get(key);
      if (known !== undefined) return known;
      const found = ask(path, page);
      cache.set(key, found);
      found.then(
        (page) => page?.fleeting === true && cache.delete(key),
        () => cache.delete(key),
      );
      if (cache.size > remembered) cache.delete(cache.keys().next().value!);
      return found;
    },
    clear: () => cache.clear(),
    close: async () => {
      await worker.terminate();
    },
  };
}
