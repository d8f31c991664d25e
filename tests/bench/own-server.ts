import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../free-port.ts';
import { type Client, openClient, toRequest } from './client.ts';

/** `linecaster serve` as an operator starts it, in a process of its own. */
export type OwnServer = {
  readonly pid: number;
  readonly port: number;
  /** Asks until it answers 200 on /rss.xml, which takes a share of the processor; gives the milliseconds since its start. */
  readonly firstAnswer: () => Promise<number>;
  /** What the log says of the next refresh that it has not told of yet; rejects when the server ends before. */
  readonly refreshed: () => Promise<RefreshLine>;
  readonly stop: () => Promise<void>;
};

/** The line of the log about a refresh. */
export type RefreshLine = { readonly msg: 'refresh'; readonly read: number; readonly milliseconds: number };

/** The way to `src/main.ts`, for other commands of it. */
export const mainFile: string = join(import.meta.dirname, '..', '..', 'src', 'main.ts');

export const publicUrl = 'https://news.example.com';

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts it on a free port of the loopback interface. */
export async function startOwnServer(env: NodeJS.ProcessEnv): Promise<OwnServer> {
  const port = await freePort();
  const settings = { HOST: '127.0.0.1', PORT: String(port), PUBLIC_URL: publicUrl, REFRESH_CRON: '0 0 1 1 *' };
  const started = performance.now();
  const child = spawn(process.execPath, [mainFile, 'serve'], {
    env: { PATH: process.env.PATH, ...settings, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  const { refreshed } = followLog(child);
  return {
    pid: child.pid!,
    port,
    firstAnswer: async () => {
      await untilAnswered(port, child);
      return performance.now() - started;
    },
    refreshed,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill();
      await once(child, 'exit');
    },
  };
}

function followLog(child: ChildProcess): Pick<OwnServer, 'refreshed'> {
  const told: RefreshLine[] = [];
  let ended: Error | undefined;
  let look: () => void = () => undefined;
  createInterface({ input: child.stdout! }).on('line', (text) => {
    const line = JSON.parse(text) as { readonly level: number; readonly msg: string };
    if (line.level >= 50) ended ??= new Error(`bench: the server says ${text}`);
    if (line.msg === 'refresh') told.push(line as RefreshLine & { readonly level: number });
    look();
  });
  child.once('exit', (code, signal) => {
    ended ??= new Error(`bench: the server ended with ${code ?? signal}`);
    look();
  });
  return {
    refreshed: () =>
      new Promise((resolve, reject) => {
        look = () => {
          if (told.length === 0 && ended === undefined) return;
          look = () => undefined;
          const line = told.shift();
          if (line === undefined) reject(ended);
          else resolve(line);
        };
        look();
      }),
  };
}

/** Asks often in the first seconds, then so seldom that an import does not notice. */
async function untilAnswered(port: number, child: ChildProcess): Promise<void> {
  const started = performance.now();
  const client: Client = openClient(port);
  const status = (): Promise<number | undefined> =>
    client.ask(toRequest('/rss.xml')).then(
      (reply) => reply.status,
      () => undefined,
    );
  while (child.exitCode === null && (await status()) !== 200) {
    await sleep(performance.now() - started < 3000 ? 2 : 50);
  }
  client.close();
}
