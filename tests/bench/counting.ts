import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { textAnswer } from '../../src/http/answer.ts';
import { openCounter } from '../../src/stats/counter.ts';
import { headerOf, openClient, toRequest } from './client.ts';
import { startProcess } from './contenders.ts';
import { shortArticle } from './corpus.ts';
import { cpuMicroseconds, type Spread, spreadOf, untilIdle } from './cpu.ts';
import type { Load, LoadFigures } from './load.ts';

/** What counting adds to a request, in CPU microseconds. */
export type CountingFigures = {
  /** Of a server that counts and one that does not, and their difference round by round. */
  readonly counting: Spread;
  readonly silent: Spread;
  readonly difference: Spread;
  /** Of the counting alone, in a loop over 20,000 clients that come back: with twenty requests each, and with one. */
  readonly kept: Spread;
  readonly fresh: Spread;
};

const path = '/rss.xml';

/** Measures in rounds in which two servers, with STATS=true and STATS=false, take turns to go first. */
export async function measureCounting(rounds: number): Promise<CountingFigures> {
  const work = mkdtempSync(join(tmpdir(), 'linecaster-bench-'));
  const data = join(work, 'data');
  const servers = await Promise.all(['true', 'false'].map((stats) => startServer(work, data, stats)));
  const loader = fork(join(import.meta.dirname, 'load.ts'));
  const cpu: [number[], number[]] = [[], []];
  try {
    for (let round = 0; round <= rounds; round += 1) {
      for (const which of round % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
        const used = await measure(loader, servers[which]!);
        // The first round warms them up.
        if (round > 0) cpu[which].push(used);
      }
    }
  } finally {
    loader.disconnect();
    await Promise.all(servers.map(({ child }) => end(child)));
    rmSync(work, { recursive: true, force: true });
  }
  const [counting, silent] = cpu;
  const loops = Array.from({ length: rounds }, () => [loop(20), loop(1)] as const);
  return {
    counting: spreadOf(counting),
    silent: spreadOf(silent),
    difference: spreadOf(counting.map((one, round) => one - silent[round]!)),
    kept: spreadOf(loops.map(([kept]) => kept)),
    fresh: spreadOf(loops.map(([, fresh]) => fresh)),
  };
}

function end(child: ChildProcess): Promise<unknown> {
  child.kill();
  return once(child, 'exit');
}

type Server = { readonly child: ChildProcess; readonly port: number; readonly load: Load };

async function startServer(work: string, data: string, stats: string): Promise<Server> {
  mkdirSync(data, { recursive: true });
  writeFileSync(join(data, 'publication.yaml'), 'id: tag:example.com,2026:bench\ntitle: Bench\n');
  for (let n = 0; n < 60; n += 1) writeFileSync(join(data, `article-${n}.md`), shortArticle(n));
  const { child, port } = await startProcess('linecaster', {
    DATA_DIR: data,
    STORE_URL: `sqlite:${join(work, `store-${stats}.db`)}`,
    PUBLIC_URL: 'https://news.example.com',
    PORT: '0',
    LOG_LEVEL: 'silent',
    STATS: stats,
  });
  await untilIdle(child.pid!);
  const client = openClient(port);
  const tag = headerOf((await client.ask(toRequest(path))).head, 'etag');
  const headers = ['User-Agent: Mozilla/5.0 (compatible; Miniflux/2.2.3; +https://miniflux.app)', 'Accept: */*'];
  const request = toRequest(path, [...headers, 'Accept-Encoding: gzip', `If-None-Match: ${tag}`]);
  client.close();
  return { child, port, load: { port, request, bodyBytes: 0, status: 304, connections: 64, milliseconds: 500 } };
}

async function measure(loader: ChildProcess, { child, load }: Server): Promise<number> {
  const before = cpuMicroseconds(child.pid!);
  loader.send(load);
  const [{ requests }] = (await once(loader, 'message')) as [LoadFigures];
  return (cpuMicroseconds(child.pid!) - before) / requests;
}

const clients = 20_000;

/** Microseconds of one call for clients that come back, each with some requests on a new connection. */
function loop(each: number): number {
  const { count } = openCounter({ proxies: 0, saltOf: () => [1, 2], emit: async () => undefined });
  const documents = ['/rss.xml', '/atom.xml', '/tags/boats/feed.json'].map(toDocument);
  const answers = [textAnswer(304, ''), textAnswer(200, 'a body')];
  const visit = (requests: readonly IncomingMessage[], second: number): void => {
    const freshness = { second, age: 300, shared: '', own: '' };
    for (const [n, request] of requests.entries()) {
      for (let turn = 0; turn < each; turn += 1) count(request, documents[n % 3]!, answers[n % 2]!, freshness);
    }
  };
  visit(Array.from({ length: clients }, toFakeRequest), 1_770_000_000);
  const requests = Array.from({ length: clients }, toFakeRequest);
  const started = performance.now();
  visit(requests, 1_770_000_600);
  return ((performance.now() - started) * 1000) / (clients * each);
}

function toDocument(name: string): { readonly path: string; readonly identity: Uint8Array } {
  return { path: name, identity: new Uint8Array(40_000) };
}

function toFakeRequest(_: unknown, n: number): IncomingMessage {
  const agent = `Mozilla/5.0 (compatible; Miniflux/2.2.${n % 200}; +https://miniflux.app)`;
  // Each header is a string of its own, as the parser makes it.
  const headers = { 'user-agent': Buffer.from(agent).toString(), 'if-none-match': 'W/"1770000000-0123456789abcdef"' };
  const socket = { remoteAddress: `203.0.${(n >> 8) % 256}.${n % 256}` };
  return { headers, socket, method: 'GET', url: '/rss.xml' } as unknown as IncomingMessage;
}
