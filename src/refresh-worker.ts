import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { Config } from './config.ts';
import type { EditionChange } from './edition/edition.ts';
import { loadEdition, saveEdition } from './edition/edition-file.ts';
import { createPolisher } from './edition/polisher.ts';
import { buffersOf, copyOf, type Resource } from './edition/resource.ts';
import type { DocumentStamp } from './edition/stored-documents.ts';
import { type Pusher, startPusher } from './push/pusher.ts';
import { type Outcome, Pipeline } from './refresh.ts';
import { editionFileOf, openStore } from './store/open.ts';
import type { Store } from './store/store.ts';

/** What the newsroom asks of the worker; `refresh-all` with the guard against mass withdrawal off. */
export type Order = 'restore' | 'refresh' | 'refresh-all' | 'close';

/** What the worker answers; `change` is the difference to what it sent before. */
export type Report =
  | { readonly order: Order; readonly ok: true; readonly outcome?: Outcome; readonly notice?: string }
  | { readonly order: Order; readonly ok: false; readonly message: string };

/** What the worker sends unasked: a document in smaller encodings, or the wish for a refresh. */
export type Unasked = { readonly polished: Resource } | { readonly wake: true };

/** How often the lead among several processes is renewed, or asked for. */
const renewMilliseconds = 3000;

const config = workerData as Config;
const resources = new Map<string, Resource>();
const stamps = new Map<string, DocumentStamp>();
let store: Store | undefined;
let pipeline: Pipeline | undefined;
let follower: NodeJS.Timeout | undefined;
let pusher: Pusher | undefined;
let isFirst = true;
let sent: EditionChange | undefined;
const polisher = createPolisher({
  find: (path) => resources.get(path),
  deliver: (polished) => {
    resources.set(polished.path, polished);
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
parentPort!.on('message', (order: Order | 'swapped') => {
  if (order === 'swapped') {
    pusher?.wake();
    return;
  }
  polisher.pause();
  line = line
    .then(() => carryOut(order))
    .catch((error: unknown) => {
      report({ order, ok: false, message: error instanceof Error ? error.message : String(error) });
    })
    .then(() => (order === 'close' ? polisher.pause() : polisher.resume()));
});

async function carryOut(order: Order): Promise<void> {
  if (order === 'close') {
    clearInterval(follower);
    await pusher?.close();
    await store?.close();
    report({ order, ok: true });
    parentPort!.close();
    return;
  }
  if (order === 'restore') return restore();
  const outcome = await open().refresh(order === 'refresh-all');
  if (outcome === undefined) report({ order, ok: true });
  else await publish(order, outcome);
}

async function restore(): Promise<void> {
  try {
    const outcome = await open().restore();
    if (outcome === undefined) report({ order: 'restore', ok: true });
    else await publish('restore', outcome);
  } catch (error) {
    const kept = await loadEdition(editionFileOf(config.STORE_URL));
    const message = error instanceof Error ? error.message : String(error);
    if (kept === undefined) throw error;
    // What was read from the file shares one buffer, which could not be handed over twice.
    const change = { ...kept, put: kept.put.map(copyOf) };
    const outcome = { change, problems: [], read: 0, advice: [], drafts: [], milliseconds: 0 };
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
  const wake: Unasked = { wake: true };
  let isListening = false;
  let leads = true;
  return setInterval(async () => {
    if (!isListening) {
      isListening = true;
      shared
        .onWrite(() => parentPort!.postMessage(wake))
        .catch(() => {
          isListening = false;
        });
    }
    const before = leads;
    leads = await shared.lead().catch(() => false);
    if (leads && !before) parentPort!.postMessage(wake);
  }, renewMilliseconds).unref();
}

/** Sends the main thread what is new to it, then keeps the whole edition in its file. */
async function publish(order: Order, outcome: Outcome): Promise<void> {
  const { change } = outcome;
  const put = change.put.filter((one) => resources.get(one.path)?.etag !== one.etag);
  const stale = change.whole ? keysBeside(change.put) : change.drop;
  const drop = stale.filter((path) => resources.delete(path));
  for (const one of put) {
    resources.set(one.path, one);
    polisher.add(one.path);
  }
  if (change.whole) stamps.clear();
  for (const path of change.drop) stamps.delete(path);
  for (const stamp of change.stamps) stamps.set(stamp.path, stamp);
  // The first edition of this worker replaces whatever the main thread has; later ones say what is different.
  const whole = isFirst;
  isFirst = false;
  const difference = { ...change, whole, put: put.map(copyOf), drop: [...new Set([...drop, ...change.drop])] };
  report({ order, ok: true, outcome: { ...outcome, change: difference } });
  sent = { ...change, put: [], drop: [] };
  if (whole || put.length + drop.length + change.stamps.length > 0) await keep();
}

async function keep(): Promise<void> {
  if (sent === undefined) return;
  const whole = { ...sent, whole: true, put: [...resources.values()], drop: [], stamps: [...stamps.values()] };
  await saveEdition(editionFileOf(config.STORE_URL), whole).catch((error: Error) => {
    process.emitWarning(`edition: cannot keep the last edition's file: ${error.message}`);
  });
}

function keysBeside(put: readonly Resource[]): readonly string[] {
  const paths = new Set(put.map(({ path }) => path));
  return [...resources.keys()].filter((path) => !paths.has(path));
}

function report(message: Report): void {
  const put = message.ok ? (message.outcome?.change.put ?? []) : [];
  parentPort!.postMessage(message, put.flatMap(buffersOf));
}
