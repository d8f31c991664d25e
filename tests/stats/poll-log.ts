import { connect } from 'node:net';
import { parse, type Raw, toRequest } from '../http/raw.ts';

/** One request of a poll log. */
export type Poll = {
  /** The client's address, on the loopback interface. */
  readonly from: string;
  readonly start: string;
  readonly agent?: string;
  readonly headers?: readonly string[];
};

/** Sends one request from an address of its own. */
export function poll(origin: string, { from, start, agent, headers = [] }: Poll): Promise<Raw> {
  const { hostname, port } = new URL(origin);
  const request = toRequest(start, [...(agent === undefined ? [] : [`User-Agent: ${agent}`]), ...headers]);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect({ host: hostname, port: Number(port), localAddress: from }, () => socket.write(request));
    socket.on('data', (chunk) => chunks.push(Buffer.from(chunk as Buffer)));
    socket.on('error', reject);
    socket.on('close', () => {
      const [answer] = parse(Buffer.concat(chunks), [start.split(' ')[0]!]);
      if (answer === undefined) reject(new Error(`no answer to ${start}`));
      else resolve(answer);
    });
  });
}

export const agents = {
  feedly: (subscribers: number): string =>
    `Feedly/1.0 (+http://www.feedly.com/fetcher.html; ${subscribers} subscribers; like FeedFetcher-Google)`,
  feedbin: (id: number, subscribers: number): string => `Feedbin feed-id:${id} - ${subscribers} subscribers`,
  freshRss: 'FreshRSS/1.29.1 (Linux; https://freshrss.org)',
  newsboat: 'newsboat/2.36 (Linux x86_64)',
  curl: 'curl/8.5.0',
} as const;
