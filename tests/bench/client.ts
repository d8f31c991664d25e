import { connect, type Socket } from 'node:net';

/** An answer, with all the bytes that it took on the wire. */
export type Reply = { readonly status: number; readonly head: string; readonly body: Buffer; readonly bytes: number };

/** One connection that is kept open, with one request under way at a time. */
export type Client = { readonly ask: (request: string) => Promise<Reply>; readonly close: () => void };

/** Opens a connection to a server on this machine. A connection that the server closes is opened again once. */
export function openClient(port: number): Client {
  let socket: Socket | undefined;
  let received: Buffer = Buffer.alloc(0);
  let pending: { readonly resolve: (reply: Reply) => void; readonly reject: (error: Error) => void } | undefined;
  const fail = (error: Error): void => {
    socket = undefined;
    received = Buffer.alloc(0);
    pending?.reject(error);
    pending = undefined;
  };
  const open = (): Socket => {
    const fresh = connect({ port, host: '127.0.0.1', noDelay: true });
    fresh.on('data', (chunk: Buffer) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
      const reply = readReply(received);
      if (reply === undefined) return;
      received = received.subarray(reply.bytes);
      const { resolve } = pending!;
      pending = undefined;
      resolve(reply);
    });
    fresh.on('error', fail);
    fresh.on('close', () => fail(new Error('the connection was closed')));
    return fresh;
  };
  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
        pending = { resolve, reject };
        socket ??= open();
        socket.write(request);
      }),
    close: () => {
      pending = undefined;
      socket?.destroy();
    },
  };
}

/** The value of a header in the head of an answer. */
export function headerOf(head: string, name: string): string | undefined {
  return new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1]?.trim();
}

/** A GET for a document of the bench. */
export function toRequest(path: string, headers: readonly string[] = []): string {
  return `GET ${path} HTTP/1.1\r\nHost: news.example.com\r\n${headers.map((one) => `${one}\r\n`).join('')}\r\n`;
}

function readReply(received: Buffer): Reply | undefined {
  const end = received.indexOf('\r\n\r\n');
  if (end === -1) return undefined;
  const head = received.toString('latin1', 0, end);
  const status = Number(head.slice(9, 12));
  if (status === 304) return { status, head, body: Buffer.alloc(0), bytes: end + 4 };
  const length = headerOf(head, 'content-length');
  if (length === undefined) return readChunks(received, end + 4, status, head);
  const bytes = end + 4 + Number(length);
  return received.length < bytes ? undefined : { status, head, body: received.subarray(end + 4, bytes), bytes };
}

/** RFC 9112 §7.1, as `compression` sends it. */
function readChunks(received: Buffer, start: number, status: number, head: string): Reply | undefined {
  const parts: Buffer[] = [];
  let at = start;
  for (;;) {
    const line = received.indexOf('\r\n', at);
    if (line === -1) return undefined;
    const size = Number.parseInt(received.toString('latin1', at, line), 16);
    const next = line + 2 + size + 2;
    if (received.length < next) return undefined;
    if (size === 0) return { status, head, body: Buffer.concat(parts), bytes: next };
    parts.push(received.subarray(line + 2, line + 2 + size));
    at = next;
  }
}
