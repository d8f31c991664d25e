import { on } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Config } from './config.ts';
import { applyChange, applyPolish, type Edition } from './edition/edition.ts';
import type { Order, Outcome, RefreshOptions, Report, Told, Unasked } from './orders.ts';
import type { Batch } from './stats/batch.ts';

/** Holds the current edition and replaces it, whole, only by a newer one that was made without a fault. */
export type Newsroom = {
  readonly current: () => Edition | undefined;
  /** Whether this process is the one that reads the data folder; undefined as long as nobody knows. */
  readonly leads: () => boolean | undefined;
  /** Brings back the edition that the store, or the last edition's file, holds. */
  readonly restore: () => Promise<Report>;
  /** Refreshes. Never two at once: all that ask while one runs share the next, which does what any of them asked for. */
  readonly refresh: (options?: RefreshOptions) => Promise<Report>;
  /** Hands on what was counted, to be kept; resolves when it is, or cannot be now. */
  readonly keep: (counted: Batch) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Starts the thread that reads, stores and prints. It loads what it needs, and does nothing before an order. */
export function startWorker(config: Config): Worker {
  const worker = new Worker(new URL('./refresh-worker.ts', import.meta.url), {
    workerData: config,
    resourceLimits: { maxYoungGenerationSizeMb: 24 },
  });
  // Between two orders nobody else listens, and an error that nobody hears ends the process.
  worker.on('error', () => undefined);
  return worker;
}

/** Who hears what becomes of orders, and what the worker says unasked. */
export type NewsroomListener = {
  /** A new edition stands. */
  readonly onSwap: (outcome: Outcome) => void;
  /** An order was carried out, or failed: once for each, however many asked for it. */
  readonly onReport: (report: Report) => void;
  /** The worker asks for a refresh: another process has written, or this one leads now. */
  readonly onWake: () => void;
  /** It tells the secrets of days. */
  readonly onSalts: (salts: ReadonlyMap<string, string>) => void;
  /** It has died between two orders: until the next one nobody follows other processes, or leads in this one's name. */
  readonly onLoss: () => void;
};

/** Gives orders to `first`, a worker that was just started, and to another in its place should it die. */
export function openNewsroom(
  config: Config,
  first: Worker,
  { onSwap, onReport, onWake, onSalts, onLoss }: NewsroomListener,
): Newsroom {
  let worker: Worker | undefined;
  let edition: Edition | undefined;
  let leads: boolean | undefined;
  let line: Promise<unknown> = Promise.resolve();
  let waiting: { options: RefreshOptions; readonly report: Promise<Report> } | undefined;
  const keeping = new Map<number, () => void>();
  let handedOn = 0;

  const takeUnasked = (message: Unasked): void => {
    if ('wake' in message) onWake();
    else if ('leads' in message) leads = message.leads;
    else if ('salts' in message) onSalts(message.salts);
    else if ('kept' in message) keeping.get(message.kept)?.();
    else if (edition !== undefined) edition = applyPolish(edition, message.polished);
  };
  // One that has failed ends a moment later, when another may be at work.
  const dismiss = (gone: Worker): boolean => {
    if (worker !== gone) return false;
    worker = undefined;
    for (const done of keeping.values()) done();
    return true;
  };
  const hire = (started: Worker): Worker => {
    started.on('message', (message: Report | Unasked) => {
      if (!('order' in message)) takeUnasked(message);
    });
    started.on('exit', () => {
      if (dismiss(started)) onLoss();
    });
    return started;
  };
  worker = hire(first);
  const hired = (): Worker => {
    worker ??= hire(startWorker(config));
    return worker;
  };
  const ask = async (order: Order): Promise<Report> => {
    const asked = hired();
    try {
      asked.postMessage(order);
      const report = await nextReport(asked);
      if (report.ok && report.outcome !== undefined) {
        edition = applyChange(edition, report.outcome.change);
        onSwap(report.outcome);
        // Only now are the bytes to be had that a hub will come for.
        asked.postMessage('swapped' satisfies Told);
      }
      return report;
    } catch (error) {
      // The worker died, out of memory perhaps; the next order starts another. What stands goes on being served.
      dismiss(asked);
      return { order: order.kind, ok: false, message: error instanceof Error ? error.message : String(error) };
    }
  };
  const enqueue = (work: () => Promise<Report>): Promise<Report> => {
    const turn = line.then(work);
    line = turn;
    return turn;
  };
  const askAndTell = async (order: Order): Promise<Report> => {
    const report = await ask(order);
    onReport(report);
    return report;
  };
  return {
    current: () => edition,
    leads: () => leads,
    restore: () => enqueue(() => askAndTell({ kind: 'restore' })),
    refresh: (options = {}) => {
      if (waiting !== undefined) waiting.options = both(waiting.options, options);
      else {
        const report = enqueue(() => {
          const asked = waiting!.options;
          waiting = undefined;
          return askAndTell({ kind: 'refresh', ...asked });
        });
        waiting = { options, report };
      }
      return waiting.report;
    },
    keep: async (counted) => {
      handedOn += 1;
      const id = handedOn;
      const kept = new Promise<void>((resolve) => keeping.set(id, resolve));
      hired().postMessage({ counted, id } satisfies Told);
      await kept;
      keeping.delete(id);
    },
    close: async () => {
      worker?.postMessage('closing' satisfies Told);
      await enqueue(() => ask({ kind: 'close' }));
    },
  };
}

function both(a: RefreshOptions, b: RefreshOptions): RefreshOptions {
  return {
    allowsAll: a.allowsAll === true || b.allowsAll === true,
    changed: a.changed && b.changed && [...a.changed, ...b.changed],
  };
}

async function nextReport(worker: Worker): Promise<Report> {
  for await (const [message] of on(worker, 'message', { close: ['exit'] })) {
    if ('order' in (message as Report | Unasked)) return message as Report;
  }
  throw new Error('the worker has ended');
}
