import { cp, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Config } from './config.ts';
import { formatProblem } from './lib/problem.ts';
import { showProgress } from './progress.ts';
import { Pipeline } from './refresh.ts';
import { hasError } from './source/front-fields.ts';
import { openStore } from './store/open.ts';

/** Writes every document, page and media file below `out`; a file that holds the same already is left alone. */
export async function exportEdition(config: Config, out: string): Promise<number> {
  const store = openStore(config.STORE_URL);
  const pipeline = new Pipeline(config, store, { onProgress: showProgress });
  const outcome = await pipeline.refresh();
  if (outcome === undefined) throw new Error('build: another process leads, and has published nothing yet');
  const { change, problems } = outcome;
  for (const problem of problems) process.stderr.write(`${formatProblem(problem)}\n`);
  let written = 0;
  for (const resource of change.put) {
    written += Number(await write(join(out, toFile(resource.path, resource.contentType)), resource.identity));
  }
  for await (const page of pipeline.onDemand()) {
    written += Number(await write(join(out, toFile(page.path, page.contentType)), page.identity));
  }
  for (const [path, diskPath] of change.media) {
    if (diskPath !== undefined)
      await cp(join(config.DATA_DIR, diskPath), join(out, 'media', path), { preserveTimestamps: true });
  }
  process.stdout.write(`${out}: ${written} files written\n`);
  await store.close();
  return hasError(problems) ? 1 : 0;
}

/** A page becomes the index of a folder of its name, so that its URL stays as it is. */
function toFile(path: string, contentType: string): string {
  const decoded = decodeURIComponent(path);
  if (decoded.endsWith('/')) return `${decoded}index.html`;
  return contentType.startsWith('text/html') && !decoded.endsWith('.html') ? join(decoded, 'index.html') : decoded;
}

async function write(file: string, body: Uint8Array): Promise<boolean> {
  const before = await readFile(file).catch(() => undefined);
  if (before?.equals(body) === true) return false;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.new`, body);
  await rename(`${file}.new`, file);
  return true;
}
