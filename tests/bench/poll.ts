import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { headerOf, openClient, toRequest } from './client.ts';
import type { Contender } from './contenders.ts';
import { cpuMicroseconds, type Spread, spreadOf } from './cpu.ts';
import type { Load, LoadFigures } from './load.ts';

/** What one server did with one kind of request. */
export type PollFigures = {
  readonly server: string;
  readonly kind: string;
  readonly perSecond: Spread;
  /** CPU microseconds of the server for each request. */
  readonly cpu: Spread;
};

const path = '/rss.xml';
const kinds = ['200 gzip', '200 identity', '304'] as const;

/** Measures all servers with all kinds of requests, in rounds that take turns. */
export async function measurePolls(
  contenders: readonly Contender[],
  { rounds, milliseconds }: { readonly rounds: number; readonly milliseconds: number },
): Promise<readonly PollFigures[]> {
  const loader = fork(join(import.meta.dirname, 'load.ts'));
  const runs = new Map<string, { server: string; kind: string; perSecond: number[]; cpu: number[] }>();
  for (let round = 0; round <= rounds; round += 1) {
    for (const kind of kinds) {
      for (const { name, port, pid } of contenders) {
        const load = { ...(await toLoad(port, kind)), connections: 64, milliseconds };
        const before = cpuMicroseconds(pid);
        const done = await run(loader, load);
        const cpu = (cpuMicroseconds(pid) - before) / done.requests;
        // The first round warms them up.
        if (round === 0) continue;
        const key = `${name} ${kind}`;
        const known = runs.get(key) ?? { server: name, kind, perSecond: [], cpu: [] };
        known.perSecond.push((done.requests * 1000) / done.milliseconds);
        known.cpu.push(cpu);
        runs.set(key, known);
      }
    }
  }
  loader.disconnect();
  return [...runs.values()].map((one) => ({ ...one, perSecond: spreadOf(one.perSecond), cpu: spreadOf(one.cpu) }));
}

async function run(loader: ChildProcess, load: Load): Promise<LoadFigures> {
  loader.send(load);
  const [figures] = (await once(loader, 'message')) as [LoadFigures];
  return figures;
}

async function toLoad(
  port: number,
  kind: (typeof kinds)[number],
): Promise<Pick<Load, 'port' | 'request' | 'bodyBytes' | 'status'>> {
  const client = openClient(port);
  const gzip = 'Accept-Encoding: gzip, deflate';
  const tag = headerOf((await client.ask(toRequest(path, [gzip]))).head, 'etag');
  const headers = kind === '200 identity' ? [] : kind === '304' ? [gzip, `If-None-Match: ${tag}`] : [gzip];
  const request = toRequest(path, ['User-Agent: bench', 'Accept: */*', ...headers]);
  const reply = await client.ask(request);
  client.close();
  const bodyBytes = headerOf(reply.head, 'transfer-encoding') === undefined ? reply.body.length : undefined;
  const status = kind === '304' ? 304 : 200;
  if (reply.status !== status) throw new Error(`expected ${status} to ${kind}, found ${reply.head}`);
  return { port, request, bodyBytes, status };
}
