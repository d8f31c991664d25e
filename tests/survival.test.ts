import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, cpSync, existsSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from './free-port.ts';
import { newFolder, type ServerProcess, startServer, write } from './harness.ts';
import { until } from './http/site.ts';

const feeds = ['/rss.xml', '/atom.xml', '/feed.json', '/articles/rss.xml', '/headlines/feed.json'];

/** Each feed's status, tag and bytes. */
async function answers(server: ServerProcess): Promise<readonly (readonly [number, string | null, string])[]> {
  return Promise.all(
    feeds.map(async (path) => {
      const answer = await fetch(server.origin + path);
      return [answer.status, answer.headers.get('etag'), await answer.text()] as const;
    }),
  );
}

function publication(): { dir: string; file: string; env: NodeJS.ProcessEnv } {
  const dir = newFolder();
  const file = join(newFolder(), 'store.db');
  cpSync(join(import.meta.dirname, '..', 'data'), dir, { recursive: true });
  return { dir, file, env: { DATA_DIR: dir, PUBLIC_URL: 'https://news.example.com', STORE_URL: `sqlite:${file}` } };
}

test('a restart without the data folder serves the same bytes and tags', async () => {
  const { dir, env } = publication();
  const first = await startServer(env);
  const before = await answers(first);
  expect(before.map(([status]) => status)).toEqual([200, 200, 200, 200, 200]);
  expect(await first.stop()).toBe(0);
  rmSync(dir, { recursive: true });
  const second = await startServer(env);
  expect(await answers(second)).toEqual(before);
  expect(second.log.join('\n')).toMatch(/expected .*data folder|ENOENT|no such/i);
  await second.stop();
});

test('a process that is ended as soon as it tells of its first edition has kept that', async () => {
  const { env } = publication();
  const main = join(import.meta.dirname, '..', 'src', 'main.ts');
  const child = spawn(process.execPath, [main, 'serve'], {
    env: { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line.includes('"msg":"refresh"')) child.kill('SIGTERM');
  });
  expect(await once(child, 'exit')).toEqual([0, null]);
  const next = await startServer(env);
  // It was not made again of the store.
  expect(next.log.find((line) => line.includes('"msg":"restore"'))).toContain('"stages":{}');
  await next.stop();
});

test('a store that is broken leaves the last edition served, also across a restart, and is recovered without a hand', async () => {
  const { dir, file, env } = publication();
  const first = await startServer(env);
  const before = await answers(first);
  await first.stop();
  breakStore(file);
  rmSync(dir, { recursive: true });
  const second = await startServer(env);
  expect(await answers(second)).toEqual(before);
  expect(second.log.join('\n')).toMatch(/store: .* is not a database.*serving the last edition's file/);
  expect(second.log.join('\n')).toMatch(/set aside as .*store\.db\.corrupt-/);
  await second.stop();
  const third = await startServer(env);
  expect(await answers(third)).toEqual(before);
  cpSync(join(import.meta.dirname, '..', 'data'), dir, { recursive: true });
  write(dir, { 'articles/new.md': '---\ntitle: Stored again\n---\nA text that can be stored now.\n' });
  third.process.kill('SIGHUP');
  await until(async () => (await (await fetch(`${third.origin}/feed.json`)).text()).includes('Stored again'));
  const ids = (body: string): readonly string[] => [...body.matchAll(/"id": ?"([^"]+)"/g)].map(([, id]) => id!);
  const after = await answers(third);
  expect(after.map(([status]) => status)).toEqual([200, 200, 200, 200, 200]);
  expect(ids(after[2]![2])).toEqual(expect.arrayContaining([...ids(before[2]![2])]));
  await third.stop();
});

test('of two stores in one folder each keeps its own last edition', async () => {
  const home = newFolder();
  const sites = ['one', 'two'].map((name) => {
    const dir = newFolder();
    write(dir, { 'publication.yaml': `title: Site ${name}\n`, 'a.md': '---\ntitle: A\ntags: [Sea]\n---\nText.\n' });
    return { dir, name, file: join(home, `${name}.db`) };
  });
  const start = ({ dir, file }: (typeof sites)[number]): Promise<ServerProcess> =>
    startServer({ DATA_DIR: dir, STORE_URL: `sqlite:${file}`, PUBLIC_URL: 'https://news.example.com' });
  for (const site of sites) {
    const server = await start(site);
    expect(await (await fetch(`${server.origin}/tags/sea/feed.json`)).text()).toContain(`Site ${site.name}`);
    await server.stop();
  }
  for (const site of sites) {
    breakStore(site.file);
    rmSync(site.dir, { recursive: true });
    const server = await start(site);
    for (const path of ['/feed.json', '/tags/sea/feed.json']) {
      expect(await (await fetch(server.origin + path)).text()).toContain(`Site ${site.name}`);
    }
    await server.stop();
  }
});

test('a last edition that was kept under the name of an older version is served', async () => {
  const { dir, env } = publication();
  const home = newFolder();
  const file = join(home, 'linecaster.db');
  const first = await startServer({ ...env, STORE_URL: `sqlite:${file}` });
  const before = await answers(first);
  await first.stop();
  renameSync(`${file}.last-edition`, join(home, 'last-edition'));
  breakStore(file);
  rmSync(dir, { recursive: true });
  const second = await startServer({ ...env, STORE_URL: `sqlite:${file}` });
  expect(await answers(second)).toEqual(before);
  expect(second.log.join('\n')).toContain("serving the last edition's file");
  expect(existsSync(join(home, 'last-edition'))).toBe(false);
  await second.stop();
});

function breakStore(file: string): void {
  for (const suffix of ['-wal', '-shm']) rmSync(file + suffix, { force: true });
  writeFileSync(file, 'no database '.repeat(1000));
}

test('SIGHUP refreshes at once', async () => {
  const { dir, env } = publication();
  const server = await startServer(env);
  write(dir, { 'articles/new.md': '---\ntitle: Hung up\n---\nA text.\n' });
  server.process.kill('SIGHUP');
  const deadline = Date.now() + 20_000;
  let body = '';
  while (!body.includes('Hung up') && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    body = await (await fetch(`${server.origin}/feed.json`)).text();
  }
  expect(body).toContain('Hung up');
  await server.stop();
});

test('a refresh that failed is tried again, whenever the schedule comes to it', async () => {
  const { dir, env } = publication();
  const server = await startServer({ ...env, REFRESH_CRON: '0 0 29 2 *' });
  renameSync(dir, `${dir}.away`);
  server.process.kill('SIGHUP');
  await until(async () => server.log.some((line) => line.includes('expected to read the data folder')));
  write(`${dir}.away`, { 'articles/new.md': '---\ntitle: Back again\n---\nA text.\n' });
  renameSync(`${dir}.away`, dir);
  await until(async () => (await (await fetch(`${server.origin}/feed.json`)).text()).includes('Back again'));
  await server.stop();
});

test('before anything was ever published a feed answers 503 and says when to come back', async () => {
  const server = await startServer({ DATA_DIR: join(newFolder(), 'missing'), PUBLIC_URL: 'https://news.example.com' });
  const answer = await fetch(`${server.origin}/rss.xml`);
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '60']);
  expect((await fetch(`${server.origin}/readyz`)).status).toBe(503);
  expect((await fetch(`${server.origin}/livez`)).status).toBe(200);
  await server.stop();
});

test('a server that is told twice to end closes once, and whole', async () => {
  const { env } = publication();
  const server = await startServer(env);
  const exit = once(server.process, 'exit');
  server.process.stdout!.on('data', (chunk: Buffer) => {
    if (chunk.includes('"closing"')) for (const signal of ['SIGINT', 'SIGTERM'] as const) server.process.kill(signal);
  });
  server.process.kill('SIGINT');
  expect(await exit).toEqual([0, null]);
  expect(server.log.filter((line) => line.includes('"closing"'))).toHaveLength(1);
});

// A file in whose place there never is any room.
test.skipIf(!existsSync('/dev/full'))(
  'a server whose log has no room goes on, and ends when it is told to',
  async () => {
    const { env } = publication();
    const port = await freePort();
    const log = openSync('/dev/full', 'w');
    const main = join(import.meta.dirname, '..', 'src', 'main.ts');
    const child = spawn(process.execPath, [main, 'serve'], {
      env: { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: String(port), ...env },
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    const exit = once(child, 'exit');
    onTestFinished(() => void child.kill('SIGKILL'));
    const isServed = (): Promise<boolean> =>
      fetch(`http://127.0.0.1:${port}/rss.xml`).then(
        ({ status }) => status === 200,
        () => false,
      );
    await until(isServed);
    child.kill('SIGHUP');
    expect(await isServed()).toBe(true);
    child.kill('SIGTERM');
    expect(await exit).toEqual([0, null]);
  },
);

test('a server whose log nobody reads goes on, and ends when it is told to', async () => {
  const { env } = publication();
  const port = await freePort();
  const main = join(import.meta.dirname, '..', 'src', 'main.ts');
  const child = spawn(process.execPath, [main, 'serve'], {
    env: { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: String(port), LOG_REQUESTS: 'full', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');
  onTestFinished(() => void child.kill('SIGKILL'));
  const statusOf = (path: string): Promise<number> =>
    fetch(`http://127.0.0.1:${port}${path}`).then(
      ({ status }) => status,
      () => 0,
    );
  await until(async () => (await statusOf('/rss.xml')) === 200);
  // More than pipes hold.
  for (let n = 0; n < 2000; n += 1) await statusOf(`/${'x'.repeat(1000)}`);
  expect(await statusOf('/rss.xml')).toBe(200);
  child.kill('SIGTERM');
  expect(await exit).toEqual([0, null]);
});

test.skipIf(!existsSync('/dev/full'))('a command whose output has no room says so and fails', () => {
  const { env } = publication();
  const main = join(import.meta.dirname, '..', 'src', 'main.ts');
  const full = openSync('/dev/full', 'w');
  const told = spawnSync(process.execPath, [main, 'lint'], { env, stdio: ['ignore', full, 'pipe'], encoding: 'utf8' });
  closeSync(full);
  expect([told.status, told.stderr]).toEqual([1, expect.stringMatching(/^linecaster: cannot write: ENOSPC.*\n$/)]);
});
