import { renameSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, expect, test } from 'vitest';
import { newFolder, type ServerProcess, startServer, write } from '../harness.ts';
import { ask, parse, toRequest } from './raw.ts';
import { expectCommon, until } from './site.ts';

const running: ServerProcess[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
});

async function start(env: NodeJS.ProcessEnv): Promise<ServerProcess> {
  const server = await startServer({ PUBLIC_URL: 'https://news.example.com', ...env });
  running.push(server);
  return server;
}

function smallFolder(): string {
  const dir = newFolder();
  write(dir, { 'publication.yaml': 'title: States\nid: tag:example.com,2026:states\n', 'one.md': '# One\n\nText.\n' });
  return dir;
}

test('before anything was published a reader is asked to come back', async () => {
  const { origin } = await start({ DATA_DIR: join(newFolder(), 'none') });
  for (const path of ['/rss.xml', '/feed/', '/', '/articles/one', '/readyz']) {
    const answer = await ask(origin, `GET ${path}`);
    expect([answer.status, answer.header('retry-after')]).toEqual([503, '60']);
    expect(answer.header('content-type')).toBe('text/plain; charset=utf-8');
    expect(answer.body.length).toBeLessThan(100);
    expectCommon(answer);
  }
  expect((await ask(origin, 'GET /livez')).status).toBe(200);
});

test('while the clock is behind the last version, there is a tag and no date', async () => {
  const dir = smallFolder();
  const file = join(newFolder(), 'store.db');
  const first = await start({ DATA_DIR: dir, STORE_URL: `sqlite:${file}` });
  await first.stop();
  const database = new DatabaseSync(file);
  const ahead = Math.floor(Date.now() / 1000) + 3600;
  database.prepare('update documents set version = ?').run(ahead);
  database.close();

  const { origin } = await start({ DATA_DIR: dir, STORE_URL: `sqlite:${file}` });
  const answer = await ask(origin, 'GET /rss.xml');
  expect([answer.status, answer.header('last-modified')]).toEqual([200, undefined]);
  expect(answer.header('etag')).toMatch(new RegExp(`^W/"${ahead}-`));
  const known = await ask(origin, 'GET /rss.xml', [`If-None-Match: ${answer.header('etag')}`]);
  expect([known.status, known.header('last-modified')]).toEqual([304, undefined]);
  const since = [`If-Modified-Since: ${new Date((ahead + 60) * 1000).toUTCString()}`];
  expect((await ask(origin, 'GET /rss.xml', since)).status).toBe(200);
});

test('who polls too often without validators is told how long to wait; who keeps them never is', async () => {
  const { origin } = await start({ DATA_DIR: smallFolder(), RATE_LIMIT: '3', TRUST_PROXY: '1' });
  const from = (address: string, ...more: string[]): Promise<number> =>
    ask(origin, 'GET /rss.xml', [`X-Forwarded-For: 1.2.3.4, ${address}`, ...more]).then(({ status }) => status);
  const statuses = [];
  for (let n = 0; n < 4; n += 1) statuses.push(await from('192.0.2.1'));
  expect(statuses).toEqual([200, 200, 200, 429]);
  const refused = await ask(origin, 'GET /rss.xml', ['X-Forwarded-For: 192.0.2.1']);
  expect(refused.header('retry-after')).toMatch(/^[1-9]\d*$/);
  expect(refused.header('content-type')).toBe('text/plain; charset=utf-8');
  expectCommon(refused);
  expect(await from('192.0.2.1', 'If-None-Match: "x"')).toBe(200);
  expect(await from('192.0.2.1', 'If-None-Match: *')).toBe(304);
  expect(await from('192.0.2.2')).toBe(200);
  expect((await ask(origin, 'GET /livez', ['X-Forwarded-For: 192.0.2.1'])).status).toBe(200);

  for (let n = 0; n < 3; n += 1) expect(await from(`192.0.2.3:102${n}`)).toBe(200);
  expect(await from('192.0.2.3:1030')).toBe(429);
  expect(await from('192.0.2.3')).toBe(429);

  for (let n = 0; n < 3; n += 1) expect(await from(`2001:db8::${n}`)).toBe(200);
  expect(await from('[2001:db8::1]:1024')).toBe(429);
  expect(await from('[2001:db8::1]')).toBe(429);
  expect(await from('2001:db8:0:0:ffff::1')).toBe(429);
  expect(await from('2001:db8:0:1::1')).toBe(200);
});

test('without a proxy of ours, own networks are never refused, and nobody is believed to be someone else', async () => {
  const { origin } = await start({ DATA_DIR: smallFolder(), RATE_LIMIT: '1' });
  for (let n = 0; n < 5; n += 1) {
    expect((await ask(origin, 'GET /rss.xml', ['X-Forwarded-For: 192.0.2.1'])).status).toBe(200);
  }
});

test('on SIGTERM an answer under way is finished, open connections are closed, and the process ends well', async () => {
  const server = await start({ DATA_DIR: smallFolder() });
  const { port } = new URL(server.origin);
  const idle = connect(Number(port), '127.0.0.1');
  const idleEnded = new Promise((resolve) => idle.once('close', resolve));
  idle.write(toRequest('GET /rss.xml', ['Connection: keep-alive']));
  await new Promise((resolve) => idle.once('data', resolve));
  idle.resume();
  const half = connect(Number(port), '127.0.0.1');
  const chunks: Buffer[] = [];
  half.on('data', (chunk) => chunks.push(Buffer.from(chunk as Buffer)));
  const halfEnded = new Promise((resolve) => half.once('close', resolve));
  const request = toRequest('GET /rss.xml', ['Connection: keep-alive']);
  half.write(request.slice(0, 20));
  await new Promise((resolve) => setTimeout(resolve, 100));
  const stopped = server.stop();
  await idleEnded;
  half.write(request.slice(20));
  await halfEnded;
  const [answer] = parse(Buffer.concat(chunks), ['GET']);
  expect([answer!.status, answer!.header('connection')]).toEqual([200, 'close']);
  expect(await stopped).toBe(0);
});

test('what fails behind the feeds does not touch them, and a page that cannot be read is not said to be gone', async () => {
  const folder = newFolder();
  const file = join(folder, 'store.db');
  const server = await start({ DATA_DIR: smallFolder(), STORE_URL: `sqlite:${file}` });
  const before = await ask(server.origin, 'GET /rss.xml');
  renameSync(file, join(folder, 'elsewhere.db'));
  const unknown = await ask(server.origin, 'GET /articles/older');
  expect([unknown.status, unknown.header('retry-after')]).toEqual([503, '60']);
  const after = await ask(server.origin, 'GET /rss.xml');
  expect([after.status, after.header('etag')]).toEqual([200, before.header('etag')]);
  expect((await ask(server.origin, 'GET /articles/one')).status).toBe(200);
  renameSync(join(folder, 'elsewhere.db'), file);
  expect((await ask(server.origin, 'GET /articles/older')).status).toBe(404);
});

test('a store that breaks under the server is mended by its next refresh, and the feeds stay as they are', async () => {
  const dir = smallFolder();
  const file = join(newFolder(), 'store.db');
  const server = await start({ DATA_DIR: dir, STORE_URL: `sqlite:${file}` });
  const before = await ask(server.origin, 'GET /rss.xml');
  // The server may be writing at this moment.
  const database = new DatabaseSync(file, { timeout: 5000 });
  database.exec('alter table entries rename to lost; alter table settings rename to gone');
  database.close();
  expect((await ask(server.origin, 'GET /rss.xml')).header('etag')).toBe(before.header('etag'));
  write(dir, { 'two.md': '# Two\n\nText.\n' });
  server.process.kill('SIGHUP');
  await until(async () => (await ask(server.origin, 'GET /articles/two')).status === 200);
  expect(server.log.join('\n')).toContain('is set aside as');
  const guid = /<guid[^>]*>[^<]*<\/guid>/.exec(before.body.toString())![0];
  expect((await ask(server.origin, 'GET /rss.xml')).body.toString()).toContain(guid);
  expect((await ask(server.origin, 'GET /articles/one')).status).toBe(200);
});
