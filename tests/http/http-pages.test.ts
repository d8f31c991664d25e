import { rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newFolder, type ServerProcess, startServer, write } from '../harness.ts';
import { ask, parse, type Raw, toRequest } from './raw.ts';
import { expectCommon, until } from './site.ts';

const dir = newFolder();
const token = 'a-token-of-the-tests';
let server: ServerProcess;
const get = (path: string, ...headers: string[]): Promise<Raw> => ask(server.origin, `GET ${path}`, headers);
const article = (n: number, text: string): string => `---\ntitle: Article ${n}\ndate: 2026-01-0${n}\n---\n${text}\n`;

beforeAll(async () => {
  write(dir, { 'publication.yaml': 'title: Pages\nid: tag:example.com,2026:pages\nlimit: 2\n' });
  for (let n = 1; n <= 7; n += 1) write(dir, { [`${n}.md`]: article(n, 'A text.') });
  server = await startServer({ DATA_DIR: dir, PUBLIC_URL: 'https://news.example.com', ADMIN_TOKEN: token });
}, 60_000);
afterAll(() => server.stop());

const later = (): string => `If-Modified-Since: ${new Date(Date.now() + 60_000).toUTCString()}`;

test.each(['/rss.xml?page=3', '/atom.xml?page=3', '/feed.json?page=3'])(
  '%s is known by its tag alone',
  async (path) => {
    const answer = await get(path);
    expectCommon(answer);
    expect([answer.status, answer.header('last-modified')]).toEqual([200, undefined]);
    expect((await get(path, `If-None-Match: ${answer.header('etag')}`)).status).toBe(304);
    expect((await get(path, later())).status).toBe(200);
  },
);

test('what is edited, or withdrawn from a page before, is told to who has the page', async () => {
  const path = '/rss.xml?page=3';
  const known = await get(path);
  const [tag, since] = [`If-None-Match: ${known.header('etag')}`, later()];
  expect(known.body.toString()).toContain('Article 3');
  write(dir, { '3.md': article(3, 'Another text.') });
  const refresh = async (): Promise<boolean> => {
    server.process.kill('SIGHUP');
    return (await get(path, tag)).status === 200;
  };
  await until(refresh);
  expect((await get(path, since)).body.toString()).toContain('Another text.');
  rmSync(join(dir, '5.md'));
  await until(async () => (await refresh()) && !(await get(path)).body.toString().includes('Article 3'));
  expect((await get(path, since)).body.toString()).toContain('Article 2');
});

test.each(['/archive/1.rss.xml', '/archive/', '/nothing-here', '/rss.xml'])(
  'a client that says that it has asked all gets %s',
  async (path) => {
    const socket = connect(Number(new URL(server.origin).port), '127.0.0.1');
    const request = toRequest(`GET ${path}`, ['Connection: keep-alive']);
    socket.end(request);
    const answer = Buffer.concat(await Array.fromAsync(socket as AsyncIterable<Buffer>));
    const asked = await get(path);
    expect(parse(answer, ['GET'])[0]).toMatchObject({ status: asked.status, body: asked.body });
  },
);

test('an archive document that changes again at once has another Last-Modified', async () => {
  const path = '/archive/1.rss.xml';
  const seen = new Map<string, string>();
  for (let n = 0; n < 4; n += 1) {
    write(dir, { '1.md': article(1, `Text number ${n}.`) });
    const refreshed = await ask(server.origin, 'POST /-/refresh', [`Authorization: Bearer ${token}`]);
    expect(refreshed.status).toBe(200);
    const answer = await get(path);
    expect(answer.body.toString()).toContain(`Text number ${n}.`);
    seen.set(answer.header('last-modified')!, answer.header('etag')!);
    expect(Date.parse(answer.header('last-modified')!)).toBeLessThanOrEqual(Date.parse(answer.header('date')!));
  }
  expect(seen.size).toBe(4);
});
