import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { newFolder } from '../harness.ts';

/** What a command said and how it ended. */
export type Ending = { readonly code: number; readonly output: string };

/** A publication that is exported. */
export type Export = { readonly data: string; readonly out: string; readonly env: NodeJS.ProcessEnv };

export function newExport(env: NodeJS.ProcessEnv = {}): Export {
  const data = newFolder();
  const own = {
    DATA_DIR: data,
    STORE_URL: `sqlite:${newFolder()}/store.db`,
    PUBLIC_URL: 'https://news.example.com',
    ...env,
  };
  return { data, out: join(newFolder(), 'out'), env: own };
}

/** Runs `linecaster build`, with these arguments besides. */
export function build({ out, env }: Pick<Export, 'out' | 'env'>, ...more: readonly string[]): Promise<Ending> {
  const main = join(import.meta.dirname, '..', '..', 'src', 'main.ts');
  return new Promise((resolve) => {
    const options = { env: { PATH: process.env.PATH, ...env } };
    execFile(process.execPath, [main, 'build', '--out', out, ...more], options, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), output: stdout + stderr });
    });
  });
}

/** The files below a folder. */
export function filesOf(out: string): readonly string[] {
  const all = readdirSync(out, { recursive: true, encoding: 'utf8' }).toSorted();
  return all.filter((path) => statSync(join(out, path)).isFile());
}

/** Each file's inode, time and bytes: all that tells whether anybody touched it. */
export function traces(out: string): ReadonlyMap<string, string> {
  return new Map(
    filesOf(out).map((path) => {
      const { ino, mtimeMs } = statSync(join(out, path));
      return [path, `${ino} ${mtimeMs} ${readFileSync(join(out, path)).toString('base64')}`];
    }),
  );
}
