import { existsSync, readdirSync, readlinkSync, statSync, truncateSync, utimesSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newFolder, type ServerProcess, startServer, write } from '../harness.ts';
import { ask, type Raw, toRequest } from './raw.ts';
import { until } from './site.ts';

// A home folder's `.local`, or what a mount leads through.
const dir = join(newFolder(), '.hidden', 'news');
const picture = '/media/images/quay.png';
let server: ServerProcess;

beforeAll(async () => {
  write(dir, {
    'publication.yaml': 'title: Media\nlanguage: en\nid: tag:example.com,2026:media\n',
    'one.md': '# One\n\nText.\n\n![The quay](images/quay.png)\n',
    'images/quay.png': 'a picture of the quay',
  });
  server = await startServer({ DATA_DIR: dir, PUBLIC_URL: 'https://news.example.com' });
}, 60_000);
afterAll(() => server.stop());

const get = (...headers: string[]): Promise<Raw> => ask(server.origin, `GET ${picture}`, headers);

test('a file is served from a data folder that lies below a hidden one', async () => {
  const answer = await get();
  expect([answer.status, answer.body.toString()]).toEqual([200, 'a picture of the quay']);
});

test('a part that there is not is refused, with how long the file is', async () => {
  for (const range of ['bytes=21-', 'bytes=500-600']) {
    const answer = await get(`Range: ${range}`);
    expect([answer.status, answer.header('content-range')]).toEqual([416, 'bytes */21']);
    expect(answer.header('content-type')).toBe('text/plain; charset=utf-8');
    expect(answer.header('content-length')).toBe(String(answer.body.length));
    expect(answer.header('access-control-allow-origin')).toBe('*');
    expect(answer.header('cache-control')).toBe('no-store');
  }
  expect((await get('Range: bytes=0-1')).body.toString()).toBe('a ');
});

test('who has a part of another file is told so', async () => {
  for (const header of ['If-Match: "x"', 'If-Unmodified-Since: Sat, 01 Jan 2000 00:00:00 GMT']) {
    expect((await get(header, 'Range: bytes=2-')).status).toBe(412);
  }
});

test('a file that takes the place of a newer one is sent', async () => {
  const before = await get();
  const known = [`If-None-Match: ${before.header('etag')}`, `If-Modified-Since: ${before.header('last-modified')}`];
  expect((await get(...known)).status).toBe(304);
  write(dir, { 'images/quay.png': 'a photo of the quay' });
  utimesSync(join(dir, 'images/quay.png'), new Date('2020-01-01'), new Date('2020-01-01'));
  const after = await get(...known);
  expect([after.status, after.body.toString()]).toEqual([200, 'a photo of the quay']);
});

test('who is sent a file that is cut short meanwhile does not take the next answer for the rest', async () => {
  const size = 30_000_000;
  write(dir, { 'images/quay.png': new Uint8Array(size) });
  const chunks: Buffer[] = [];
  const socket = connect(Number(new URL(server.origin).port), '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(toRequest(`GET ${picture}`, ['Connection: keep-alive']) + toRequest('GET /livez'));
  await new Promise<void>((resolve) => socket.once('data', () => resolve()));
  socket.pause();
  truncateSync(join(dir, 'images/quay.png'), size / 2);
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  await new Promise<void>((resolve) => {
    socket.once('close', () => resolve());
    socket.resume();
  });
  expect(
    Buffer.concat(chunks)
      .subarray(-1000)
      .every((byte) => byte === 0),
  ).toBe(true);
});

test('no file stays open for answers that are never waited for', async () => {
  const folder = `/proc/${server.process.pid}/fd`;
  if (!existsSync(folder)) return;
  const file = statSync(join(dir, 'images/quay.png')).ino;
  const open = (): number =>
    readdirSync(folder).filter((one) => {
      try {
        return readlinkSync(join(folder, one)).endsWith('quay.png') && statSync(join(folder, one)).ino === file;
      } catch {
        return false;
      }
    }).length;
  const requests = toRequest(`GET ${picture}`, ['Connection: keep-alive']).repeat(3);
  for (let n = 0; n < 10; n += 1) {
    const socket = connect(Number(new URL(server.origin).port), '127.0.0.1');
    socket.on('error', () => undefined);
    await new Promise<void>((resolve) => socket.write(requests, () => resolve()));
    socket.destroy();
  }
  // Whoever asks after them is answered after them.
  expect((await get()).status).toBe(200);
  await until(async () => open() === 0);
});
