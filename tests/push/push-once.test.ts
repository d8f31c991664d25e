import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { build, type Ending, type Export, newExport } from '../export/build.ts';
import { write } from '../harness.ts';
import { type Peer, startPeer } from './hub.ts';

const hubs: Peer[] = [];
afterEach(() => {
  for (const hub of hubs.splice(0)) hub.close();
});

/** A publication with a hub and no server. */
async function exported(settings = ''): Promise<Export & { readonly hub: Peer }> {
  const hub = await startPeer();
  hubs.push(hub);
  const made = newExport();
  write(made.data, {
    'publication.yaml': `title: Pushed\nhubs: [${hub.url}]\n${settings}`,
    'one.md': '---\ntitle: One\n---\nText of one.\n',
  });
  return { ...made, hub };
}

/** Runs the command `push`. */
function push({ env }: Export): Promise<Ending> {
  const main = join(import.meta.dirname, '..', '..', 'src', 'main.ts');
  return new Promise((resolve) => {
    const options = { env: { PATH: process.env.PATH, ...env } };
    execFile(process.execPath, [main, 'push'], options, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), output: stdout + stderr });
    });
  });
}

test('a build tells no hub and says what waits, and push tells it all, once', async () => {
  const site = await exported();
  expect((await build(site)).output).toContain(
    'build: 9 posts to hubs and hooks wait for a server, or for the command “push”',
  );
  expect(site.hub.received).toEqual([]);
  expect(await push(site)).toEqual({ code: 0, output: 'push: 9 of 9 posts taken, 0 wait\n' });
  const topics = ['', 'articles/', 'headlines/'].flatMap((folder) =>
    ['rss.xml', 'atom.xml', 'feed.json'].map((name) => `https://news.example.com/${folder}${name}`),
  );
  expect(site.hub.received.map(({ topic }) => topic).toSorted()).toEqual(topics.toSorted());
  expect((await build(site)).output).not.toContain('wait');
  expect(await push(site)).toEqual({ code: 0, output: 'push: 0 of 0 posts taken, 0 wait\n' });
  expect(site.hub.received).toHaveLength(9);
});

test('what a hub does not take is named, and waits', async () => {
  const site = await exported();
  site.hub.answer = (response) => response.writeHead(503, { 'Retry-After': '3600' }).end();
  await build(site);
  const { code, output } = await push(site);
  expect([code, output]).toEqual([1, expect.stringContaining('push: 0 of 9 posts taken, 9 wait\n')]);
  expect(output).toContain(`push: ${site.hub.url}: https://news.example.com/rss.xml: answered 503`);
  expect((await push(site)).code).toBe(0);
  expect(site.hub.received).toHaveLength(9);
});

test('what is not due yet is not told, and waits', async () => {
  const site = await exported('push: { delay: 3600 }\n');
  await build(site);
  expect(await push(site)).toEqual({ code: 0, output: 'push: 0 of 9 posts taken, 9 wait\n' });
  expect(site.hub.received).toEqual([]);
});

test('a store that is not there is a fault, and is not made', async () => {
  const site = await exported();
  const store = site.env.STORE_URL!.slice('sqlite:'.length);
  expect(await push(site)).toEqual({ code: 1, output: `linecaster: push: expected a store at ${store}, found none\n` });
  expect(existsSync(store)).toBe(false);
});
