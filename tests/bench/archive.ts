import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { editionFileOf } from '../../src/edition/kept-files.ts';
import { measureChanges } from './archive-changes.ts';
import type { ArchiveCorpus } from './archive-corpus.ts';
import { measureExport } from './archive-export.ts';
import { pollFeeds } from './archive-polls.ts';
import { untilIdle } from './cpu.ts';
import { type Memory, memoryOf } from './memory.ts';
import { type OwnServer, startOwnServer } from './own-server.ts';
import { measureWatch } from './watch.ts';

/** What a measurement is taken on: the corpus, and a folder for store and export. */
export type Bench = { readonly corpus: ArchiveCorpus; readonly work: string };

/** How a first import went. */
export type ImportFigures = {
  readonly milliseconds: readonly number[];
  readonly memory: { readonly atRest: Memory; readonly polled: Memory; readonly feedsPolled: number };
  readonly storeBytes: number;
  readonly editionFileBytes: number;
};

/** All figures of one size, as they are taken one after the other; the store grows from the import on. */
export type ArchiveSteps = {
  readonly imported: () => Promise<ImportFigures & { readonly changes: Awaited<ReturnType<typeof measureChanges>> }>;
  readonly started: () => Promise<{ readonly milliseconds: readonly number[]; readonly memory: Memory }>;
  readonly watched: () => ReturnType<typeof measureWatch>;
  readonly exported: () => ReturnType<typeof measureExport>;
};

/** The settings of a process on this corpus and its store. */
export function settingsOf({ corpus, work }: Bench): { readonly DATA_DIR: string; readonly STORE_URL: string } {
  return { DATA_DIR: corpus.dir, STORE_URL: `sqlite:${join(work, 'store', 'store.db')}` };
}

/** Small corpora are imported three times, as their figures are the less certain. */
export function archiveSteps(bench: Bench): ArchiveSteps {
  return {
    imported: () => measureImport(bench, bench.corpus.articles > 10_000 ? 1 : 3),
    started: () => measureStarts(bench, 5),
    watched: () => measureWatch(bench, 20),
    exported: () => measureExport(bench),
  };
}

/** Every round begins with no store; the last one's server is the one that is looked at more closely. */
async function measureImport(bench: Bench, rounds: number): ReturnType<ArchiveSteps['imported']> {
  const milliseconds: number[] = [];
  for (let round = 1; round < rounds; round += 1) {
    const { server, took } = await importAnew(bench);
    milliseconds.push(took);
    await server.stop();
  }
  const { server, took } = await importAnew(bench);
  try {
    milliseconds.push(took);
    await untilIdle(server.pid);
    const atRest = memoryOf(server.pid);
    const changes = await measureChanges(bench, server);
    const feedsPolled = await pollFeeds(server.port, bench.corpus.shape);
    await untilIdle(server.pid);
    const memory = { atRest, polled: memoryOf(server.pid), feedsPolled };
    return { milliseconds, changes, memory, ...(await sizesAfter(bench, server)) };
  } finally {
    await server.stop();
  }
}

async function importAnew(bench: Bench): Promise<{ readonly server: OwnServer; readonly took: number }> {
  rmSync(join(bench.work, 'store'), { recursive: true, force: true });
  mkdirSync(join(bench.work, 'store'), { recursive: true });
  const server = await startOwnServer(settingsOf(bench));
  const { read, milliseconds } = await server.refreshed();
  if (read < bench.corpus.articles) throw new Error(`bench: expected all files to be read, found ${read}`);
  return { server, took: milliseconds };
}

/** Sizes are read when the store is closed, and its log written back. */
async function sizesAfter(
  bench: Bench,
  server: OwnServer,
): Promise<Pick<ImportFigures, 'storeBytes' | 'editionFileBytes'>> {
  await server.stop();
  const { STORE_URL } = settingsOf(bench);
  return {
    storeBytes: statSync(STORE_URL.slice('sqlite:'.length)).size,
    editionFileBytes: statSync(editionFileOf(STORE_URL)).size,
  };
}

/** Starts over a full store, as often as a minute allows; the memory is that of the last one at rest, which has imported nothing. */
async function measureStarts(bench: Bench, rounds: number): ReturnType<ArchiveSteps['started']> {
  const milliseconds: number[] = [];
  const end = performance.now() + 60_000;
  for (;;) {
    const server = await startOwnServer(settingsOf(bench));
    try {
      milliseconds.push(await server.firstAnswer());
      await server.refreshed();
      if (milliseconds.length < rounds && performance.now() < end) continue;
      await untilIdle(server.pid);
      return { milliseconds, memory: memoryOf(server.pid) };
    } finally {
      await server.stop();
    }
  }
}
