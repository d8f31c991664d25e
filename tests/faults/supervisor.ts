import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from '../free-port.ts';

/** What keeps a server running, as systemd does, and tells of each end that nobody asked for. */
export type Supervisor = {
  /** Where the server listens, whenever it runs. */
  readonly origin: string;
  readonly pid: () => number;
  /** How many processes there have been: one that has been killed answers nothing any more. */
  readonly life: () => number;
  /** Ends the process at once, by SIGKILL, and starts another; `between` is done while none runs. */
  readonly restart: (between?: () => void) => Promise<void>;
  /** Resolves when the process has greeted, or has ended. */
  readonly isUp: () => Promise<void>;
  /** The last lines of all logs. */
  readonly log: readonly string[];
  readonly close: () => Promise<void>;
};

const main = join(import.meta.dirname, '..', '..', 'src', 'main.ts');
const keptLines = 400;

/** Starts `linecaster serve` in `cwd`; when it ends by itself `onEnd` hears of it, and it is started again. */
export async function supervise(
  env: (life: number) => NodeJS.ProcessEnv,
  cwd: string,
  onEnd: (how: string) => void,
): Promise<Supervisor> {
  const port = await freePort();
  const log: string[] = [];
  const children = new Set<ChildProcess>();
  process.once('exit', () => {
    for (const each of children) each.kill('SIGKILL');
  });
  let life = 0;
  let child: ChildProcess;
  let isWanted = true;
  const note = (line: string): void => {
    log.push(line);
    if (log.length > keptLines) log.shift();
  };
  let up: Promise<void>;
  const start = (): void => {
    isWanted = true;
    life += 1;
    const fixed = { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: String(port) };
    const started = spawn(process.execPath, [main, 'serve'], {
      env: { ...fixed, ...env(life) },
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd,
    });
    child = started;
    children.add(started);
    const lines = [started.stdout!, started.stderr!].map((input) => createInterface({ input }).on('line', note));
    up = new Promise((resolve) => {
      for (const each of lines) each.on('line', (line) => void (line.includes('"port":') && resolve()));
      started.once('exit', () => resolve());
    });
    started.once('exit', (code, signal) => {
      children.delete(started);
      if (!isWanted || child !== started) return;
      onEnd(`the server ended by itself with ${code ?? signal}: ${log.slice(-8).join('\n')}`);
      start();
    });
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    isWanted = false;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  };
  start();
  return {
    origin: `http://127.0.0.1:${port}`,
    pid: () => child.pid!,
    life: () => (isWanted ? life : 0),
    restart: async (between) => {
      await end('SIGKILL');
      between?.();
      start();
    },
    isUp: () => up,
    log,
    close: () => end('SIGTERM'),
  };
}
