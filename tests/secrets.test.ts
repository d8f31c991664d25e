import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { refuseFolder } from '../src/export/guard.ts';
import { openStore } from '../src/store/open.ts';
import { newFolder, startServer, write } from './harness.ts';

const secret = 's3cret-that-nobody-may-read';

/** What a command says before it ends. */
async function outputOf(command: string, env: NodeJS.ProcessEnv): Promise<string> {
  const main = join(import.meta.dirname, '..', 'src', 'main.ts');
  const run = promisify(execFile)(process.execPath, [main, command], {
    cwd: newFolder(),
    env: { PATH: process.env.PATH, PORT: '0', HOST: '127.0.0.1', ...env },
    timeout: 20_000,
  });
  const { stdout, stderr } = (await run.catch((error: unknown) => error)) as { stdout: string; stderr: string };
  return stdout + stderr;
}

test.each([
  ['STORE_URL', `postgre://desk:${secret}@db.example/news`],
  ['STORE_URL', `postgres:desk:${secret}@db.example/news`],
  ['STORE_URL', `desk:${secret}@db.example/news`],
  ['STORE_URL', `postgres://desk:${secret}@[db.example/news`],
  ['STORE_URL', `postgres://desk:${secret}#@db.example/news`],
  ['STORE_URL', `postgres://desk:12#${secret}@db.example/news`],
  ['STORE_URL', `postgres://desk:12/${secret}@db.example/news`],
  ['STORE_URL', `postgres://desk:${secret}%@db.example/news`],
  ['STORE_URL', `postgres://db.example:x/?dbname=news&user=desk&password=${secret}`],
  ['PUBLIC_URL', `https://desk:${secret}@news.example.com/`],
  ['ADMIN_TOKEN', secret.slice(0, 9)],
])(
  '%s that cannot be read is named, and its secret is not',
  async (name, value) => {
    const said = await outputOf('serve', { DATA_DIR: newFolder(), [name]: value });
    expect(said).toContain(`config: ${name}: expected`);
    expect(said).not.toContain(secret.slice(0, 9));
  },
  60_000,
);

test('a server logs no secret, whatever fails and however much it logs', async () => {
  const dir = newFolder();
  const hook = 'hooks: { published: "http://127.0.0.1:9/" }\n';
  write(dir, { 'publication.yaml': `id: tag:example.com,2026:secrets\ntitle: T\n${hook}`, 'a.md': 'Text.\n' });
  const env = { DATA_DIR: dir, LOG_LEVEL: 'trace', HOOK_SECRET: secret, ADMIN_TOKEN: secret };
  const cwd = newFolder();
  const stores = [
    `postgres://desk:${secret}@127.0.0.1:9/news`,
    `postgres://127.0.0.1:9/news?user=desk&password=${secret}`,
    `sqlite:${join(newFolder(), 'store.db')}`,
  ];
  for (const store of stores) {
    const server = await startServer({ ...env, STORE_URL: store }, cwd);
    for (const path of ['/-/status', '/-/', '/-/preview', '/rss.xml']) {
      const headers = { authorization: `Bearer ${secret}` };
      const answer = await fetch(server.origin + path, { headers });
      expect(await answer.text()).not.toContain(secret);
      await fetch(`${server.origin}${path}?token=${secret}`);
    }
    server.process.kill('SIGHUP');
    await fetch(`${server.origin}/-/refresh`, { method: 'POST', headers: { authorization: `Bearer ${secret}` } });
    await server.stop();
    expect(server.log.length).toBeGreaterThan(0);
    expect(server.log.join('\n')).not.toContain(secret);
  }
}, 120_000);

test.each(['postgres://desk:s3@cret-half@db.example/news', 'postgres://db.example/news?user=desk&password=cret-half'])(
  'a build that refuses a folder names the store without its password: %s',
  async (STORE_URL) => {
    const store = openStore('sqlite::memory:');
    const before = { publication: 'tag:example.com,2026:before', maker: '', files: new Map() };
    const refused = refuseFolder(newFolder(), before, store, { DATA_DIR: newFolder(), STORE_URL });
    await expect(refused).rejects.toThrow('db.example/news');
    await expect(refused).rejects.not.toThrow('cret-half');
    await store.close();
  },
);
