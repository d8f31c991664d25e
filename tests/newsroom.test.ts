import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readConfig } from '../src/config.ts';
import { openNewsroom, startWorker } from '../src/newsroom.ts';
import { newFolder, write } from './harness.ts';

test('the loss of the thread that refreshes is told, and another takes its place', async () => {
  const dir = newFolder();
  write(dir, { 'one.md': 'Text of one.\n' });
  const config = readConfig({ DATA_DIR: dir, STORE_URL: `sqlite:${join(newFolder(), 'store.db')}` });
  const worker = startWorker(config);
  const lost = Promise.withResolvers<void>();
  const ignore = (): void => undefined;
  const newsroom = openNewsroom(config, worker, {
    onSwap: ignore,
    onReport: ignore,
    onWake: ignore,
    onSalts: ignore,
    onLoss: lost.resolve,
  });
  expect(await newsroom.restore()).toMatchObject({ ok: true });
  await worker.terminate();
  await lost.promise;
  expect(await newsroom.refresh()).toMatchObject({ ok: true, outcome: { read: 1 } });
  await newsroom.close();
});
