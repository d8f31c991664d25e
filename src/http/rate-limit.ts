import type { IncomingMessage } from 'node:http';
import { BlockList, isIPv6 } from 'node:net';

export type RateLimitOptions = {
  /** Requests a minute for each client. */
  readonly perMinute: number;
  /** Proxies before this server whose X-Forwarded-For is believed; undefined: none, and own networks are not limited. */
  readonly proxies: number | undefined;
};

/** How much each of many clients may still do. */
export type Allowance = {
  /** Uses one up; gives how many seconds its client has to wait, 0 for none. */
  readonly take: (client: string) => number;
  /** The same wait, without using anything up. */
  readonly wait: (client: string) => number;
};

type Bucket = { readonly tokens: number; readonly at: number };

/** How many clients are remembered; the longest unseen are forgotten first, and begin anew. */
const remembered = 20_000;

/**
 * Says of each request how many seconds its client has to wait, 0 for none. Only requests without validators count: a
 * client that keeps them is no burden.
 */
export function createRateLimit({ perMinute, proxies }: RateLimitOptions): (request: IncomingMessage) => number {
  const allowance = createAllowance(perMinute);
  return (request) => {
    const { headers } = request;
    if (headers['if-none-match'] !== undefined || headers['if-modified-since'] !== undefined) return 0;
    const address = clientAddress(request, proxies ?? 0);
    if (address === undefined || (proxies === undefined && isNear(address))) return 0;
    return allowance.take(networkOf(address));
  };
}

/** An allowance of so many a minute. */
export function createAllowance(perMinute: number): Allowance {
  const buckets = new Map<string, Bucket>();
  const tokensOf = (client: string): number => {
    const { tokens, at } = buckets.get(client) ?? { tokens: perMinute, at: Date.now() };
    return Math.min(perMinute, tokens + ((Date.now() - at) * perMinute) / 60_000);
  };
  const waitFor = (tokens: number): number =>
    tokens < 1 ? Math.max(1, Math.ceil(((1 - tokens) * 60) / perMinute)) : 0;
  return {
    take: (client) => {
      const tokens = tokensOf(client);
      buckets.delete(client);
      buckets.set(client, { tokens: tokens < 1 ? tokens : tokens - 1, at: Date.now() });
      if (buckets.size > remembered) buckets.delete(buckets.keys().next().value!);
      return waitFor(tokens);
    },
    wait: (client) => waitFor(tokensOf(client)),
  };
}

/** What stands for a client: its address, of IPv6 the network; undefined when its connection has ended. */
export function clientOf(request: IncomingMessage, proxies: number): string | undefined {
  const address = clientAddress(request, proxies);
  return address === undefined ? undefined : networkOf(address);
}

/** The address that the outermost of our own proxies saw; without proxies, the one that the connection is from. */
export function clientAddress({ headers, socket }: IncomingMessage, proxies: number): string | undefined {
  const forwarded = proxies === 0 ? [] : String(headers['x-forwarded-for'] ?? '').split(',');
  const claimed = forwarded.at(-Math.min(proxies, forwarded.length))?.trim();
  return (withoutPort(claimed ?? '') || socket.remoteAddress)?.replace(/^::ffff:/i, '');
}

/** Some proxies add the port, which is another one for each connection: `192.0.2.1:1024`, `[2001:db8::1]:1024`. */
function withoutPort(address: string): string {
  const [, v6, v4] = /^(?:\[(.*)\](?::\d+)?|(\d+(?:\.\d+){3}):\d+)$/.exec(address) ?? [];
  return v6 ?? v4 ?? address;
}

/** The first groups of an IPv6 address: one household has a /64 (RFC 6177). Any other address as it is. */
export function networkOf(address: string, count = 4): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  if (tail === undefined) return groups.slice(0, count).join(':');
  const rest = tail.split(':');
  return [...groups, ...Array<string>(Math.max(0, 8 - groups.length - rest.length)).fill('0'), ...rest]
    .slice(0, count)
    .join(':');
}

const near = new BlockList();
near.addSubnet('127.0.0.0', 8);
near.addSubnet('10.0.0.0', 8);
near.addSubnet('172.16.0.0', 12);
near.addSubnet('192.168.0.0', 16);
near.addSubnet('169.254.0.0', 16);
near.addAddress('::1', 'ipv6');
near.addSubnet('fc00::', 7, 'ipv6');
near.addSubnet('fe80::', 10, 'ipv6');

/** Loopback and private networks (RFC 1918, RFC 4193): a proxy of ours, whose clients must not share one bucket. */
function isNear(address: string): boolean {
  return near.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}
