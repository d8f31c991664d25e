import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newFolder, startServer, write } from '../harness.ts';

const ADMIN_TOKEN = 'a-token-of-the-tests';
const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const files = {
  'publication.yaml': 'title: Kept\nid: tag:example.com,2026:kept\n',
  'one.md': '# One\n\n![A quay](quay.png)\n',
  'quay.png': png,
};
const places = ['/media/quay.png', '/-/preview/quay.png'];

test.each(['folder', 'files'])('pictures are sent where %s really lie in a hidden folder', async (what) => {
  // As programs do that change a folder in one step, and those that mount settings into containers.
  const dir = newFolder();
  const data = join(dir, 'data');
  if (what === 'folder') {
    write(join(dir, '.versions', '1'), files);
    symlinkSync(join('.versions', '1'), data);
  } else {
    write(join(data, '..2026_02_08'), files);
    symlinkSync('..2026_02_08', join(data, '..data'));
    for (const name of Object.keys(files)) symlinkSync(join('..data', name), join(data, name));
  }
  const server = await startServer({ DATA_DIR: data, ADMIN_TOKEN });
  for (const path of places) {
    const answer = await fetch(server.origin + path, { headers });
    expect([path, answer.status]).toEqual([path, 200]);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(png);
  }
  await server.stop();
});

test('what took the place of a picture and is no file is not waited for', async () => {
  const dir = newFolder();
  write(dir, files);
  const server = await startServer({ DATA_DIR: dir, ADMIN_TOKEN });
  const ask = async (path: string): Promise<number> =>
    (await fetch(server.origin + path, { headers, signal: AbortSignal.timeout(10_000) })).status;
  const picture = join(dir, 'quay.png');
  rmSync(picture);
  execFileSync('mkfifo', [picture]);
  for (const path of places) expect([path, await ask(path)]).toEqual([path, 404]);
  rmSync(picture);
  mkdirSync(picture);
  for (const path of places) expect([path, await ask(path)]).toEqual([path, 404]);
  await server.stop();
});

test('a link makes no picture of a hidden file', async () => {
  const dir = newFolder();
  write(dir, { ...files, '.env': 'SECRET=1', '.git/config': 'url = https://secret@example.com/' });
  rmSync(join(dir, 'quay.png'));
  const server = await startServer({ DATA_DIR: dir, ADMIN_TOKEN });
  for (const target of ['.env', join('.git', 'config')]) {
    symlinkSync(target, join(dir, 'quay.png'));
    await fetch(`${server.origin}/-/refresh`, { method: 'POST', headers });
    for (const path of places) {
      const { status } = await fetch(server.origin + path, { headers });
      expect([target, path, status]).toEqual([target, path, 404]);
    }
    rmSync(join(dir, 'quay.png'));
  }
  await server.stop();
});
