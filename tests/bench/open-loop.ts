import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Client, headerOf, openClient, toRequest } from './client.ts';
import { startProcess } from './contenders.ts';
import { article, articleFile, writeCorpus } from './corpus.ts';
import type { LoopDelay } from './servers/linecaster.ts';
import { quantile, type SteadyLoad, startSteadyLoad } from './steady-load.ts';

/** Milliseconds from when a request was due to its whole answer. */
export type Latency = {
  readonly requests: number;
  readonly failed: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
};

/** What Linecaster did, and how long its main thread's event loop lagged; and what a server did that only answered. */
export type OpenLoopFigures = {
  readonly seconds: number;
  readonly own: Latency;
  readonly loop: LoopDelay;
  readonly control: Latency;
};

/** Sends `rate` requests a second, whether the ones before are answered or not, while all articles are refreshed. */
export async function measureOpenLoop(articles: number, rate: number): Promise<OpenLoopFigures> {
  const work = mkdtempSync(join(tmpdir(), 'linecaster-bench-'));
  const data = join(work, 'data');
  mkdirSync(data);
  writeCorpus(data, articles);
  const { child, port } = await startProcess('linecaster', {
    DATA_DIR: data,
    STORE_URL: `sqlite:${join(work, 'store.db')}`,
    PUBLIC_URL: 'https://news.example.com',
    PORT: '0',
    LOG_LEVEL: 'silent',
  });
  try {
    for (let n = 0; n < articles; n += 1) {
      writeFileSync(articleFile(data, n), article(n, 1));
    }
    const client = openClient(port);
    const tag = async (): Promise<string | undefined> => headerOf((await client.ask(probe)).head, 'etag');
    const before = await tag();
    const control = await startControl(client);
    const load = startLoad(port, rate);
    const controlLoad = startLoad(control.port, rate);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await loopDelay(child);
    const started = performance.now();
    load.take();
    controlLoad.take();
    child.kill('SIGHUP');
    while ((await tag()) === before) await new Promise((resolve) => setTimeout(resolve, 100));
    const seconds = (performance.now() - started) / 1000;
    // As long again as it takes to swap, and to be asked for what is new.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const loop = await loopDelay(child);
    const [own, other] = await Promise.all([endLoad(load), endLoad(controlLoad)]);
    client.close();
    control.child.kill();
    return { seconds, own, loop, control: other };
  } finally {
    child.kill();
    await once(child, 'exit');
    rmSync(work, { recursive: true, force: true });
  }
}

const probe = toRequest('/articles/rss.xml', ['Accept-Encoding: br']);
const requests = ['/rss.xml', '/atom.xml', '/feed.json', '/articles/rss.xml'].flatMap((path) =>
  ['br, gzip', 'gzip'].map((accepted) => toRequest(path, [`Accept-Encoding: ${accepted}`, 'If-None-Match: "none"'])),
);

/** A server of three fixed answers under the same load: what it shows is the machine's doing. */
async function startControl(client: Client): Promise<Awaited<ReturnType<typeof startProcess>>> {
  const control = await startProcess('bare');
  const { head, body } = await client.ask(toRequest('/rss.xml', ['Accept-Encoding: gzip']));
  const headers = ['Content-Type', 'application/rss+xml', 'Content-Length', String(body.length)];
  control.child.send({ text: '', gzip: body.toString('base64'), gzipHeaders: headers, etag: headerOf(head, 'etag') });
  await once(control.child, 'message');
  return control;
}

async function loopDelay(child: ChildProcess): Promise<LoopDelay> {
  child.send('delay');
  const [delay] = (await once(child, 'message')) as [LoopDelay];
  return delay;
}

function startLoad(port: number, rate: number): SteadyLoad {
  let turn = 0;
  return startSteadyLoad(port, rate, async (client) => {
    turn += 1;
    return (await client.ask(requests[turn % requests.length]!)).status === 200;
  });
}

async function endLoad(load: SteadyLoad): Promise<Latency> {
  await load.stop();
  const { latencies, failed } = load.take();
  const [p50, p99, max] = [0.5, 0.99, 1].map((part) => quantile(latencies, part)) as [number, number, number];
  return { requests: latencies.length, failed, p50, p99, max };
}
