import { Agent, type ClientRequest, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A proxy that gives each request to the next replica, on a real socket of the loopback interface. */
export type RoundRobin = {
  readonly origin: string;
  /** How often a replica did not answer and the next was asked, and how often one broke off within its answer. */
  readonly faults: { passedOn: number; brokenOff: number };
  readonly close: () => void;
};

/** Says in each answer which replica it came from. */
export const servedBy = 'x-served-by';

/**
 * Starts the proxy. A replica that refuses, resets or is silent before the head of its answer is passed over, as by
 * nginx's `proxy_next_upstream error timeout`; when none answers, the answer is 502.
 */
export async function startRoundRobin(replicas: () => readonly string[]): Promise<RoundRobin> {
  const agent = new Agent({ keepAlive: true });
  let turn = 0;
  const faults = { passedOn: 0, brokenOff: 0 };
  const server = createServer(async (asked, response) => {
    const all = replicas();
    turn += 1;
    const first = turn;
    const errors: string[] = [];
    for (let tried = 0; tried < all.length; tried += 1) {
      const replica = all[(first + tried) % all.length]!;
      const answer = await forward(agent, replica, asked).catch((error: Error) => {
        errors.push(error.message);
      });
      if (answer !== undefined) {
        answer.on('error', () => {
          faults.brokenOff += 1;
        });
        return passOn(answer, replica, response);
      }
      faults.passedOn += 1;
    }
    response.writeHead(502).end(errors.join('; '));
  });
  // A reader that asks just when its idle connection is closed would have to ask again: that is not what is tried here.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    faults,
    close: () => {
      server.closeAllConnections();
      server.close();
      agent.destroy();
    },
  };
}

function forward(agent: Agent, replica: string, asked: IncomingMessage): Promise<IncomingMessage> {
  const { connection, ...headers } = asked.headers;
  return new Promise((resolve, reject) => {
    request(replica + asked.url, { agent, method: asked.method!, headers, timeout: 5000 }, resolve)
      .on('timeout', function (this: ClientRequest) {
        this.destroy(new Error('silent'));
      })
      .on('error', reject)
      .end();
  });
}

function passOn(answer: IncomingMessage, replica: string, response: ServerResponse): void {
  const { connection, 'keep-alive': keepAlive, ...headers } = answer.headers;
  response.writeHead(answer.statusCode!, { ...headers, [servedBy]: replica });
  answer.on('error', () => response.destroy());
  answer.pipe(response);
}
