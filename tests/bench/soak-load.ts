import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, headerOf, openClient, toRequest } from './client.ts';

/** Milliseconds from when polls were due to their whole answers. */
export type Polls = { readonly count: number; readonly failed: number; readonly p50: number; readonly p99: number };

/** Polls that go on at a steady rate, whether the ones before are answered or not. */
export type SoakLoad = {
  /** What was polled since the last time. */
  readonly take: () => Polls;
  readonly stop: () => Promise<void>;
};

const paths = ['/rss.xml', '/atom.xml', '/feed.json', '/articles/rss.xml', '/headlines/atom.xml'];
const codings = ['br, gzip', 'gzip'];
const connections = 16;
/** When all of these wait for an answer, further polls wait for one of them. */
const mostConnections = 256;

/** How many polls a second this process and the server manage together, when each connection asks without a pause. */
export async function measureCapacity(port: number, milliseconds: number): Promise<number> {
  const poller = createPoller();
  const deadline = performance.now() + milliseconds;
  let count = 0;
  const run = async (client: Client): Promise<void> => {
    for (; performance.now() < deadline; count += 1) await poller(client);
    client.close();
  };
  await Promise.all(Array.from({ length: connections }, () => run(openClient(port))));
  return (count * 1000) / milliseconds;
}

/** Starts so many polls a second. */
export function startSoakLoad(port: number, rate: number): SoakLoad {
  const poller = createPoller();
  const idle: Client[] = [];
  const started = performance.now();
  let latencies: number[] = [];
  let failed = 0;
  let sent = 0;
  let underWay = 0;
  const ask = async (due: number): Promise<void> => {
    const client = idle.pop() ?? openClient(port);
    underWay += 1;
    try {
      const status = await poller(client);
      if (status !== 200 && status !== 304) failed += 1;
      idle.push(client);
    } catch {
      failed += 1;
    }
    underWay -= 1;
    latencies.push(performance.now() - due);
  };
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - started) * rate) / 1000);
    for (; sent < due && underWay < mostConnections; sent += 1) void ask(started + (sent * 1000) / rate);
  }, 1);
  return {
    take: () => {
      const taken = Float64Array.from(latencies).sort();
      const polls = { count: taken.length, failed, p50: at(taken, 0.5), p99: at(taken, 0.99) };
      latencies = [];
      failed = 0;
      return polls;
    },
    stop: async () => {
      clearInterval(timer);
      while (underWay > 0) await sleep(10);
      for (const client of idle) client.close();
    },
  };
}

function at(sorted: Float64Array, part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

/** Asks for one document after another: three times in four with the tag seen last, else without. */
function createPoller(): (client: Client) => Promise<number> {
  const tags = new Map<string, string>();
  let turn = 0;
  return async (client) => {
    turn += 1;
    const path = paths[turn % paths.length]!;
    const tag = turn % 4 === 0 ? undefined : tags.get(path);
    const conditions = tag === undefined ? [] : [`If-None-Match: ${tag}`];
    const coding = codings[turn % codings.length]!;
    const { status, head } = await client.ask(toRequest(path, [`Accept-Encoding: ${coding}`, ...conditions]));
    if (status === 200) tags.set(path, headerOf(head, 'etag')!);
    return status;
  };
}
