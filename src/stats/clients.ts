import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { clientOf } from '../http/rate-limit.ts';
import { type Hash, hashOf, type Salt } from './hash.ts';

/** How many headers of proxies are remembered. */
const remembered = 10_000;

/**
 * Tells clients apart by their address, of IPv6 by their network, as a hash that is kept as long as the connection.
 * `proxies` as in TRUST_PROXY.
 */
export function openClients(salt: Salt, proxies: number): (request: IncomingMessage) => Hash {
  const bySocket = new WeakMap<Socket, Hash>();
  const byHeader = new Map<string, Hash>();
  const make = (request: IncomingMessage): Hash => hashOf(nameOf(request, proxies), salt);
  return (request) => {
    const forwarded = proxies === 0 ? undefined : request.headers['x-forwarded-for'];
    const known = typeof forwarded === 'string' ? byHeader.get(forwarded) : bySocket.get(request.socket);
    if (known !== undefined) return known;
    const made = make(request);
    if (typeof forwarded !== 'string') bySocket.set(request.socket, made);
    else {
      if (byHeader.size >= remembered) byHeader.clear();
      byHeader.set(forwarded, made);
    }
    return made;
  };
}

function nameOf(request: IncomingMessage, proxies: number): string {
  const { remoteAddress = '' } = request.socket;
  // An address of IPv4 without a proxy is what most connections have, and needs no further look.
  return proxies === 0 && !remoteAddress.includes(':') ? remoteAddress : (clientOf(request, proxies) ?? '');
}
