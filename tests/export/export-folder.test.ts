import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type ExportFolder, openExportFolder } from '../../src/export/export-folder.ts';
import { fatesOf } from '../../src/export/fates.ts';
import { type Manifest, readManifest } from '../../src/export/manifest.ts';
import { Ledger } from '../../src/store/ledger.ts';
import { newFolder, published, write } from '../harness.ts';
import { filesOf } from './build.ts';

const maker = { publication: 'tag:example.com,2026:folder', maker: 'one' };
const bytes = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text));

async function reopen(out: string): Promise<ExportFolder> {
  return openExportFolder(out, await readManifest(out), maker);
}

test('what a killed export overwrote is not taken for what the manifest says, even when it has the same length', async () => {
  const out = newFolder();
  const [first, killed, last] = ['the cat sat', 'the dog sat', 'the cat sat'];
  const folder = await reopen(out);
  await folder.put({ file: 'a/page', identity: bytes(first), key: '1' });
  folder.close();
  await (await reopen(out)).put({ file: 'a/page', identity: bytes(killed), key: '2' });
  expect(readFileSync(join(out, 'a/page'), 'utf8')).toBe(killed);
  const again = await reopen(out);
  expect(again.keep('a/page', '1')).toBe(false);
  await again.put({ file: 'a/page', identity: bytes(last), key: '1' });
  again.close();
  expect(readFileSync(join(out, 'a/page'), 'utf8')).toBe(last);
  expect(filesOf(out)).toEqual(['.linecaster-export.json', 'a/page']);
});

test('what a killed export wrote and the next one does not is taken away', async () => {
  const out = newFolder();
  await (await reopen(out)).put({ file: 'articles/withdrawn/index.html', identity: bytes('secret') });
  const again = await reopen(out);
  await again.put({ file: 'index.html', identity: bytes('home') });
  expect(again.close()).toEqual({ written: 1, removed: 1, all: 1 });
  expect(filesOf(out)).toEqual(['.linecaster-export.json', 'index.html']);
});

test('a manifest that names files outside of the folder takes none away', async () => {
  const outer = newFolder();
  write(outer, { precious: 'mine' });
  const out = join(outer, 'in', 'out');
  const files = new Map([['../../precious', { hash: '', size: 1 }]]);
  const before: Manifest = { ...maker, files };
  openExportFolder(out, before, maker).close();
  expect(filesOf(outer)).toEqual(['in/out/.linecaster-export.json', 'precious']);
});

test('no address is said to be both moved and gone, or twice moved: nginx would not start', async () => {
  const desk = await published({ 'one.md': '# One\n\nText.\n', 'two.md': '# Two\n\nText.\n' });
  const ledger = new Ledger(await desk.store.load());
  const gone = ['/tags/a/', '/tags/b/', '/tags/b/'];
  const moved = [
    ['/tags/a/', '/tags/c/'],
    ['/tags/a/', '/tags/d/'],
  ] as const;
  const fates = fatesOf(ledger, { gone, moved });
  const all = [...fates.moved.map(([from]) => from), ...fates.gone];
  expect(all).toEqual(['/tags/a/', '/tags/b/']);
});
