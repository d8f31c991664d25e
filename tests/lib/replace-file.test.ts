import { readdirSync, readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { replaceFile, sweepBegun } from '../../src/lib/replace-file.ts';
import { newFolder, write } from '../harness.ts';

test('a file that cannot be written whole leaves the one before, and nothing beside it', async () => {
  const dir = newFolder();
  const path = join(dir, 'kept');
  await replaceFile(path, (file) => file.writeFile('one'));
  const full = replaceFile(path, async (file) => {
    await file.writeFile('two');
    throw new Error('no space');
  });
  await expect(full).rejects.toThrow('no space');
  expect(readFileSync(path, 'utf8')).toBe('one');
  expect(readdirSync(dir)).toEqual(['kept']);
});

test('what killed processes had begun is taken away, and what another has just begun is not', async () => {
  const dir = newFolder();
  write(dir, { kept: 'one', 'kept.1.new': 'two', 'kept.2.new': 'three', 'other.1.new': 'four' });
  // Of a process that dies a minute after each start, not many may pile up.
  const before = Date.now() / 1000 - 60;
  for (const name of ['kept', 'kept.1.new', 'other.1.new']) utimesSync(join(dir, name), before, before);
  await sweepBegun(join(dir, 'kept'));
  expect(readdirSync(dir).toSorted()).toEqual(['kept', 'kept.2.new', 'other.1.new']);
});
