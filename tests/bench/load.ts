import { connect } from 'node:net';

/** Sends one request over and over, on some connections that are kept open, each with one request under way. */
export type Load = {
  readonly port: number;
  readonly request: string;
  /** Bytes of the answer's body; undefined where answers are in chunks and end as `compression` ends them. */
  readonly bodyBytes: number | undefined;
  readonly status: number;
  readonly connections: number;
  readonly milliseconds: number;
};

export type LoadFigures = { readonly requests: number; readonly milliseconds: number };

/** Runs in a process of its own, so that it takes nothing from the server's. */
process.on('message', async (load: Load) => {
  const started = performance.now();
  const deadline = started + load.milliseconds;
  const counts = await Promise.all(Array.from({ length: load.connections }, () => runConnection(load, deadline)));
  const requests = counts.reduce((sum, one) => sum + one, 0);
  const figures: LoadFigures = { requests, milliseconds: performance.now() - started };
  process.send!(figures);
});

const lastChunk = Buffer.from('\r\n0\r\n\r\n');
const headEnd = Buffer.from('\r\n\r\n');

function runConnection(load: Load, deadline: number): Promise<number> {
  const request = Buffer.from(load.request);
  const expected = `HTTP/1.1 ${load.status}`;
  return new Promise((resolve, reject) => {
    let requests = 0;
    let bytes = 0;
    let whole = 0;
    let tail: Buffer = Buffer.alloc(0);
    const isWhole = (chunk: Buffer): boolean => {
      if (load.bodyBytes !== undefined) return bytes >= whole;
      tail = chunk.length >= lastChunk.length ? chunk : Buffer.concat([tail, chunk]);
      tail = tail.subarray(-lastChunk.length);
      return tail.equals(lastChunk);
    };
    const socket = connect({ port: load.port, host: '127.0.0.1', noDelay: true }, () => socket.write(request));
    socket.on('error', reject);
    socket.on('data', (chunk: Buffer) => {
      if (bytes === 0) {
        if (chunk.toString('latin1', 0, 12) !== expected) {
          reject(new Error(`expected ${expected}, found ${chunk.toString('latin1', 0, 12)}`));
        }
        // Heads differ in their length: max-age counts down.
        whole = chunk.indexOf(headEnd) + headEnd.length + (load.bodyBytes ?? 0);
      }
      bytes += chunk.length;
      if (!isWhole(chunk)) return;
      bytes = 0;
      requests += 1;
      if (performance.now() < deadline) socket.write(request);
      else socket.end(() => resolve(requests));
    });
  });
}
