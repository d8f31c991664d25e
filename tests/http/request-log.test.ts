import { expect, test } from 'vitest';
import { newFolder, startServer, write } from '../harness.ts';
import { until } from './site.ts';

const dir = newFolder();
write(dir, { 'publication.yaml': 'title: Kept\nid: tag:example.com,2026:kept\n', 'one.md': '# One\n\nText.\n' });
const token = 'a-token-of-the-tests';
const authorization = `Basic ${Buffer.from(`editor:${token}`).toString('base64')}`;

type Note = { readonly msg: string; readonly path: string; readonly client: string };

/** The lines that a server logs of requests from these clients. */
async function logOf(mode: string | undefined, clients: readonly string[]): Promise<readonly Note[]> {
  const env = mode === undefined ? {} : { LOG_REQUESTS: mode };
  const server = await startServer({ DATA_DIR: dir, TRUST_PROXY: '1', ADMIN_TOKEN: token, ...env });
  const notes = (): readonly Note[] =>
    server.log.map((line) => JSON.parse(line) as Note).filter(({ msg }) => msg === 'request');
  for (const client of clients) {
    const headers = { 'x-forwarded-for': client, 'user-agent': 'Reader/1.0', authorization };
    await fetch(`${server.origin}/rss.xml?token=${token}`, { headers });
    await fetch(`${server.origin}/-/status`, { headers });
  }
  if (mode !== undefined) await until(async () => notes().length === clients.length * 2);
  await server.stop();
  const all = server.log.join('\n');
  expect(all).not.toContain(token);
  expect(all).not.toContain(authorization.split(' ')[1]);
  return notes();
}

const clients = ['192.0.2.77', '2001:db8:1:2::9', '::1', 'not an address'];

test('requests are not logged unless that is asked for', async () => {
  expect(await logOf(undefined, clients)).toEqual([]);
});

test('a logged request says what was asked and from which network, and neither query nor token', async () => {
  const notes = await logOf('on', clients);
  expect(notes[0]).toMatchObject({
    method: 'GET',
    path: '/rss.xml',
    status: 200,
    milliseconds: expect.any(Number),
    client: '192.0.2.0/24',
    agent: 'Reader/1.0',
  });
  expect(notes.filter(({ path }) => path === '/-/status').map(({ client }) => client)).toEqual([
    '192.0.2.0/24',
    '2001:db8:1::/48',
    '0:0:0::/48',
    '',
  ]);
});

test('whole addresses are logged only with LOG_REQUESTS=full', async () => {
  const notes = await logOf('full', clients.slice(0, 2));
  expect(new Set(notes.map(({ client }) => client))).toEqual(new Set(clients.slice(0, 2)));
});
