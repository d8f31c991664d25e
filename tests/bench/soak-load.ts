import { type Client, headerOf, openClient, toRequest } from './client.ts';
import { quantile, startSteadyLoad } from './steady-load.ts';

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
  const load = startSteadyLoad(
    port,
    rate,
    async (client) => {
      const status = await poller(client);
      return status === 200 || status === 304;
    },
    mostConnections,
  );
  return {
    take: () => {
      const { latencies, failed } = load.take();
      return { count: latencies.length, failed, p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99) };
    },
    stop: load.stop,
  };
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
