import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { openClerk } from '../../src/lib/clerk.ts';
import { newFolder, write } from '../harness.ts';

/** Dies over `deadly`, and over `once` if it is the first worker. */
const worker = `
import { existsSync, writeFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
parentPort.on('message', ({ id, question }) => {
  const isFirst = !existsSync(workerData);
  writeFileSync(workerData, '');
  if (question === 'deadly' || (question === 'once' && isFirst)) process.exit(1);
  parentPort.postMessage({ id, found: 'answered: ' + question });
});
`;

function clerk() {
  const dir = newFolder();
  write(dir, { 'worker.mjs': worker });
  const script = pathToFileURL(join(dir, 'worker.mjs'));
  return openClerk<string, string>({ script, workerData: join(dir, 'seen'), name: 'tried' });
}

test('what a worker died over is asked of the next, with all that waited behind it', async () => {
  const { ask, close } = clerk();
  expect(await Promise.all(['once', 'two', 'three'].map(ask))).toEqual([
    'answered: once',
    'answered: two',
    'answered: three',
  ]);
  await close();
});

test('a question that every worker dies over is given up after the second, and others are answered', async () => {
  const { ask, close } = clerk();
  await expect(ask('deadly')).rejects.toThrow('tried: the worker that reads them has ended');
  expect(await ask('two')).toBe('answered: two');
  await close();
});

test('renewed while questions wait, another worker answers them', async () => {
  const { ask, renew, close } = clerk();
  expect(await ask('one')).toBe('answered: one');
  const waiting = ['two', 'three'].map(ask);
  renew();
  expect(await Promise.all(waiting)).toEqual(['answered: two', 'answered: three']);
  await close();
});
