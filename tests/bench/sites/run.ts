import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { memoryOf } from '../memory.ts';

/** How long something took, and the most memory that its process had resident, in megabytes. */
export type Run = { readonly milliseconds: number; readonly peak: number };

/** A command, with the folder that it runs in. */
export type Command = {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
};

/** Runs a command to its end, which has to be a good one. */
export async function run({ file, args, cwd, env }: Command): Promise<Run> {
  const started = performance.now();
  const child = spawn(file, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] });
  const complaints: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk));
  const peak = watchPeak(child);
  const [code] = await once(child, 'exit');
  const milliseconds = performance.now() - started;
  if (code !== 0) throw new Error(`bench: ${file} ended with ${code}: ${Buffer.concat(complaints)}`);
  return { milliseconds, peak: peak() };
}

/** The version that a program says it has; undefined when it is not installed. */
export function versionOf(file: string, args: readonly string[]): string | undefined {
  return /\d+(\.\d+)+/.exec(spawnSync(file, args, { encoding: 'utf8' }).stdout ?? '')?.[0];
}

/** The kernel keeps the peak itself, so that only what the last moment before the end adds is missed. */
function watchPeak(child: ChildProcess): () => number {
  let peak = 0;
  const timer = setInterval(() => {
    try {
      peak = memoryOf(child.pid!).peak;
    } catch {
      // It has ended.
    }
  }, 10);
  child.once('exit', () => clearInterval(timer));
  return () => peak;
}
