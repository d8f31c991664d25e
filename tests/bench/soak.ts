import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../free-port.ts';
import { article, articleFile, headlineList, writeCorpus } from './corpus.ts';
import { inspectOption, type LiveHeap, openLiveHeap } from './live-heap.ts';
import { memoryOf } from './memory.ts';
import { startOwnServer } from './own-server.ts';
import { measureCapacity, type Polls, type SoakLoad, startSoakLoad } from './soak-load.ts';

/**
 * What was measured in a few seconds: memory in megabytes, of the process and, once a minute, what the main thread's heap
 * holds without its garbage.
 */
export type Sample = Polls & { readonly seconds: number; readonly resident: number; readonly heap?: number };

export type SoakFigures = {
  /** Polls a second, and how many were sent. */
  readonly capacity: number;
  readonly rate: number;
  readonly edits: number;
  readonly samples: readonly Sample[];
};

/** `stop` gives how many edits there were. */
type Editor = { readonly stop: () => number };

const articles = 1000;
const sampleSeconds = 5;

/** Edits once a second for so many minutes, and polls as often as asked, else at half of what server and client manage. */
export async function soak(
  minutes: number,
  asked: number | undefined,
  onMinute: (samples: readonly Sample[]) => void,
): Promise<SoakFigures> {
  const work = mkdtempSync(join(tmpdir(), 'linecaster-bench-'));
  const data = join(work, 'data');
  mkdirSync(data);
  writeCorpus(data, articles);
  const inspected = await freePort();
  const server = await startOwnServer({
    DATA_DIR: data,
    STORE_URL: `sqlite:${join(work, 'store.db')}`,
    WATCH: 'true',
    ADMIN_TOKEN: 'soaking-the-server',
    LOG_LEVEL: 'warn',
    NODE_OPTIONS: inspectOption(inspected),
  });
  let heap: LiveHeap | undefined;
  let editor: Editor | undefined;
  let load: SoakLoad | undefined;
  try {
    await server.firstAnswer();
    heap = await openLiveHeap(inspected);
    editor = startEditing(data);
    const capacity = await measureCapacity(server.port, 5000);
    const rate = asked ?? Math.round(capacity / 2);
    load = startSoakLoad(server.port, rate);
    const samples: Sample[] = [];
    for (let seconds = sampleSeconds; seconds <= minutes * 60; seconds += sampleSeconds) {
      await sleep(sampleSeconds * 1000);
      const sample = { ...load.take(), seconds, resident: memoryOf(server.pid).now };
      const isMinute = seconds % 60 === 0;
      samples.push(isMinute ? { ...sample, heap: await heap.measure() } : sample);
      if (isMinute) onMinute(samples.slice(-60 / sampleSeconds));
    }
    return { capacity, rate, edits: editor.stop(), samples };
  } finally {
    editor?.stop();
    heap?.close();
    await load?.stop();
    await server.stop();
    rmSync(work, { recursive: true, force: true });
  }
}

/** One of the newest articles is edited each second, and each tenth second a headline takes the place of the oldest. */
function startEditing(data: string): Editor {
  const headlines = headlineList(10_000);
  let edits = 0;
  const timer = setInterval(() => {
    edits += 1;
    const n = articles - 1 - (edits % 50);
    writeFileSync(articleFile(data, n), article(n, edits));
    if (edits % 10 !== 0) return;
    const newest = headlines.slice(edits / 10, edits / 10 + 40).toReversed();
    writeFileSync(join(data, 'headlines.txt'), `${newest.join('\n')}\n`);
  }, 1000);
  return {
    stop: () => {
      clearInterval(timer);
      return edits;
    },
  };
}
