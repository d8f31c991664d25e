import { existsSync } from 'node:fs';
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
import { type KeptEdition, loadEdition, type Origin, saveEdition } from './edition/edition-file.ts';
import { editionFileOf } from './edition/kept-files.ts';
import { createPolisher } from './edition/polisher.ts';
import { buffersOf, copyOf } from './edition/resource.ts';
import { toConfiguration, toOutcome, toStandIn, untilLaterSecond, whyNotWhole } from './kept-edition.ts';
import { giveWay } from './lib/give-way.ts';
import { tidyAtRest } from './lib/tidy-heap.ts';
import type { Order, OrderKind, Outcome, RefreshOptions, Report, Told, Unasked } from './orders.ts';
import { openBureau } from './stats/bureau.ts';
import { openDoubts } from './store/doubt.ts';
import { Refusal } from './store/refusal.ts';
import { isStale } from './store/stale.ts';
import { openWorkroom } from './workroom.ts';

const config = workerData as Config;
let edition: Edition | undefined;
/** Of the store when the edition was made. */
let generation: number | undefined;
const doubt = openDoubts();
const closing = new AbortController();
const workroom = openWorkroom(config, { signal: closing.signal, onNews: tell, onPushFault: fault('push') });
const bureau = openBureau(
  config,
  () => workroom.store().readership,
  (salts) => tell({ salts }),
  fault('stats'),
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

giveWay();
// Without an edition that was kept, the first order needs what makes one.
if (!existsSync(editionFileOf(config.STORE_URL))) void import('./refresh.ts');

// One order at a time: what a refresh still writes after its report is whole before anything is closed.
let line: Promise<void> = Promise.resolve();
parentPort!.on('message', (order: Order | Told) => {
  if (order === 'swapped') {
    workroom.announce(generation).catch(fault('push'));
    return;
  }
  if (order === 'closing') {
    closing.abort(new Error('given up, since the server is closing; the next start does it'));
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
      const isGivenUp = error === closing.signal.reason;
      report({
        order: order.kind,
        ok: false,
        message,
        isRefusal: error instanceof Refusal,
        canBeAllowed: error instanceof Refusal && error.canBeAllowed,
        isStale: isStale(error),
        isGivenUp,
      });
    })
    .then(() => (order.kind === 'close' ? polisher.pause() : polisher.resume()));
});

async function carryOut(order: Order): Promise<void> {
  if (order.kind === 'refresh') {
    await refresh(order);
    tidyAtRest();
  } else if (order.kind === 'restore') {
    // Not before: while the store is locked it waits, and this thread with it.
    await restore().finally(() => void bureau.begin());
  } else {
    await bureau.close();
    await workroom.close();
    report({ order: 'close', ok: true });
    parentPort!.close();
  }
}

/** A store that turns out to be damaged is recovered at once, and refreshed from then on. */
async function refresh(options: RefreshOptions): Promise<void> {
  let notice: string | undefined;
  const work = async (): Promise<Outcome | undefined> => (await workroom.pipeline()).refresh(options);
  const outcome = await work().catch(async (error: Error) => {
    notice = await workroom.recover(error);
    return work().catch((again: Error) => {
      throw new Error(`${notice}; ${again.message}`, { cause: again });
    });
  });
  await publish('refresh', outcome, notice);
}

/** The last edition from its file if it is what the store would give, which takes longer; or if the store gives nothing. */
async function restore(): Promise<void> {
  const kept = await loadEdition(editionFileOf(config.STORE_URL));
  try {
    if (kept !== undefined && isDeepStrictEqual(kept.origin, await originOf(await workroom.store().generation()))) {
      generation = kept.origin.generation;
      send('restore', toOutcome(kept));
      return;
    }
    if (kept !== undefined) await untilLaterSecond();
    const reason = kept === undefined ? undefined : await whyNotWhole(workroom.store(), kept, config);
    if (reason !== undefined) return standIn(kept!, reason);
    await publish('restore', await (await workroom.pipeline()).restore());
  } catch (error) {
    if (kept === undefined) await restoreRecovered(error as Error);
    else standIn(kept, error instanceof Error ? error.message : String(error));
  }
}

function standIn(kept: KeptEdition, reason: string): void {
  report({
    order: 'restore',
    ok: true,
    outcome: toStandIn(kept),
    notice: `${reason}; serving the last edition's file`,
  });
}

/** Without an edition to show meanwhile, what is left in a damaged store is better than nothing. */
async function restoreRecovered(error: Error): Promise<void> {
  const notice = await workroom.recover(error);
  await publish('restore', await (await workroom.pipeline()).restore(), notice);
}

/** Sends the main thread what is new to it, then keeps the whole edition in its file; says so where there is none. */
async function publish(order: OrderKind, outcome: Outcome | undefined, notice?: string): Promise<void> {
  if (outcome === undefined) return report({ order, ok: true, ...(notice === undefined ? {} : { notice }) });
  const { put, drop, stamps } = send(order, outcome, notice);
  const isKept = outcome.generation === generation;
  generation = outcome.generation;
  if (!isKept || put.length + drop.length + stamps.length > 0) await keep();
}

function send(order: OrderKind, outcome: Outcome, notice?: string): EditionChange {
  const difference = differenceOf(edition, outcome.change);
  edition = applyChange(edition, difference);
  for (const { path } of difference.put) polisher.add(path);
  const sent = { ...outcome, change: { ...difference, put: difference.put.map(copyOf) } };
  report({ order, ok: true, outcome: sent, ...(notice === undefined ? {} : { notice }) });
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
  const write = await workroom.store().writeOf?.(of);
  return { epoch: await workroom.epoch(), generation: of, write, configuration: toConfiguration(config) };
}

/** What becomes of errors in work that nobody waits for. */
function fault(stage: string): (error: Error) => void {
  return (error) => {
    process.emitWarning(`${stage}: ${error.message}`);
    doubt(error);
  };
}

function tell(message: Unasked): void {
  parentPort!.postMessage(message);
}

function report(message: Report): void {
  const put = message.ok ? (message.outcome?.change.put ?? []) : [];
  parentPort!.postMessage(message, put.flatMap(buffersOf));
}
