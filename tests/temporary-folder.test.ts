import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { newFolder, write } from './harness.ts';
import setup from './temporary-folder.ts';

const outside = process.env.TMPDIR!;
afterEach(() => {
  process.env.TMPDIR = outside;
});

test('the temporary folders of a run go with it, and those of a run that was killed with the next', () => {
  expect(newFolder()).toMatch(/linecaster-run-\d+-/);
  const { pid } = spawnSync(process.execPath, ['--version']);
  const [dead, alive] = [pid, process.ppid].map((id) => join(tmpdir(), `linecaster-run-${id}-left`)) as [
    string,
    string,
  ];
  for (const folder of [dead, alive]) mkdirSync(folder);
  const end = setup();
  expect([existsSync(dead), existsSync(alive)]).toEqual([false, true]);
  const folder = newFolder();
  write(folder, { 'a/b.txt': 'left behind' });
  end();
  expect(existsSync(folder)).toBe(false);
});
