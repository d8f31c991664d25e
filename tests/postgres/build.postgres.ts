import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { newFolder, type ServerProcess, startServer, write } from '../harness.ts';
import { type Cluster, startCluster } from './cluster.ts';

let cluster: Cluster;
beforeAll(() => {
  cluster = startCluster();
});
afterAll(() => cluster.remove());
const running: ServerProcess[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
});

type Env = Readonly<Record<'DATA_DIR' | 'STORE_URL' | 'PUBLIC_URL' | 'WATCH', string>>;

function publication(): Env {
  const dir = newFolder();
  write(dir, {
    'publication.yaml': 'title: Built\nid: tag:example.com,2026:built\n',
    'posts/one.md': '---\ntitle: One\n---\nText of one.\n',
    'headlines.txt': 'Harbour opens its new pier\n',
  });
  const STORE_URL = cluster.newDatabase();
  return { DATA_DIR: dir, STORE_URL, PUBLIC_URL: 'https://news.example.com', WATCH: 'true' };
}

async function serve(env: Env): Promise<ServerProcess> {
  const server = await startServer(env, newFolder());
  running.push(server);
  return server;
}

function build(env: Env, out: string): Promise<{ readonly code: number; readonly said: string }> {
  const main = join(import.meta.dirname, '..', '..', 'src', 'main.ts');
  return new Promise((resolve) => {
    const options = { env: { PATH: process.env.PATH, ...env }, cwd: newFolder() };
    const child = execFile(process.execPath, [main, 'build', '--out', out], options, (_, stdout, stderr) => {
      resolve({ code: child.exitCode!, said: stdout + stderr });
    });
  });
}

const documents = ['rss.xml', 'atom.xml', 'feed.json', 'articles/feed.json', 'headlines/rss.xml'];

const built = (out: string): readonly string[] => documents.map((name) => readFileSync(join(out, name), 'utf8'));

function served({ origin }: ServerProcess): Promise<readonly string[]> {
  return Promise.all(documents.map(async (name) => (await fetch(`${origin}/${name}`)).text()));
}

async function shows(server: ServerProcess, title: string): Promise<void> {
  const deadline = Date.now() + 40_000;
  while (!(await served(server))[2]!.includes(title)) {
    if (Date.now() > deadline) throw new Error(`expected ${title} within forty seconds`);
    await sleep(100);
  }
}

test('build beside serve writes what is served, and the server goes on publishing', async () => {
  const env = publication();
  const server = await serve(env);
  const out = newFolder();
  expect((await build(env, out)).code).toBe(0);
  expect(built(out)).toEqual(await served(server));
  write(env.DATA_DIR, { 'posts/two.md': '---\ntitle: Second of its kind\n---\nText.\n' });
  await shows(server, 'Second of its kind');
  await build(env, out);
  expect(built(out)).toEqual(await served(server));
});

test('of builds at the same moment one writes to the store, and the others write the same files or say why not', async () => {
  const env = publication();
  const outs = [newFolder(), newFolder(), newFolder()];
  const builds = await Promise.all(outs.map((out) => build(env, out)));
  for (const { code, said } of builds) if (code !== 0) expect(said).toMatch(/another process/);
  const written = outs.filter((_, index) => builds[index]!.code === 0).map(built);
  expect(written.length).toBeGreaterThan(0);
  for (const one of written) expect(one).toEqual(written[0]);
});

test('a server that starts while a build holds the lead takes it when the build has ended', async () => {
  const env = publication();
  const out = newFolder();
  const [{ code, said }, server] = await Promise.all([build(env, out), serve(env)]);
  // The server may have been first after all.
  if (code !== 0) expect(said).toMatch(/another process/);
  await shows(server, 'One');
  write(env.DATA_DIR, { 'posts/two.md': '---\ntitle: Second of its kind\n---\nText.\n' });
  await shows(server, 'Second of its kind');
});
