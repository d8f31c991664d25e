import type { RequestListener } from 'node:http';
import { isIP, isIPv6 } from 'node:net';
import { clientAddress, networkOf } from './rate-limit.ts';
import { pathOf } from './target.ts';

/** One request that was answered. No query and no header that could hold a secret. */
export type RequestNote = {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly milliseconds: number;
  /** The network that the client is in, or with `full` its address. */
  readonly client: string;
  readonly agent: string | undefined;
  /** The client was gone before it had all of the answer. */
  readonly isCutShort?: true;
};

export type RequestLogOptions = {
  readonly mode: 'on' | 'full';
  /** Proxies whose X-Forwarded-For is believed. */
  readonly proxies: number;
  readonly write: (note: RequestNote) => void;
};

/** Characters of a path or a User-Agent. */
const longest = 300;

/** A listener that notes every request once it is over. */
export function noteRequests(listener: RequestListener, { mode, proxies, write }: RequestLogOptions): RequestListener {
  return (request, response) => {
    const began = performance.now();
    const { method = '', url = '', headers } = request;
    const address = clientAddress(request, proxies);
    response.once('close', () => {
      write({
        method,
        path: pathOf(url, '').slice(0, longest),
        status: response.statusCode,
        milliseconds: Math.round((performance.now() - began) * 10) / 10,
        client: mode === 'full' ? (address ?? '').slice(0, longest) : cutAddress(address ?? ''),
        agent: headers['user-agent']?.slice(0, longest),
        ...(response.writableFinished ? {} : { isCutShort: true }),
      });
    });
    listener(request, response);
  };
}

/** The /24 of an IPv4 address, the /48 of an IPv6 address: what a provider gives many, or one site. */
function cutAddress(address: string): string {
  if (isIP(address) === 0) return '';
  return isIPv6(address) ? `${networkOf(address, 3)}::/48` : address.replace(/\d+$/, '0/24');
}
