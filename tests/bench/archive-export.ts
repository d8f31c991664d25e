import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type Bench, settingsOf } from './archive.ts';
import { mainFile, publicUrl } from './own-server.ts';

/** Milliseconds of `build --out`, process and all. */
export type ExportFigures = { readonly first: number; readonly oneArticle: number };

/** Writes the site from the full store into an empty folder, and once more after one article changed. */
export async function measureExport(bench: Bench): Promise<ExportFigures> {
  const first = await timeBuild(bench);
  bench.corpus.changeArticle();
  return { first, oneArticle: await timeBuild(bench) };
}

async function timeBuild(bench: Bench): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, [mainFile, 'build', '--out', join(bench.work, 'site')], {
    env: { PATH: process.env.PATH, PUBLIC_URL: publicUrl, ...settingsOf(bench) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`bench: build ended with ${code}`);
  return performance.now() - started;
}
