import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { lockFolder } from '../../src/export/lock.ts';
import { newFolder, startServer, write } from '../harness.ts';
import { until } from '../http/site.ts';
import { build, type Export, filesOf, newExport } from './build.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

function publication(count: number): Export {
  const made = newExport();
  write(made.data, { 'publication.yaml': 'title: Killed\nlanguage: en\nid: tag:example.com,2026:killed\n' });
  for (let n = 0; n < count; n += 1) {
    const day = new Date(Date.UTC(2025, 0, 1) + n * 86_400_000).toISOString();
    write(made.data, { [`a${n}.md`]: `---\ntitle: Article ${n}\ndate: ${day}\n---\n${`Text ${n}. `.repeat(100)}\n` });
  }
  return made;
}

/** Starts a build and kills it when this file is there. */
async function killAt({ out, env }: Export, file: string): Promise<void> {
  const main = join(import.meta.dirname, '..', '..', 'src', 'main.ts');
  const options = { env: { PATH: process.env.PATH, ...env }, stdio: 'ignore' as const };
  const child = spawn(process.execPath, [main, 'build', '--out', out], options);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  while (child.exitCode === null && !existsSync(join(out, file)))
    await new Promise((resolve) => setTimeout(resolve, 2));
  child.kill('SIGKILL');
  await ended;
}

test('what a killed export left is put right by the next one, and what was withdrawn meanwhile is taken away', async () => {
  const made = publication(200);
  await killAt(made, 'articles/a20/index.html');
  write(made.data, { 'a5.md': '---\ntitle: Article 5\ndraft: true\n---\nText.\n' });
  const again = await build(made);
  expect([again.code, again.output]).toEqual([0, expect.stringContaining('files written')]);
  const fresh = { ...made, out: join(newFolder(), 'out') };
  expect((await build(fresh)).code).toBe(0);
  const own = (path: string): boolean => !path.startsWith('.linecaster');
  expect(filesOf(made.out)).toEqual(filesOf(fresh.out));
  expect(filesOf(made.out).filter((path) => path.startsWith('articles/a5/'))).toEqual([]);
  for (const path of filesOf(made.out).filter(own)) {
    expect(readFileSync(join(made.out, path)).equals(readFileSync(join(fresh.out, path)))).toBe(true);
  }
});

test('a second export into the same folder says which process has it, and one that was killed does not count', () => {
  const out = newFolder();
  const unlock = lockFolder(out);
  unlock();
  writeFileSync(join(out, '.linecaster-export.lock'), String(process.ppid));
  expect(() => lockFolder(out)).toThrow(`build: process ${process.ppid} is writing ${out}`);
  writeFileSync(join(out, '.linecaster-export.lock'), '2147483646');
  lockFolder(out)();
  expect(filesOf(out)).toEqual([]);
});

test('beside a server on the same store, both write in turn and lose nothing', async () => {
  const made = publication(20);
  const server = await startServer(made.env);
  for (let n = 0; n < 3; n += 1) {
    write(made.data, { [`late-${n}.md`]: `# Late ${n}\n\nText.\n` });
    server.process.kill('SIGHUP');
    const { code, output } = await build(made);
    expect([code, output]).toEqual([0, expect.stringContaining('files written')]);
  }
  const served = async (): Promise<string> => (await fetch(`${server.origin}/feed.json`)).text();
  await until(async () => {
    server.process.kill('SIGHUP');
    const text = await served();
    return ['Late 0', 'Late 1', 'Late 2'].every((title) => text.includes(title));
  });
  await build(made);
  await until(async () => (await served()) === readFileSync(join(made.out, 'feed.json'), 'utf8'));
  expect(readFileSync(join(made.out, 'feed.json'), 'utf8')).toContain('Late 2');
  expect(await server.stop()).toBe(0);
});
