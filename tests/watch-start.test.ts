import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { newFolder, startServer, write } from './harness.ts';
import { until } from './http/site.ts';

test('what is saved while the first refresh reads is in the feeds without waiting for the schedule', async () => {
  const dir = newFolder();
  write(dir, { 'publication.yaml': 'title: Watched\nlimit: 1000\n' });
  const text = 'A paragraph of *some* length with [a link](https://example.com/). '.repeat(60);
  for (let n = 0; n < 3000; n += 1) write(dir, { [`part-${n % 10}/a${n}.md`]: `# Article ${n}\n\n${text}\n` });
  write(dir, { 'a-first.md': '---\ntitle: First\ndate: 2026-01-01\n---\nAs it was.\n' });
  const port = await freePort();
  const starting = startServer({
    DATA_DIR: dir,
    PUBLIC_URL: 'https://news.example.com',
    PORT: String(port),
    WATCH: 'true',
    REFRESH_CRON: '0 0 1 1 *',
  });
  const answer = async (path: string): Promise<string> => (await fetch(`http://127.0.0.1:${port}${path}`)).text();
  await until(() => answer('/livez').then(Boolean, () => false));
  await sleep(1500);
  write(dir, { 'a-first.md': '---\ntitle: First\ndate: 2026-01-01\n---\nAs it is now.\n' });
  const server = await starting;
  await until(async () => (await answer('/articles/a-first')).includes('As it is now.'));
  expect(await server.stop()).toBe(0);
}, 60_000);

function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  return new Promise((resolve) => {
    server.once('listening', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
