import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { newFolder } from '../harness.ts';

const main = join(import.meta.dirname, '..', '..', 'src', 'main.ts');

/** What an import did. */
export type Imported = {
  readonly code: number | null;
  readonly out: string;
  readonly errors: string;
  readonly dir: string;
  /** The articles' texts, by their path in the data folder. */
  readonly articles: Readonly<Record<string, string>>;
};

/** Runs `linecaster import` as a process, into a new folder unless `dir` is given. */
export async function importFeed(
  address: string,
  options: { readonly publicUrl?: string; readonly dir?: string } = {},
): Promise<Imported> {
  const { publicUrl = 'https://news.example.com', dir = newFolder() } = options;
  const child = spawn(process.execPath, [main, 'import', address], {
    env: { PATH: process.env.PATH, DATA_DIR: dir, PUBLIC_URL: publicUrl },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [out, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, out, errors, dir, articles: readArticles(dir) };
}

/** The articles of a data folder. */
function readArticles(dir: string): Readonly<Record<string, string>> {
  const paths = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.html'));
  return Object.fromEntries(paths.sort().map((path) => [path, readFileSync(join(dir, path), 'utf8')]));
}
