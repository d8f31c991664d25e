import { connect, createServer, type Server } from 'node:net';

/** A request and its answer, as they went over the wire. */
export type Exchange = { readonly request: string; readonly status: number; readonly head: string };

/** Stands between a reader and the server, changes nothing, and notes what both say. */
export type Relay = {
  readonly port: number;
  /** What has been said since the last call, in order. */
  readonly take: () => readonly Exchange[];
  readonly close: () => Promise<void>;
};

/** Starts a relay to a server on this machine. */
export async function startRelay(target: number): Promise<Relay> {
  let exchanges: Exchange[] = [];
  const server: Server = createServer((reader) => {
    const upstream = connect(target, '127.0.0.1');
    const requests: string[] = [];
    reader.on('data', (chunk) => {
      for (const [head] of chunk.toString('latin1').matchAll(/^(?:GET|HEAD) [\s\S]*?\r\n\r\n/gm)) requests.push(head);
      upstream.write(chunk);
    });
    upstream.on('data', (chunk) => {
      // A body has no line that looks like this: it is compressed, or a feed.
      for (const [head, status] of chunk.toString('latin1').matchAll(/^HTTP\/1\.1 (\d{3})[\s\S]*?\r\n\r\n/gm)) {
        exchanges.push({ request: requests.shift() ?? '', status: Number(status), head });
      }
      reader.write(chunk);
    });
    reader.on('close', () => upstream.destroy()).on('error', () => upstream.destroy());
    upstream.on('end', () => reader.end()).on('error', () => reader.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as { port: number }).port,
    take: () => {
      const taken = exchanges;
      exchanges = [];
      return taken;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
