import { connect, createServer, type Server, type Socket } from 'node:net';

/** Stands before a server, as a firewall does. */
export type Silencer = {
  readonly port: number;
  /** Lets nothing more through on the connections that there are, and closes none. */
  readonly silence: () => void;
  readonly close: () => void;
};

/** Starts one before a server on this machine. */
export async function startSilencer(target: number): Promise<Silencer> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1');
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => sockets.delete(from));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as { port: number }).port,
    silence: () => {
      for (const socket of sockets) socket.unpipe().pause();
    },
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
