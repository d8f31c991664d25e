import { connect, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';

/** Where a connection leads: a socket file, or else a host's port. */
type End = { readonly path?: string | undefined; readonly host: string; readonly port: number };

/** The connections of a client, and who waits for an answer on them. */
export type Lines = {
  readonly open: (end: End) => Socket;
  /**
   * The same work; after each `patience` milliseconds that it takes, the connections on which nothing was heard
   * meanwhile are hung up, so that the client fails what waits there. The system itself waits for a quarter of an hour.
   */
  readonly heard: <A extends readonly unknown[], T>(work: (...args: A) => Promise<T>) => (...args: A) => Promise<T>;
};

/** Lines that are hung up when the other end was cut off without a word: by a firewall, or with its machine. */
export function openLines(patience: number): Lines {
  const sockets = new Set<Socket>();
  const received = (): ReadonlyMap<Socket, number> =>
    new Map(Array.from(sockets, (socket) => [socket, socket.bytesRead]));
  return {
    open: ({ path, host, port }) => {
      // The client takes all listeners away, those for the end too.
      for (const socket of sockets) if (socket.destroyed) sockets.delete(socket);
      const socket = path ? connect(path) : connect(port, host);
      sockets.add(socket);
      return Object.assign(socket, { host, port });
    },
    heard:
      (work) =>
      async (...args) => {
        let known = received();
        const timer = setInterval(async () => {
          // What came while this thread was busy is read first.
          await setImmediate();
          const silence = new Error(`no answer within ${patience / 1000} seconds`);
          for (const [socket, bytes] of known) if (socket.bytesRead === bytes) socket.destroy(silence);
          known = received();
        }, patience);
        return work(...args).finally(() => clearInterval(timer));
      },
  };
}
