import { connect, createServer, type Server, type Socket } from 'node:net';

/** Stands before a server, as a firewall does. */
export type Silencer = {
  readonly port: number;
  /** How many connections it has taken so far. */
  readonly accepted: () => number;
  /** Lets nothing more through on the connections that there are, and closes none. */
  readonly silence: () => void;
  /** Closes the connection on which a client next sends this. */
  readonly closeAt: (text: string) => void;
  /** Likewise, as a machine does that knows nothing of it any more. */
  readonly resetAt: (text: string) => void;
  /** Lets nothing more through on the connection on which a client next sends this. */
  readonly silenceAt: (text: string) => void;
  readonly close: () => void;
};

/** Starts one before a server on this machine. */
export async function startSilencer(target: number): Promise<Silencer> {
  const sockets = new Set<Socket>();
  let watched: { readonly text: string; readonly end: (client: Socket) => void } | undefined;
  let accepted = 0;
  const server: Server = createServer((client) => {
    accepted += 1;
    const upstream = connect(target, '127.0.0.1');
    client.on('data', (sent) => {
      if (watched === undefined || !sent.includes(watched.text)) return;
      watched.end(client.unpipe());
      watched = undefined;
    });
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as { port: number }).port,
    accepted: () => accepted,
    silence: () => {
      for (const socket of sockets) socket.unpipe().pause();
    },
    closeAt: (text) => {
      watched = { text, end: (client) => client.destroy() };
    },
    resetAt: (text) => {
      watched = { text, end: (client) => client.resetAndDestroy() };
    },
    silenceAt: (text) => {
      watched = { text, end: (client) => client.pause() };
    },
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
