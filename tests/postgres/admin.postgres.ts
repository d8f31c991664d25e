import { afterAll, beforeAll, expect, test } from 'vitest';
import { newFolder, type ServerProcess, startServer, write } from '../harness.ts';
import { until } from '../http/site.ts';
import { type Cluster, startCluster } from './cluster.ts';

const token = 'a-token-of-some-length';
const headers = { authorization: `Bearer ${token}` };
const files = { 'publication.yaml': 'title: Led\nid: tag:example.com,2026:led\n', 'one.md': '# One\n\nText of one.\n' };
const dir = newFolder();
let cluster: Cluster;
let leader: ServerProcess;
let other: ServerProcess;
beforeAll(async () => {
  cluster = startCluster();
  write(dir, files);
  const env = {
    ADMIN_TOKEN: token,
    DATA_DIR: dir,
    STORE_URL: cluster.newDatabase(),
    PUBLIC_URL: 'https://news.example.com',
    // Once a year: whatever is refreshed here is refreshed because it was asked for.
    REFRESH_CRON: '0 3 1 1 *',
  };
  leader = await startServer(env, newFolder());
  other = await startServer(env, newFolder());
});
afterAll(async () => {
  await Promise.all([leader?.stop(), other?.stop()]);
  cluster.remove();
});

const refresh = (server: ServerProcess, query = '', accept = '*/*'): Promise<Response> => {
  const init = { method: 'POST', headers: { ...headers, accept }, redirect: 'manual' } as const;
  return fetch(`${server.origin}/-/refresh${query}`, init);
};
const read = async (server: ServerProcess, path: string): Promise<string> =>
  (await fetch(server.origin + path, { headers })).text();

test('one that does not lead has the one that leads refresh, and says so', async () => {
  await until(async () => (await read(other, '/-/')).includes('All is well here; another process reads the files.'));
  expect(await read(leader, '/-/')).toContain('All is well.');

  write(dir, { 'two.md': '# Two\n\nText of two.\n' });
  const asked = await refresh(other);
  expect([asked.status, await asked.json()]).toEqual([
    202,
    { ok: true, message: 'another process leads, and was asked to refresh' },
  ]);
  for (const server of [leader, other]) await until(async () => (await read(server, '/rss.xml')).includes('>Two<'));

  write(dir, { 'three.md': '# Three\n\nText of three.\n' });
  const pushed = await refresh(other, '', 'text/html');
  expect([pushed.status, pushed.headers.get('location')]).toEqual([303, '/-/']);
  for (const server of [leader, other]) await until(async () => (await read(server, '/rss.xml')).includes('>Three<'));
});

test('what the one that leads has refused is allowed there, and nowhere else', async () => {
  write(dir, { 'publication.yaml': 'title: Led\nid: tag:example.com,2026:misled\n' });
  expect((await refresh(leader)).status).toBe(409);
  const elsewhere = await refresh(other, '?allow=withdrawal');
  expect([elsewhere.status, await elsewhere.json()]).toEqual([
    409,
    { ok: false, message: 'another process leads: what was refused is allowed there' },
  ]);
  expect(await read(leader, '/-/')).toContain('Refreshes are refused since');
  expect((await refresh(leader, '?allow=withdrawal')).status).toBe(200);
});

test('one that cannot ask says why', async () => {
  cluster.stop();
  const asked = await refresh(other);
  expect([asked.status, await asked.json()]).toEqual([
    500,
    { ok: false, message: expect.stringMatching(/^admin: store: cannot ask the one that leads: /) },
  ]);
  cluster.start();
});
