import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A server that listens. */
export type HttpServer = {
  readonly port: number;
  /** Takes no new connections, lets answers under way finish for five seconds, and closes. */
  readonly close: () => Promise<void>;
};

const patience = {
  /** Longer than proxies keep an idle connection, so that it is they who close it. */
  keepAliveTimeout: 75_000,
  headersTimeout: 15_000,
  requestTimeout: 30_000,
  maxHeaderSize: 16_384,
  connectionsCheckingInterval: 5000,
  noDelay: true,
} as const;
const maxConnections = 20_000;

/** For how long a connection may keep an answer waiting that it does not take. */
const slownessMilliseconds = 120_000;
const lookMilliseconds = 10_000;
const drainMilliseconds = 5000;

/** Listens; rejects when it cannot. */
export async function listen(
  listener: (request: IncomingMessage, response: ServerResponse) => void,
  { port, host }: { readonly port: number; readonly host: string | undefined },
): Promise<HttpServer> {
  let isClosing = false;
  const server = createServer(patience, (request, response) => {
    if (isClosing) response.shouldKeepAlive = false;
    listener(request, response);
  });
  server.maxConnections = maxConnections;
  const stopWatching = cutOffSlowClients(server);
  await bind(server, port, host);
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      isClosing = true;
      await drain(server);
      stopWatching();
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

/** Ends connections that leave what they asked for in our memory. */
function cutOffSlowClients(server: Server): () => void {
  const sockets = new Map<Socket, { sent: number; since: number }>();
  server.on('connection', (socket: Socket) => {
    sockets.set(socket, { sent: 0, since: 0 });
    socket.once('close', () => sockets.delete(socket));
  });
  const timer = setInterval(() => {
    const now = performance.now();
    for (const [socket, seen] of sockets) {
      const sent = socket.bytesWritten - socket.writableLength;
      if (socket.writableLength === 0 || sent !== seen.sent) seen.since = now;
      seen.sent = sent;
      if (now - seen.since > slownessMilliseconds) socket.destroy();
    }
  }, lookMilliseconds);
  timer.unref();
  return () => clearInterval(timer);
}
