import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { archiveSteps, type Bench } from './archive.ts';
import { openArchiveCorpus } from './archive-corpus.ts';
import { show, spreadOf } from './cpu.ts';
import type { Memory } from './memory.ts';

/** What to measure: the sizes, a folder that keeps the corpora for the next time, and whether to leave the export out. */
export type ArchiveOptions = {
  readonly sizes: readonly number[];
  readonly keep: string | undefined;
  readonly noExport: boolean;
};

/** Measures and prints archives of several sizes, the smallest first. */
export async function reportArchives(options: ArchiveOptions, print: (line: string) => void): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), 'linecaster-bench-'));
  try {
    for (const articles of options.sizes) {
      const parent = options.keep === undefined ? work : resolve(options.keep);
      mkdirSync(parent, { recursive: true });
      const bench = { corpus: openArchiveCorpus(parent, articles), work: join(work, `size-${articles}`) };
      await reportArchive(bench, options.noExport, print);
      rmSync(bench.work, { recursive: true });
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function reportArchive(bench: Bench, noExport: boolean, print: (line: string) => void): Promise<void> {
  const { articles, shape, headlines } = bench.corpus;
  const row = (name: string, text: string): void => print(`  ${name.padEnd(29)}${text}`);
  print(`\n${articles} articles of 4 kB, ${shape.topics} topics, ${shape.authors} authors, ${headlines} headlines`);
  const steps = archiveSteps(bench);
  const { milliseconds, changes, memory, storeBytes, editionFileBytes } = await steps.imported();
  row(
    'cold import',
    `${seconds(milliseconds)}, ${Math.round((articles * 1000) / spreadOf(milliseconds).median)} articles/s`,
  );
  const ratio = spreadOf(changes.unchanged.map((one, round) => one / changes.find[round]!));
  row('nothing changed', `${millis(changes.unchanged)}; find: ${millis(changes.find)}; ratio ${show(ratio, 2)}`);
  row('one article changed', millis(changes.oneArticle));
  row('one new headline', millis(changes.oneHeadline));
  row('memory after the import', megabytes(memory.atRest));
  row(`  and ${memory.feedsPolled} documents polled`, megabytes(memory.polled));
  row('store; last edition', `${toMegabytes(storeBytes)}; ${toMegabytes(editionFileBytes)}`);
  const started = await steps.started();
  row('start to the first 200', millis(started.milliseconds));
  row('memory after a start', megabytes(started.memory));
  const { article, headline } = await steps.watched();
  row('saved to served, article', millis(article));
  row('saved to served, headline', millis(headline));
  if (noExport) return;
  const { first, oneArticle } = await steps.exported();
  row('static export', `first ${seconds([first])}; one article changed ${seconds([oneArticle])}`);
}

function millis(values: readonly number[]): string {
  return `${show(spreadOf(values), 0)} ms`;
}

function seconds(values: readonly number[]): string {
  const { median, low, high } = spreadOf(values.map((one) => one / 1000));
  return values.length === 1 ? `${median.toFixed(1)} s` : `${show({ median, low, high }, 1)} s`;
}

function megabytes({ now, peak }: Memory): string {
  return `${now.toFixed(0)} MB, peak ${peak.toFixed(0)} MB`;
}

function toMegabytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MB`;
}
