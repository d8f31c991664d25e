import { mkdirSync, renameSync, rmSync } from 'node:fs';
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
