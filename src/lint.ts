import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config.ts';
import type { Site } from './feeds/site.ts';
import { formatProblem, hasError, type Problem } from './lib/problem.ts';
import { showProgress } from './progress.ts';
import { Pipeline } from './refresh.ts';
import { findLine } from './source/find-line.ts';
import { isSource } from './source/roles.ts';
import type { Ledger } from './store/ledger.ts';
import { lostReferences } from './store/lost-references.ts';
import { openStore } from './store/open.ts';
import { Refusal } from './store/refusal.ts';

/**
 * Checks a data folder as if it were published for the first time. Prints each problem, how each file was read, and
 * what would be published; 1 when there is an error.
 */
export async function lint(config: Config, showDrafts: boolean): Promise<number> {
  const store = openStore('sqlite::memory:');
  const pipeline = new Pipeline(config, store, { onProgress: showProgress });
  const print = (line: string): void => void process.stdout.write(`${line}\n`);
  const outcome = await pipeline.refresh().catch((error: Error) => {
    if (error instanceof Refusal) return print(error.message);
    throw error;
  });
  if (outcome === undefined) return 1;
  const { drafts } = outcome;
  const { ledger, site } = pipeline.sources();
  const problems = [...outcome.problems, ...(await lostProblems(ledger, site, config.DATA_DIR))];
  for (const problem of problems) print(formatProblem(problem));
  for (const advice of outcome.advice) print(advice);
  print('');
  const files = [...ledger.files.values()].sort((a, b) => a.path.localeCompare(b.path, 'en', { numeric: true }));
  for (const file of files) {
    if (isSource(file.role)) print(`${file.path}: ${file.how}`);
  }
  print('');
  const entries = [...ledger.entries.values()].sort((a, b) => b.published - a.published);
  for (const entry of entries) {
    if (entry.status === 'live') print(`${new Date(entry.published).toISOString()}  ${entry.path}  ${entry.title}`);
    else if (showDrafts) print(`${new Date(entry.published).toISOString()}  (${entry.status})  ${entry.title}`);
  }
  if (showDrafts) for (const draft of drafts) print(`draft  ${draft}`);
  await store.close();
  return hasError(problems) ? 1 : 0;
}

/** Said here and not by a server: what is missing may be on its way, and is looked for at each refresh. */
async function lostProblems(ledger: Ledger, site: Site, dir: string): Promise<readonly Problem[]> {
  // At the address of another site there may be what is not here.
  if (site.publication.permalinks !== undefined) return [];
  const problems: Problem[] = [];
  const isOnDisk = (path: string): boolean => existsSync(join(dir, path)) && statSync(join(dir, path)).isFile();
  for (const { file, reference, message } of lostReferences(ledger, isOnDisk)) {
    const line = await findLine(dir, ledger.files.get(file)!, reference);
    problems.push({ severity: 'warning', file, ...(line === undefined ? {} : { line }), message });
  }
  return problems;
}
