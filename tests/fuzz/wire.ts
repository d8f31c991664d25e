import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WireCase } from './arbitrary-requests.ts';

/** All that a server answered, whether it closed the connection, and how long the first byte took, in milliseconds. */
export type Received = { readonly bytes: Buffer; readonly isClosed: boolean; readonly milliseconds: number };

/** After this long without a byte, in milliseconds, a server is taken to wait for more of what nobody should send. */
const silence = 40;
/** And after this long with an answer that is owed. */
const mostSilence = 20_000;

/**
 * Sends a case, and takes what comes until the server closes, or is silent after answers of which `isWhole` says that
 * there is no more to come.
 */
export async function send(
  port: number,
  { bytes, pauses, ending, expected }: WireCase,
  isWhole: (received: Buffer) => boolean,
): Promise<Received> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  const chunks: Buffer[] = [];
  const started = performance.now();
  let last = started;
  socket.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    last = performance.now();
  });
  // A server may close while we are still writing.
  socket.on('error', () => undefined);
  let isClosed = false;
  const closed = new Promise<void>((resolve) =>
    socket.once('close', () => {
      isClosed = true;
      resolve();
    }),
  );
  for (const part of partsOf(bytes, pauses)) {
    socket.write(Buffer.from(part, 'latin1'));
    if (pauses.length > 0) await sleep(1);
  }
  if (ending === 'leave') socket.destroy();
  let patience = expected === undefined ? silence : mostSilence;
  while (!isClosed && performance.now() - last < patience) {
    await Promise.race([closed, sleep(patience / 4)]);
    if (patience === silence && !isWhole(Buffer.concat(chunks))) patience = mostSilence;
  }
  socket.destroy();
  return { bytes: Buffer.concat(chunks), isClosed, milliseconds: last - started };
}

function partsOf(bytes: string, pauses: readonly number[]): readonly string[] {
  const places = pauses.map((place) => Math.floor((place / 10_001) * bytes.length)).toSorted((a, b) => a - b);
  return [0, ...places].map((place, index) => bytes.slice(place, places[index]));
}
