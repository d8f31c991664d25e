import type { ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { type HttpServer, listen } from '../../src/http/server.ts';
import { exchange, parse, toRequest } from './raw.ts';

const impatience = { headersTimeout: 200, requestTimeout: 400, keepAliveTimeout: 75_000, slowness: 400, interval: 50 };
const large = Buffer.alloc(20_000_000, 'x');
const running: HttpServer[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await server.close();
});

async function start(): Promise<string> {
  const server = await listen((_request, response) => response.end(large), { port: 0, host: '127.0.0.1' }, impatience);
  running.push(server);
  return `http://127.0.0.1:${server.port}`;
}

test('headers that never end are given up on', async () => {
  const answer = await exchange(await start(), 'GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ');
  expect(parse(answer, ['GET'])[0]!.status).toBe(408);
});

test('a client that does not take its answer is cut off, and one that does is not', async () => {
  const origin = await start();
  const { port } = new URL(origin);
  const socket = connect(Number(port), '127.0.0.1');
  socket.write(toRequest('GET /'));
  socket.pause();
  await new Promise((resolve) => setTimeout(resolve, 1500));
  let received = 0;
  socket.on('data', (chunk) => {
    received += chunk.length;
  });
  socket.on('error', () => undefined);
  socket.resume();
  await new Promise((resolve) => socket.once('close', resolve));
  expect(received).toBeLessThan(large.length);
  expect((await exchange(origin, toRequest('GET /'))).length).toBeGreaterThan(large.length);
});

test('a client that takes a large answer slowly, but steadily, gets all of it', async () => {
  const patience = { ...impatience, slowness: 1000 };
  const server = await listen((_request, response) => response.end(large), { port: 0, host: '127.0.0.1' }, patience);
  running.push(server);
  const socket = connect(server.port, '127.0.0.1');
  socket.write(toRequest('GET /'));
  let received = 0;
  socket.on('data', (chunk) => {
    received += chunk.length;
    socket.pause();
    setTimeout(() => socket.resume(), 10);
  });
  socket.on('error', () => undefined);
  await new Promise((resolve) => socket.once('close', resolve));
  expect(received).toBeGreaterThan(large.length);
});

test('a client that waits for its answer longer than it may take to read it is not cut off', async () => {
  const answerLate = (_request: unknown, response: ServerResponse): void =>
    void setTimeout(() => response.end('late'), 4 * impatience.slowness);
  const server = await listen(answerLate, { port: 0, host: '127.0.0.1' }, impatience);
  running.push(server);
  const [answer] = parse(await exchange(`http://127.0.0.1:${server.port}`, toRequest('GET /')), ['GET']);
  expect(answer!.status).toBe(200);
});

test('a port that is taken is named', async () => {
  const { port } = new URL(await start());
  const again = listen(() => undefined, { port: Number(port), host: '127.0.0.1' });
  await expect(again).rejects.toThrow(`http: cannot listen on port ${port}: `);
});

test('who asks in a pipeline whether to send a body gets answers one behind the other', async () => {
  const slow = (response: ServerResponse): void => void setTimeout(() => response.end('slow'), 50);
  const quick = (response: ServerResponse): void => {
    response.writeHead(200, { 'Content-Length': 5 });
    response.end(Buffer.from('quick'));
  };
  const server = await listen(
    (request, response) => (request.url === '/slow' ? slow(response) : quick(response)),
    { port: 0, host: '127.0.0.1' },
    impatience,
  );
  running.push(server);
  const requests = [
    toRequest('GET /slow', ['Connection: keep-alive']),
    toRequest('GET /quick', ['Expect: 100-continue']),
  ];
  const answers = parse(await exchange(`http://127.0.0.1:${server.port}`, requests.join('')), ['GET', 'GET']);
  expect(answers.map(({ status, body }) => [status, body.toString()])).toEqual([
    [200, 'slow'],
    [200, 'quick'],
  ]);
});
