import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config.ts';
import { applyChange, type Edition, wholeOf } from '../edition/edition.ts';
import { formatProblem, hasError, type Problem } from '../lib/problem.ts';
import type { Outcome } from '../orders.ts';
import { showProgress } from '../progress.ts';
import { waiting } from '../push/waiting.ts';
import { Pipeline } from '../refresh.ts';
import { isCorruption } from '../store/corruption.ts';
import { isPostgres, openStore, sqliteFile } from '../store/open.ts';
import { recoverSqlite } from '../store/recover.ts';
import { Refusal } from '../store/refusal.ts';
import type { Store } from '../store/store.ts';
import { refuseFolder } from './guard.ts';
import { lockFolder } from './lock.ts';
import { readManifest } from './manifest.ts';
import { writeExport } from './write-export.ts';

/**
 * Refreshes, and writes everything that is published as files below `out`, for any web server, CDN or object store.
 * Gives the exit code. Rejects, and writes nothing, when the folder holds what this store did not make. A damaged store
 * is recovered first. With `allowsAll` as much is withdrawn as is found gone.
 */
export async function exportEdition(config: Config, out: string, allowsAll: boolean): Promise<number> {
  try {
    return await openAndExport(config, out, allowsAll);
  } catch (error) {
    if (!isCorruption(error) || isPostgres(config.STORE_URL)) throw error;
    const said = recoverSqlite(sqliteFile(config.STORE_URL), (error as Error).message, Date.now());
    process.stderr.write(`${said}\n`);
    return openAndExport(config, out, allowsAll);
  }
}

async function openAndExport(config: Config, out: string, allowsAll: boolean): Promise<number> {
  const store = openStore(config.STORE_URL);
  try {
    await refuseFolder(out, await readManifest(out), store, config);
    const unlock = lockFolder(out);
    try {
      return await refreshAndWrite(config, store, out, allowsAll);
    } finally {
      unlock();
    }
  } finally {
    await store.close();
  }
}

async function refreshAndWrite(config: Config, store: Store, out: string, allowsAll: boolean): Promise<number> {
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const pipeline = new Pipeline(config, store, { onProgress: showProgress });
  if (!(await store.lead()))
    say('build: another process leads and reads the data folder; what it has stored is written');
  const outcome = await refreshUntilRest(pipeline, config.DATA_DIR, allowsAll, say);
  if (outcome === undefined) throw new Error('build: another process leads, and has published nothing yet');
  for (const problem of outcome.problems) say(formatProblem(problem));
  const sources = { ...pipeline.sources(), store };
  const { counts, notes, faults } = await writeExport(out, await readManifest(out), sources, outcome.change, config);
  for (const line of [...notes, ...faults]) say(`build: ${line}`);
  const { written, removed, all } = counts;
  const posts = (await waiting(store.outbox)).length;
  const wait = posts === 1 ? 'post to hubs and hooks waits' : 'posts to hubs and hooks wait';
  if (posts > 0) say(`build: ${posts} ${wait} for a server, or for the command “push” when the files are in place`);
  process.stdout.write(`${out}: ${written} files written, ${removed} removed, ${all} in all\n`);
  return hasError(outcome.problems) || faults.length > 0 ? 1 : 0;
}

/** How long a build waits for what a refresh would find a moment later, in milliseconds. */
const patience = 10_000;

/**
 * Refreshes again while something is due at once: what was deleted is gone only when it is missing a second time, and
 * a new file may have to be left alone for some seconds. Nobody comes by later, as a server does. The outcome is the
 * last one's, with the whole edition.
 */
async function refreshUntilRest(
  pipeline: Pipeline,
  dir: string,
  allowsAll: boolean,
  say: (line: string) => void,
): Promise<Outcome | undefined> {
  const end = Date.now() + patience;
  let edition: Edition | undefined;
  for (;;) {
    const outcome = await refresh(pipeline, allowsAll, say).catch(async (error: Error) => {
      // What the first look has stored is written all the same.
      if (!(error instanceof Refusal) || edition === undefined) throw error;
      const stored = await pipeline.restore();
      const problem: Problem = { severity: 'error', file: dir, message: error.message };
      return stored && { ...stored, problems: [...stored.problems, problem] };
    });
    if (outcome === undefined) return undefined;
    edition = applyChange(edition, outcome.change);
    const { nextDue } = outcome;
    if (nextDue === undefined || nextDue > end) return { ...outcome, change: wholeOf(edition) };
    await sleep(nextDue - Date.now());
  }
}

/** A server on the same store may write at the same moment; then what it wrote is read, and it is tried again. */
async function refresh(
  pipeline: Pipeline,
  allowsAll: boolean,
  say: (line: string) => void,
): Promise<Outcome | undefined> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await pipeline.refresh({ allowsAll });
    } catch (error) {
      if (tries === 5 || !/another process has written/.test((error as Error).message)) throw error;
      say('build: another process has just written to the store; trying again');
      await sleep(1000);
    }
  }
}
