import { Agent, type ClientRequest, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Stands before one server, as a supervisor's socket does: whoever comes while no process runs waits for the next. */
export type Doorkeeper = {
  readonly origin: string;
  /** How many requests a process was killed over, so that the next was asked. */
  readonly askedAgain: () => number;
  readonly close: () => void;
};

type Whole = { readonly status: number; readonly headers: IncomingMessage['headers']; readonly body: Buffer };

/** `life` numbers the server's processes, 0 while none runs: only what a dead one was asked is asked again. */
export async function startDoorkeeper(server: string, life: () => number): Promise<Doorkeeper> {
  let agent = new Agent({ keepAlive: true });
  let agentOf = 0;
  let answered = 0;
  let again = 0;
  const ask = async (asked: IncomingMessage, asking: number): Promise<Whole> => {
    if (agentOf !== asking) {
      agent.destroy();
      agent = new Agent({ keepAlive: true });
      agentOf = asking;
    }
    const whole = await forward(agent, server, asked);
    answered = asking;
    return whole;
  };
  const serve = async (asked: IncomingMessage): Promise<Whole> => {
    for (let turn = 0; ; turn += 1) {
      const asking = life();
      if (asking !== 0) {
        if (turn === 1) again += 1;
        try {
          return await ask(asked, asking);
        } catch (error) {
          const isStarting = (error as NodeJS.ErrnoException).code === 'ECONNREFUSED' && answered !== asking;
          if (life() === asking && !isStarting) return toFailure(error as Error);
        }
      }
      await sleep(20);
    }
  };
  const door = createServer(async (asked, response) => send(response, await serve(asked)));
  door.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(door.address() as AddressInfo).port}`,
    askedAgain: () => again,
    close: () => {
      door.closeAllConnections();
      door.close();
      agent.destroy();
    },
  };
}

async function forward(agent: Agent, server: string, asked: IncomingMessage): Promise<Whole> {
  const { connection, ...headers } = asked.headers;
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    request(server + asked.url, { agent, method: asked.method!, headers, timeout: 9000 }, resolve)
      .on('timeout', function (this: ClientRequest) {
        this.destroy(new Error('silent'));
      })
      .on('error', reject)
      .end();
  });
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  return { status: answer.statusCode!, headers: answer.headers, body: Buffer.concat(chunks) };
}

function toFailure(error: Error): Whole {
  return { status: 502, headers: {}, body: Buffer.from(`${error.message} ${(error as NodeJS.ErrnoException).code}`) };
}

function send(response: ServerResponse, { status, headers, body }: Whole): void {
  const { connection, 'keep-alive': keepAlive, ...passed } = headers;
  response.writeHead(status, passed).end(body);
}
