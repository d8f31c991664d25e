import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadEdition, saveEdition } from '../../src/edition/edition-file.ts';
import { Desk, newFolder } from '../harness.ts';

const origin = { epoch: 'one', generation: 1, write: undefined, configuration: '' };

test('the last edition is read as it was written, or not at all', async () => {
  const desk = new Desk();
  desk.write({ 'one.md': '# One\n\nText of one.\n' });
  const { change } = await desk.refresh();
  expect(change.put.length).toBeGreaterThan(3);
  const path = join(newFolder(), 'last-edition');
  await saveEdition(path, { change, origin });
  expect(await loadEdition(path)).toMatchObject({ change: { put: change.put.map(({ path }) => ({ path })) }, origin });
  const bytes = readFileSync(path);
  for (let part = 0; part < 100; part += 1) {
    const at = Math.floor((bytes.length * part) / 100);
    const damaged = Buffer.from(bytes);
    damaged[at] = damaged[at]! ^ 1;
    writeFileSync(path, damaged);
    expect([at, bytes.length, await loadEdition(path)]).toEqual([at, bytes.length, undefined]);
    writeFileSync(path, bytes.subarray(0, at));
    expect([at, bytes.length, await loadEdition(path)]).toEqual([at, bytes.length, undefined]);
  }
});
