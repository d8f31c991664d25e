import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newFolder, startServer, write } from '../harness.ts';

const token = 'a-token-of-the-tests';
const headers = { authorization: `Bearer ${token}` };

test('while the data folder is away, status and page say why and since when, and the feeds stay', async () => {
  const dir = newFolder();
  const data = `${dir}/data`;
  write(data, { 'publication.yaml': 'title: Kept\nid: tag:example.com,2026:kept\n', 'one.md': '# One\n\nText.\n' });
  const server = await startServer({ DATA_DIR: data, ADMIN_TOKEN: token });
  const status = async (): Promise<object> =>
    (await fetch(`${server.origin}/-/status`, { headers })).json() as Promise<object>;
  const refresh = (): Promise<Response> => fetch(`${server.origin}/-/refresh`, { method: 'POST', headers });

  renameSync(data, `${data}-away`);
  const failed = await refresh();
  expect([failed.status, await failed.json()]).toEqual([
    500,
    { ok: false, message: `source: expected to read the data folder ${data}, found ENOENT` },
  ]);
  await refresh();
  const failure = {
    times: 2,
    isRefusal: false,
    canBeAllowed: false,
    since: expect.any(String),
    message: expect.stringContaining(data),
  };
  expect(await status()).toMatchObject({
    state: 'failing',
    edition: { entries: 1 },
    refresh: { last: { ok: false }, failure },
  });
  const page = await (await fetch(`${server.origin}/-/`, { headers })).text();
  expect(page).toMatch(/Refreshes fail since [^;]+; the last edition stays\./);
  expect(page).toContain('found ENOENT');
  expect(page).toContain('<dd>1 entry in 3 feeds</dd>');
  expect(page).toContain('SQLite: 1 file known, ');
  expect(page).not.toContain('Allow what was refused');
  expect((await fetch(`${server.origin}/rss.xml`)).status).toBe(200);

  renameSync(`${data}-away`, data);
  expect((await refresh()).status).toBe(200);
  expect(await status()).toMatchObject({ state: 'well' });
  await server.stop();
});

test('what was refused can be allowed from the page where that helps, and only there', async () => {
  const dir = newFolder();
  write(dir, { 'publication.yaml': 'title: Kept\nid: tag:example.com,2026:kept\n', 'one.md': '# One\n\nText.\n' });
  const server = await startServer({ DATA_DIR: dir, ADMIN_TOKEN: token });
  const refresh = async (query = ''): Promise<number> =>
    (await fetch(`${server.origin}/-/refresh${query}`, { method: 'POST', headers })).status;
  const page = async (): Promise<string> => (await fetch(`${server.origin}/-/`, { headers })).text();

  write(dir, { 'publication.yaml': 'title: [Kept\n' });
  expect(await refresh()).toBe(409);
  expect(await refresh('?allow=withdrawal')).toBe(409);
  expect(await page()).toContain('Refreshes are refused since');
  expect(await page()).not.toContain('Allow what was refused');

  rmSync(join(dir, 'publication.yaml'));
  expect(await refresh()).toBe(409);
  expect(await page()).toContain('Allow what was refused');
  expect(await refresh('?allow=withdrawal')).toBe(200);
  expect(await page()).toContain('All is well.');
  await server.stop();
});

test('before anything is published a preview says what it waits for', async () => {
  const dir = newFolder();
  write(dir, { 'publication.yaml': 'title: [New\n', 'one.md': '# One\n\nText.\n' });
  const server = await startServer({ DATA_DIR: dir, ADMIN_TOKEN: token });
  const preview = (): Promise<Response> => fetch(`${server.origin}/-/preview/one.md`, { headers });
  const early = await preview();
  expect([early.status, await early.text()]).toEqual([
    503,
    'admin: expected a publication, found none: there is one once a refresh went through\n',
  ]);
  write(dir, { 'publication.yaml': 'title: New\nid: tag:example.com,2026:new\n' });
  await fetch(`${server.origin}/-/refresh`, { method: 'POST', headers });
  expect((await preview()).status).toBe(200);
  await server.stop();
});

test('what hubs are to be told is in the status, without what is posted', async () => {
  const dir = newFolder();
  const settings = 'title: Told\nid: tag:example.com,2026:told\nhubs: [http://127.0.0.1:9/hub]\n';
  write(dir, { 'publication.yaml': settings, 'one.md': '# One\n\nText.\n' });
  const server = await startServer({ DATA_DIR: dir, ADMIN_TOKEN: token, PUBLIC_URL: 'https://news.example.com' });
  const { store } = (await (await fetch(`${server.origin}/-/status`, { headers })).json()) as {
    store: { outbox: { counts: Record<string, number>; notices: Record<string, unknown>[] } };
  };
  const { counts, notices } = store.outbox;
  expect(counts.pending).toBe(notices.length);
  expect(notices.map(({ topic }) => topic)).toContain('https://news.example.com/rss.xml');
  expect(notices[0]).toMatchObject({ target: 'http://127.0.0.1:9/hub', due: expect.stringMatching(/Z$/) });
  const facts = ['created', 'due', 'id', 'kind', 'lastError', 'state', 'target', 'topic', 'tries'];
  for (const notice of notices) for (const name of Object.keys(notice)) expect(facts).toContain(name);
  expect(await (await fetch(`${server.origin}/-/`, { headers })).text()).toContain('<h2>Outbox</h2>');
  await server.stop();
});
