import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a peer was sent. */
type Received = {
  readonly at: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  readonly topic: string | null;
};

/** A peer on a real socket of the loopback interface, which answers as it is told. */
export type Peer = {
  readonly url: string;
  readonly received: Received[];
  /** Replaced at will: what the next request is answered with. */
  answer: (response: ServerResponse, received: Received) => void;
  /** Resolves when so many were received; rejects after ten seconds. */
  readonly count: (count: number) => Promise<void>;
  readonly close: () => void;
};

/** Starts a hub, or a hook, that says 204 until told otherwise. */
export async function startPeer(port = 0): Promise<Peer> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const one = { at: Date.now(), headers: request.headers, body, topic: new URLSearchParams(body).get('hub.topic') };
    received.push(one);
    peer.answer(response, one);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const peer: Peer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    received,
    answer: (response) => response.writeHead(204).end(),
    count: async (count) => {
      const deadline = Date.now() + 10_000;
      while (received.length < count) {
        if (Date.now() > deadline) throw new Error(`expected ${count} posts, received ${received.length}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return peer;
}
