import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { newFolder, write } from './harness.ts';
import setup from './temporary-folder.ts';

const dead = spawnSync(process.execPath, ['--version']).pid;
const outside = process.env.TMPDIR!;
afterEach(() => {
  process.env.TMPDIR = outside;
});

test('the temporary folders of a run go with it, and those of a run that was killed with the next', () => {
  expect(newFolder()).toMatch(/linecaster-run-\d+-/);
  const [left, used] = [leave(dead), leave(process.ppid)];
  const end = setup();
  expect([existsSync(left), existsSync(used)]).toEqual([false, true]);
  const folder = newFolder();
  write(folder, { 'a/b.txt': 'left behind' });
  end();
  expect(existsSync(folder)).toBe(false);
});

test('a disk that a killed run left mounted goes too', ({ skip }) => {
  const left = leave(dead);
  const disk = join(left, 'disk');
  mkdirSync(disk);
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]);
  skip(status !== 0, 'mounting is not allowed');
  setup()();
  expect(existsSync(left)).toBe(false);
});

/** The folder of a run of that process. */
function leave(pid: number): string {
  const folder = join(tmpdir(), `linecaster-run-${pid}-left`);
  mkdirSync(folder);
  return folder;
}
