import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { newFolder, type ServerProcess, startServer, write } from '../harness.ts';
import { ask, type Raw } from './raw.ts';

// Real processes start, and on a busy machine that takes its time.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });

const settings = 'title: The Table\nlanguage: en\nid: tag:example.com,2026:table\n';

/** A server over a publication with a little of everything: a moved feed, an ended one, a withdrawn article. */
export type Site = ServerProcess & { readonly dir: string; readonly refresh: () => void };

/** Starts it below `/base`, and lets it see two states of its data. */
export async function startSite(env: NodeJS.ProcessEnv = {}): Promise<Site> {
  const dir = newFolder();
  write(dir, {
    'publication.yaml': settings,
    'one.md': `---\ntitle: One\ntags: [Größe, old, over, former, latter, RSS]\n---\n${'A line of its text. '.repeat(40)}\n`,
    'two.md': '---\ntitle: Two\n---\nText of two.\n',
    'three.md': '---\ntitle: Three\n---\nText of three.\n',
    'four.md': '---\ntitle: Four\n---\nText of four.\n',
    'headlines.txt': 'Harbour opens its new pier\nFerry sails on Sundays too\n',
  });
  const server = await startServer({ DATA_DIR: dir, PUBLIC_URL: 'https://news.example.com/base', ...env });
  const refresh = (): void => void server.process.kill('SIGHUP');
  rmSync(join(dir, 'three.md'));
  writeFileSync(
    join(dir, 'publication.yaml'),
    `${settings}feeds: { tags/new: { was: [tags/old] }, tags/latter: { was: [tags/former] } }\ngone: [tags/over]\n`,
  );
  // What is missing once may be a folder that is being synchronised.
  await until(async () => {
    refresh();
    const answers = await Promise.all(
      ['/tags/over/rss.xml', '/articles/three'].map((path) => ask(server.origin, `GET ${path}`)),
    );
    return answers.every(({ status }) => status === 410);
  });
  return { ...server, dir, refresh };
}

/** Waits for a condition, twenty seconds at most. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('it did not come true within twenty seconds');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** What every answer below a feed's path says. */
export function expectCommon(answer: Raw): void {
  expect(answer.header('date')).toBeDefined();
  expect(answer.header('vary')).toMatch(/^Accept-Encoding/);
  expect(answer.header('x-content-type-options')).toBe('nosniff');
  expect(answer.header('access-control-allow-origin')).toBe('*');
  expect(answer.header('access-control-expose-headers')).toBe('ETag, Last-Modified, Link, Retry-After');
  expect(answer.header('cross-origin-resource-policy')).toBe('cross-origin');
  for (const name of ['set-cookie', 'x-powered-by', 'expires', 'pragma']) expect(answer.header(name)).toBeUndefined();
  expect(answer.header('cache-control') ?? '').not.toContain('no-store');
}
