import { afterAll, beforeAll, expect, test } from 'vitest';
import { newFolder, type ServerProcess, startServer, write } from '../harness.ts';
import { ask } from '../http/raw.ts';
import { type Cluster, startCluster } from './cluster.ts';

let cluster: Cluster;
let server: ServerProcess;
beforeAll(async () => {
  cluster = startCluster();
  const dir = newFolder();
  write(dir, { 'publication.yaml': 'title: Paths\nid: tag:example.com,2026:paths\n', 'one.md': '# One\n\nText.\n' });
  const env = { DATA_DIR: dir, STORE_URL: cluster.newDatabase(), PUBLIC_URL: 'https://news.example.com' };
  server = await startServer(env, newFolder());
});
afterAll(async () => {
  await server.stop();
  cluster.remove();
});

test.each([
  '/%00',
  '/%00.xml',
  '/articles/a%00b',
  '/tags/%00/rss.xml?page=2',
  '/tags/%00/archive/1.json',
  '/media/%00.png',
  '/archive/999999999.json',
  '/rss.xml?page=99999999999999999999',
  '/articles/%F4%8F%BF%BF',
  `/${'x'.repeat(8000)}`,
])('%s is not there, and no fault of the database', async (path) => {
  expect((await ask(server.origin, `GET ${path}`)).status).toBe(404);
});
