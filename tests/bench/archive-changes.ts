import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from './archive.ts';
import type { OwnServer } from './own-server.ts';

/** Milliseconds from asking a running server for a refresh to its word that it is done. */
export type ChangeFigures = {
  readonly unchanged: readonly number[];
  /** What `find` takes to say size and time of every file, in the same rounds. */
  readonly find: readonly number[];
  readonly oneArticle: readonly number[];
  readonly oneHeadline: readonly number[];
};

/** Versions are told apart by the second, so that an editor who saves twice within one waits for the next. */
export const editorPause = 2100;

/** Asks for refreshes by SIGHUP: with nothing changed, then with one article or one headline changed. */
export async function measureChanges({ corpus }: Bench, server: OwnServer): Promise<ChangeFigures> {
  const unchanged: number[] = [];
  const find: number[] = [];
  for (let round = 0; round < 9; round += 1) {
    find.push(timeFind(corpus.dir));
    unchanged.push(await timeRefresh(server));
  }
  const oneArticle: number[] = [];
  const oneHeadline: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    for (const [change, times] of [
      [corpus.changeArticle, oneArticle],
      [corpus.addHeadline, oneHeadline],
    ] as const) {
      await sleep(editorPause);
      change();
      times.push(await timeRefresh(server));
    }
  }
  return { unchanged, find, oneArticle, oneHeadline };
}

async function timeRefresh({ pid, refreshed }: OwnServer): Promise<number> {
  const started = performance.now();
  process.kill(pid, 'SIGHUP');
  await refreshed();
  return performance.now() - started;
}

function timeFind(dir: string): number {
  const started = performance.now();
  const { status } = spawnSync('find', [dir, '-type', 'f', '-printf', '%s %T@\n'], { stdio: 'ignore' });
  if (status !== 0) throw new Error(`bench: find ended with ${status}`);
  return performance.now() - started;
}
