import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { mostConnections } from './most-connections.ts';

/** A server that listens. */
export type HttpServer = {
  readonly port: number;
  /** Takes no new connections, lets answers under way finish for five seconds, and closes. */
  readonly close: () => Promise<void>;
};

/** How long a client may take, in milliseconds. */
export type Patience = {
  /** To send its headers, and its whole request. */
  readonly headersTimeout: number;
  readonly requestTimeout: number;
  /** Between two requests: longer than proxies keep an idle connection, so that it is they who close it. */
  readonly keepAliveTimeout: number;
  /** To take a piece of the answer. */
  readonly slowness: number;
  /** Between two looks at all this. */
  readonly interval: number;
};

const usualPatience: Patience = {
  headersTimeout: 15_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 75_000,
  slowness: 120_000,
  interval: 5000,
};

const maxHeaderSize = 16_384;
const drainMilliseconds = 5000;

/** Listens; rejects when it cannot. */
export async function listen(
  listener: RequestListener,
  { port, host }: { readonly port: number; readonly host: string | undefined },
  patience: Patience = usualPatience,
): Promise<HttpServer> {
  let isClosing = false;
  const options = {
    ...patience,
    connectionsCheckingInterval: patience.interval,
    maxHeaderSize,
    noDelay: true,
    // Nothing here reads a body: one that is not announced need not be waited for.
    optimizeEmptyRequests: true,
  };
  const answer: RequestListener = (request, response) => {
    if (isClosing) response.shouldKeepAlive = false;
    listener(request, response);
    // What most polls get has gone out by now, and costs no timer. Node knows how much of a piece has: who takes a large
    // one slowly, but steadily, is not cut off. It looks again after as long, so that one that took something at first
    // has up to twice that.
    const isOnItsWay = !response.writableEnded || response.writableLength > 0;
    if (isOnItsWay) response.setTimeout(patience.slowness).on('timeout', cutOff);
  };
  const server = createServer(options, answer);
  // Who has sent all that there is to ask may say so (RFC 9112 §9.6), and still waits for what is being made.
  Object.assign(server, { httpAllowHalfOpen: true });
  // Who asks whether to send a body is answered at once (RFC 9110 §10.1.1). Node's own `100 Continue` would come between
  // the head and the body of an answer that waits for others in a pipeline.
  server.on('checkContinue', answer);
  server.maxConnections = mostConnections();
  await bind(server, port, host);
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      isClosing = true;
      await drain(server);
    },
  };
}

function bind(server: Server, port: number, host: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(new Error(`http: cannot listen on port ${port}: ${error.message}`)));
    server.listen(port, host, resolve);
  });
}

function drain(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const idle = setInterval(() => server.closeIdleConnections(), 50);
    const late = setTimeout(() => server.closeAllConnections(), drainMilliseconds);
    server.close(() => {
      clearInterval(idle);
      clearTimeout(late);
      resolve();
    });
  });
}

/** Ends a connection that leaves what it asked for in our memory; not one whose answer is still being made. */
function cutOff(socket: Socket): void {
  if (socket.writableLength > 0) socket.destroy();
}
