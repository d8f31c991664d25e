import { afterAll, beforeAll, expect, test } from 'vitest';
import { newFolder, type ServerProcess, startServer, write } from '../harness.ts';
import { until } from '../http/site.ts';

const token = 'a-token-of-the-tests';
const dir = newFolder();
let server: ServerProcess;

beforeAll(async () => {
  write(dir, { 'publication.yaml': 'title: Kept\nid: tag:example.com,2026:kept\n', 'one.md': '# One\n\nText.\n' });
  server = await startServer({ DATA_DIR: dir, ADMIN_TOKEN: token, TRUST_PROXY: '1', LOG_LEVEL: 'trace' });
});
afterAll(async () => {
  await server.stop();
  expect(server.log.join('\n')).not.toContain(token);
});

const bearer = (text: string): Readonly<Record<string, string>> => ({ authorization: `Bearer ${text}` });
const basic = (text: string): Readonly<Record<string, string>> => ({
  authorization: `Basic ${Buffer.from(text).toString('base64')}`,
});
const from = (site: string): Readonly<Record<string, string>> => ({ 'sec-fetch-site': site });

const ask = (path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET'): Promise<Response> =>
  fetch(server.origin + path, { method, headers, redirect: 'manual' });

test.each([
  ['no token', {}, 401, 401],
  ['the token as Bearer', bearer(token), 200, 200],
  ['a wrong Bearer', bearer('another-token-altogether'), 401, 401],
  ['the token with a letter more', bearer(`${token}x`), 401, 401],
  ['the token as the password of Basic', basic(`anybody:${token}`), 200, 403],
  ['a password with a wrong letter', basic(`anybody:${token.slice(0, -1)}x`), 401, 401],
  ['the token as the name of Basic', basic(`${token}:`), 401, 401],
  ['Basic from a page of ours', { ...basic(`:${token}`), ...from('same-origin') }, 200, 200],
  ['Basic from another site', { ...basic(`:${token}`), ...from('cross-site') }, 200, 403],
  ['Basic from a neighbour', { ...basic(`:${token}`), ...from('same-site') }, 200, 403],
  ['Basic from nowhere, an address typed', { ...basic(`:${token}`), ...from('none') }, 200, 403],
  ['Bearer from another site', { ...bearer(token), ...from('cross-site') }, 200, 200],
  ['another scheme', { authorization: `Digest ${token}` }, 401, 401],
])('with %s, reading and refreshing are answered as they should be', async (who, headers, reading, refreshing) => {
  // A client of its own, so that wrong tokens do not add up.
  const client = { 'x-forwarded-for': `192.0.2.${who.length}` };
  const read = await ask('/-/status', { ...headers, ...client });
  expect(read.status).toBe(reading);
  expect(read.headers.get('cache-control')).toBe('no-store');
  expect(read.headers.get('access-control-allow-origin')).toBeNull();
  expect(read.headers.get('www-authenticate')).toBe(
    reading === 401 ? 'Basic realm="Linecaster", charset="UTF-8"' : null,
  );
  expect((await ask('/-/status', { ...headers, ...client }, 'HEAD')).status).toBe(reading);
  const refreshed = await ask('/-/refresh', { ...headers, ...client }, 'POST');
  expect(refreshed.status).toBe(refreshing);
  expect(refreshed.headers.get('cache-control')).toBe('no-store');
});

test.each([
  ['GET', '/-/refresh', 405],
  ['POST', '/-/status', 405],
  ['PUT', '/-/refresh', 405],
  ['GET', '/-/nothing', 404],
])('%s %s is answered %i, and by no cache kept', async (method, path, status) => {
  const answer = await ask(path, bearer(token), method);
  expect(answer.status).toBe(status);
  expect(answer.headers.get('cache-control')).toBe('no-store');
});

test('who guesses is held off, whatever comes then, and nobody else is', async () => {
  const guesser = { 'x-forwarded-for': '2001:db8:1:2::7' };
  for (let n = 0; n < 10; n += 1) {
    // Validators, which exempt a reader from the limit of requests, do not help here.
    const headers = { ...bearer(`guess-number-${n}`), ...guesser, 'if-none-match': '"x"' };
    expect((await ask('/-/status', headers)).status).toBe(401);
  }
  const held = await ask('/-/status', { ...bearer(token), 'x-forwarded-for': '2001:db8:1:2::8' });
  expect(held.status).toBe(429);
  expect(Number(held.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await ask('/-/status', { ...bearer(token), 'x-forwarded-for': '2001:db8:1:3::7' })).status).toBe(200);
  expect((await ask('/rss.xml', guesser)).status).toBe(200);
});

test('without a token of its own a server has nothing below /-/', async () => {
  const open = await startServer({ DATA_DIR: dir });
  for (const path of ['/-/', '/-/status', '/-/preview']) {
    const answer = await fetch(open.origin + path, { headers: bearer('undefined') });
    expect([path, answer.status]).toEqual([path, 404]);
  }
  await open.stop();
});

test('a token that could be guessed is refused at the start, and not shown', async () => {
  const started = startServer({ DATA_DIR: dir, ADMIN_TOKEN: 'hunter2' });
  await expect(started).rejects.toThrow('config: ADMIN_TOKEN: expected 16 or more ASCII letters');
  await expect(started).rejects.not.toThrow('hunter2');
});

test('the status names a broken file with its line until it is mended, and a refused refresh until it is allowed', async () => {
  const status = async (): Promise<Record<string, unknown>> =>
    (await ask('/-/status', bearer(token))).json() as Promise<Record<string, unknown>>;
  const refresh = async (query = ''): Promise<Response> => ask(`/-/refresh${query}`, bearer(token), 'POST');
  expect(await status()).toMatchObject({
    state: 'well',
    leads: true,
    edition: { entries: 1, feeds: 3 },
    problems: [],
    store: { kind: 'sqlite', files: 1, outbox: { counts: { pending: 0, taken: 0, 'given up': 0 }, notices: [] } },
  });

  write(dir, { 'broken.md': '---\ntitle: Broken\ndate: 2026-02-30\n---\nText.\n' });
  await until(async () => ((await (await refresh()).json()) as { problems: unknown[] }).problems.length === 1);
  const problem = { severity: 'error', file: 'broken.md', line: 3, since: expect.stringMatching(/^\d{4}-.*Z$/) };
  await refresh();
  const broken = await status();
  expect(broken).toMatchObject({ state: 'well', problems: [problem] });
  const { last, next } = broken.refresh as { last: { stages: object }; next: string };
  expect(Object.keys(last.stages)).toEqual(['load', 'wait', 'walk', 'read', 'reconcile', 'print', 'save']);
  expect(Date.parse(next)).toBeGreaterThan(Date.now());

  write(dir, { 'broken.md': '---\ntitle: Mended\n---\nText.\n', 'publication.yaml': 'title: Kept\nid: tag:other\n' });
  const refused = await refresh();
  expect([refused.status, await refused.json()]).toEqual([
    409,
    {
      ok: false,
      message:
        'publication.yaml: expected the id tag:example.com,2026:kept, found tag:other: ' +
        'another publication takes a store of its own, named by STORE_URL',
    },
  ]);
  expect(await status()).toMatchObject({
    state: 'refused',
    refresh: { failure: { isRefusal: true, canBeAllowed: true, message: expect.stringContaining('publication.yaml') } },
    problems: [problem],
    refusals: [{ message: expect.stringContaining('tag:other') }],
  });

  expect((await refresh('?allow=withdrawal')).status).toBe(200);
  const mended = await status();
  expect(mended).toMatchObject({ state: 'well', problems: [], refusals: [{ until: expect.any(String) }] });
  expect(mended.refresh as object).not.toHaveProperty('failure');
});
