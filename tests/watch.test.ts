import { mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { type FolderWatch, watchFolder } from '../src/watch.ts';
import { newFolder, write } from './harness.ts';

let folder: FolderWatch | undefined;
afterEach(() => folder?.close());

function watched(dir: string): { readonly told: (readonly string[] | undefined)[]; readonly lines: string[] } {
  const told: (readonly string[] | undefined)[] = [];
  const lines: string[] = [];
  const say = (line: string): void => void lines.push(line);
  folder = watchFolder(dir, (changed) => told.push(changed), { warn: say, info: say } as Parameters<
    typeof watchFolder
  >[2]);
  return { told, lines };
}

async function until(holds: () => boolean): Promise<void> {
  for (let turn = 0; !holds(); turn += 1) {
    if (turn > 400) throw new Error('expected to be told within ten seconds');
    await sleep(25);
  }
}

test('a folder that was away is watched again once it is back', async () => {
  const dir = join(newFolder(), 'data');
  mkdirSync(dir);
  const { told, lines } = watched(dir);
  write(dir, { 'one.md': 'One' });
  await until(() => told.flat().includes('one.md'));
  renameSync(dir, `${dir}.away`);
  await until(() => told.includes(undefined));
  expect(folder!.renew()).toBe(false);
  renameSync(`${dir}.away`, dir);
  expect(folder!.renew()).toBe(true);
  expect(folder!.renew()).toBe(false);
  write(dir, { 'two.md': 'Two' });
  await until(() => told.flat().includes('two.md'));
  expect(lines).toEqual([
    expect.stringMatching(/^watch: .*ENOENT.*; the cron schedule goes on$/),
    'watch: the data folder is watched again',
  ]);
});

test('another folder in the place of the watched one is watched', async () => {
  const dir = join(newFolder(), 'data');
  mkdirSync(dir);
  const { told } = watched(dir);
  expect(folder!.renew()).toBe(false);
  rmSync(dir, { recursive: true });
  mkdirSync(dir);
  expect(folder!.renew()).toBe(true);
  write(dir, { 'one.md': 'One' });
  await until(() => told.flat().includes('one.md'));
});

test('a folder that is not there at the start is watched when it comes', async () => {
  const dir = join(newFolder(), 'data');
  const { told } = watched(dir);
  expect(folder!.renew()).toBe(false);
  mkdirSync(dir);
  expect(folder!.renew()).toBe(true);
  write(dir, { 'one.md': 'One' });
  await until(() => told.flat().includes('one.md'));
});

test('folders that come, with folders in them, and that are moved are watched', async () => {
  const dir = newFolder();
  const { told } = watched(dir);
  write(dir, { 'a/b/one.md': 'One' });
  await until(() => told.flat().includes('a'));
  write(dir, { 'a/b/two.md': 'Two' });
  await until(() => told.flat().includes('a/b/two.md'));
  renameSync(join(dir, 'a'), join(dir, 'moved'));
  mkdirSync(join(dir, 'a/b'), { recursive: true });
  await until(() => told.flat().includes('moved'));
  write(dir, { 'moved/b/three.md': 'Three', 'a/b/four.md': 'Four' });
  await until(() => ['moved/b/three.md', 'a/b/four.md'].every((path) => told.flat().includes(path)));
});

test('what cannot be watched ends nothing, and is not heard of where it is none of ours', async () => {
  const dir = newFolder();
  write(dir, { 'articles/one.md': 'One' });
  const { told, lines } = watched(dir);
  symlinkSync('loop', join(dir, 'articles/loop'));
  let deep = join(dir, 'articles');
  const cwd = process.cwd();
  // A path that is too long can be made only step by step.
  process.chdir(deep);
  for (let level = 0; level < 25; level += 1) {
    mkdirSync('d'.repeat(200));
    process.chdir('d'.repeat(200));
    deep = join(deep, 'd'.repeat(200));
  }
  process.chdir(cwd);
  write(dir, { '.git/index': 'x', 'articles/two.md': 'Two' });
  await until(() => told.flat().includes('articles/two.md'));
  await until(() => lines.length > 0);
  expect(lines).toEqual([
    expect.stringMatching(/^watch: ENAMETOOLONG.*; what is in there is read on the cron schedule$/),
  ]);
  expect(told.flat().filter((path) => path?.startsWith('.git'))).toEqual([]);
});

test('a link that is made to lead to the next release is followed', async () => {
  const root = newFolder();
  write(root, { 'releases/1/one.md': 'One', 'releases/2/one.md': 'Another' });
  const dir = join(root, 'current');
  symlinkSync('releases/1', dir);
  const { told } = watched(dir);
  symlinkSync('releases/2', join(root, 'next'));
  renameSync(join(root, 'next'), dir);
  await until(() => told.includes(undefined));
  expect(folder!.renew()).toBe(true);
  write(root, { 'releases/2/two.md': 'Two' });
  await until(() => told.flat().includes('two.md'));
});
