import { setPriority } from 'node:os';
import { isDeepStrictEqual } from 'node:util';
import { parentPort, workerData } from 'node:worker_threads';
import type { Config } from './config.ts';
import {
  applyChange,
  applyPolish,
  differenceOf,
  type Edition,
  type EditionChange,
  wholeOf,
} from './edition/edition.ts';
import { loadEdition, type Origin, saveEdition } from './edition/edition-file.ts';
import { createPolisher } from './edition/polisher.ts';
import { buffersOf, copyOf, type Resource } from './edition/resource.ts';
import { renderingVersion } from './feeds/renderers.ts';
import { tidyHeap } from './lib/tidy-heap.ts';
import { type Pusher, startPusher } from './push/pusher.ts';
import { type Outcome, Pipeline, type RefreshOptions } from './refresh.ts';
import type { Batch } from './stats/batch.ts';
import { openBureau } from './stats/bureau.ts';
import { editionFileOf, openStore } from './store/open.ts';
import { Refusal } from './store/refusal.ts';
import type { Store } from './store/store.ts';

/** What the newsroom asks of the worker, and of what kind that is. */
export type Order = { readonly kind: 'restore' | 'close' } | ({ readonly kind: 'refresh' } & RefreshOptions);
type OrderKind = Order['kind'];

/** What the worker answers; `change` is the difference to what it sent before. */
export type Report =
  | { readonly order: OrderKind; readonly ok: true; readonly outcome?: Outcome; readonly notice?: string }
  | {
      readonly order: OrderKind;
      readonly ok: false;
      readonly message: string;
      /** It would have done more harm than good: a refresh with `allowsAll` does it all the same. */
      readonly isRefusal?: boolean;
    };

/**
 * What the worker sends unasked: a document in smaller encodings, the wish for a refresh, whether it leads now, the
 * secrets of days, or that it has done with what was counted.
 */
export type Unasked =
  | { readonly polished: Resource }
  | { readonly wake: true }
  | { readonly leads: boolean }
  | { readonly salts: ReadonlyMap<string, string> }
  | { readonly kept: number };

/** What the worker is told: that an edition stands, or what was counted. */
export type Told = 'swapped' | { readonly counted: Batch; readonly id: number };

/** How often the lead among several processes is renewed, or asked for. */
const renewMilliseconds = 3000;

const config = workerData as Config;
let edition: Edition | undefined;
/** Of the store when the edition was made. */
let generation: number | undefined;
let epoch: string | undefined;
let store: Store | undefined;
let pipeline: Pipeline | undefined;
let follower: NodeJS.Timeout | undefined;
let pusher: Pusher | undefined;
const bureau = openBureau(
  config,
  () => {
    open();
    return store!.readership;
  },
  (salts) => parentPort!.postMessage({ salts } satisfies Unasked),
);
const polisher = createPolisher({
  find: (path) => edition?.resources.get(path),
  deliver: (polished) => {
    edition = applyPolish(edition!, polished);
    const copied = copyOf(polished);
    const message: Unasked = { polished: copied };
    parentPort!.postMessage(message, [...buffersOf(copied)]);
  },
  onRest: () => {
    line = line.then(keep);
  },
});

try {
  // On Linux this is the calling thread alone: answers go before refreshes.
  setPriority(10);
} catch {
  // Not allowed everywhere, and not needed.
}

// One order at a time: what a refresh still writes after its report is whole before anything is closed.
let line: Promise<void> = Promise.resolve();
parentPort!.on('message', (order: Order | Told) => {
  if (order === 'swapped') {
    pusher?.wake();
    return;
  }
  if ('counted' in order) {
    void bureau.take(order.counted).then(() => parentPort!.postMessage({ kept: order.id } satisfies Unasked));
    return;
  }
  polisher.pause();
  line = line
    .then(() => carryOut(order))
    .catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      report({ order: order.kind, ok: false, message, isRefusal: error instanceof Refusal });
    })
    .then(() => (order.kind === 'close' ? polisher.pause() : polisher.resume()));
});

async function carryOut(order: Order): Promise<void> {
  if (order.kind === 'refresh') {
    const outcome = await open().refresh(order);
    if (outcome === undefined) report({ order: 'refresh', ok: true });
    else await publish('refresh', outcome);
    tidyHeap();
  } else if (order.kind === 'restore') await restore();
  else {
    clearInterval(follower);
    await bureau.close();
    await pusher?.close();
    await store?.close();
    report({ order: 'close', ok: true });
    parentPort!.close();
  }
}

/** The last edition from its file if it is what the store would give, which takes longer; or if the store gives nothing. */
async function restore(): Promise<void> {
  void bureau.tellSalts();
  const kept = await loadEdition(editionFileOf(config.STORE_URL));
  const nothing = { problems: [], read: 0, advice: [], drafts: [], milliseconds: 0, stages: {} };
  try {
    const pipeline = open();
    if (kept !== undefined && isDeepStrictEqual(kept.origin, await originOf(await store!.generation()))) {
      generation = kept.origin.generation;
      send('restore', { ...nothing, change: kept.change, generation });
      return;
    }
    const outcome = await pipeline.restore();
    if (outcome === undefined) report({ order: 'restore', ok: true });
    else await publish('restore', outcome);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (kept === undefined) throw error;
    // What was read from the file shares one buffer, which could not be handed over twice.
    const change = { ...kept.change, put: kept.change.put.map(copyOf) };
    const outcome = { ...nothing, change, generation: kept.origin.generation };
    report({ order: 'restore', ok: true, outcome, notice: `${message}; serving the last edition's file` });
  }
}

function open(): Pipeline {
  store ??= openStore(config.STORE_URL);
  pusher ??= startPusher(store.outbox, {
    secret: config.HOOK_SECRET,
    onFault: (error) => process.emitWarning(`push: ${error.message}`),
  });
  pipeline ??= new Pipeline(config, store);
  follower ??= followOthers(store);
  return pipeline;
}

/** Keeps the lead, or waits for it, and asks for a refresh when it was won or another process has written. */
function followOthers(shared: Store): NodeJS.Timeout {
  const tell = (message: Unasked): void => parentPort!.postMessage(message);
  let isListening = false;
  let leads = true;
  let told: boolean | undefined;
  const look = async (): Promise<void> => {
    if (!isListening) {
      isListening = true;
      shared
        .onWrite(() => tell({ wake: true }))
        .catch(() => {
          isListening = false;
        });
    }
    const before = leads;
    leads = await shared.lead().catch(() => false);
    if (leads && !before) tell({ wake: true });
    if (leads !== told) tell({ leads });
    told = leads;
  };
  void look();
  return setInterval(look, renewMilliseconds).unref();
}

/** Sends the main thread what is new to it, then keeps the whole edition in its file. */
async function publish(order: OrderKind, outcome: Outcome): Promise<void> {
  const { put, drop, stamps } = send(order, outcome);
  const isKept = outcome.generation === generation;
  generation = outcome.generation;
  if (!isKept || put.length + drop.length + stamps.length > 0) await keep();
}

function send(order: OrderKind, outcome: Outcome): EditionChange {
  const difference = differenceOf(edition, outcome.change);
  edition = applyChange(edition, difference);
  for (const { path } of difference.put) polisher.add(path);
  report({ order, ok: true, outcome: { ...outcome, change: { ...difference, put: difference.put.map(copyOf) } } });
  return difference;
}

async function keep(): Promise<void> {
  if (edition === undefined) return;
  try {
    const kept = { change: wholeOf(edition), origin: await originOf(generation!) };
    await saveEdition(editionFileOf(config.STORE_URL), kept);
  } catch (error) {
    process.emitWarning(`edition: cannot keep the last edition's file: ${(error as Error).message}`);
  }
}

/** What the edition's bytes depend on besides the data folder. */
async function originOf(of: number): Promise<Origin> {
  epoch ??= await store!.epoch();
  const configuration = JSON.stringify([config.PUBLIC_URL, config.REFRESH_CRON, renderingVersion]);
  return { epoch, generation: of, configuration };
}

function report(message: Report): void {
  const put = message.ok ? (message.outcome?.change.put ?? []) : [];
  parentPort!.postMessage(message, put.flatMap(buffersOf));
}
