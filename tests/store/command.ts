import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** What a command said, and its exit code. */
export type Told = { readonly code: number | null; readonly output: string; readonly errors: string };

/** Runs `linecaster` with these arguments on a store. */
export function run(storeUrl: string, ...args: readonly string[]): Told {
  const main = join(import.meta.dirname, '..', '..', 'src', 'main.ts');
  const env = { PATH: process.env.PATH, STORE_URL: storeUrl };
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { env, encoding: 'utf8' });
  return { code: status, output: stdout, errors: stderr };
}
