import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newFolder } from './harness.ts';

const root = join(import.meta.dirname, '..');

/** The tags of all documents that a process under this environment makes of a store. */
function exportHashes(env: Record<string, string>, storeUrl: string): string {
  const out = newFolder();
  const args = [join(root, 'src', 'main.ts'), 'build', '--out', out];
  const environment = {
    PATH: process.env.PATH,
    DATA_DIR: join(root, 'data'),
    PUBLIC_URL: 'https://news.example.com',
    STORE_URL: storeUrl,
    ...env,
  };
  execFileSync(process.execPath, args, { env: environment });
  return execFileSync('sh', ['-c', 'find . -type f | sort | xargs sha256sum'], { cwd: out, encoding: 'utf8' });
}

test('a process in another time zone and locale makes the same bytes', () => {
  const storeUrl = `sqlite:${newFolder()}/store.db`;
  const first = exportHashes({ TZ: 'UTC', LANG: 'C' }, storeUrl);
  expect(first).toContain('./rss.xml');
  expect(exportHashes({ TZ: 'Pacific/Kiritimati', LANG: 'ar_EG.UTF-8', LC_ALL: 'ar_EG.UTF-8' }, storeUrl)).toBe(first);
  expect(exportHashes({ TZ: 'America/St_Johns', LC_ALL: 'tr_TR.UTF-8' }, storeUrl)).toBe(first);
});
