import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, openClient } from './client.ts';

/** What was asked: milliseconds from when each request was due to its whole answer, lowest first. */
export type Asked = { readonly latencies: Float64Array; readonly failed: number };

/** Requests at a steady rate, whether the ones before are answered or not. */
export type SteadyLoad = {
  /** What was asked since the last time. */
  readonly take: () => Asked;
  readonly stop: () => Promise<void>;
};

/**
 * Sends `rate` requests a second. `ask` sends one and says whether it was answered as it should be; when `most` wait for
 * an answer, further ones wait for one of them.
 */
export function startSteadyLoad(
  port: number,
  rate: number,
  ask: (client: Client) => Promise<boolean>,
  most: number = Number.POSITIVE_INFINITY,
): SteadyLoad {
  const idle: Client[] = [];
  const started = performance.now();
  let latencies: number[] = [];
  let failed = 0;
  let sent = 0;
  let underWay = 0;
  const send = async (due: number): Promise<void> => {
    const client = idle.pop() ?? openClient(port);
    underWay += 1;
    try {
      if (!(await ask(client))) failed += 1;
      idle.push(client);
    } catch {
      failed += 1;
    }
    underWay -= 1;
    latencies.push(performance.now() - due);
  };
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - started) * rate) / 1000);
    for (; sent < due && underWay < most; sent += 1) void send(started + (sent * 1000) / rate);
  }, 1);
  return {
    take: () => {
      const taken = { latencies: Float64Array.from(latencies).sort(), failed };
      latencies = [];
      failed = 0;
      return taken;
    },
    stop: async () => {
      clearInterval(timer);
      while (underWay > 0) await sleep(10);
      for (const client of idle) client.close();
    },
  };
}

/** The latency that this part of them did not exceed; 0 where there are none. */
export function quantile(latencies: Float64Array, part: number): number {
  return latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * part))] ?? 0;
}
