import { renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { formatProblem } from '../../src/lib/problem.ts';
import { Desk, write } from '../harness.ts';

/** A desk that has walked through its folder once. */
async function walked(): Promise<Desk> {
  const desk = new Desk();
  desk.write({
    'posts/one.md': '---\ntitle: One\n---\nText of one, with a [link](two.md).\n',
    'posts/two.md': '---\ntitle: Two\n---\nText of two.\n',
    'headlines.txt': 'Harbour opens its new pier\n',
  });
  await desk.refresh();
  return desk;
}

test('what has changed is read, and nothing else is looked at', async () => {
  const desk = await walked();
  desk.write({
    'posts/one.md': '---\ntitle: One, edited\n---\nText of one.\n',
    'posts/two.md': '---\ntitle: Two, edited\n---\nText of two.\n',
    'posts/three.md': '---\ntitle: Three\n---\nText of three.\n',
  });
  const { read } = await desk.refresh(60, { changed: ['posts/one.md', 'posts/three.md', 'posts/.three.md.swp'] });
  expect(read).toBe(2);
  expect(desk.titles().toSorted()).toEqual(['Harbour opens its new pier', 'One, edited', 'Three', 'Two']);
  await desk.refresh();
  expect(desk.titles()).toContain('Two, edited');
});

test('a file that went is withdrawn at the second look, one that was renamed keeps its id', async () => {
  const desk = await walked();
  const { Two: id } = desk.ids();
  renameSync(join(desk.dir, 'posts/two.md'), join(desk.dir, 'posts/second.md'));
  rmSync(join(desk.dir, 'posts/one.md'));
  const { nextDue } = await desk.refresh(60, { changed: ['posts/two.md', 'posts/second.md', 'posts/one.md'] });
  expect(desk.ids().Two).toBe(id);
  expect(desk.titles()).toContain('One');
  expect(nextDue).toBe(desk.now + 2000);
  await desk.refresh(60, { changed: [] });
  expect(desk.titles()).not.toContain('One');
  expect(desk.ids().Two).toBe(id);
});

test.each<readonly [what: string, change: (dir: string) => void, path: string]>([
  ['a folder that came', (dir) => write(dir, { 'new/a.md': '# New\n\nA.\n' }), 'new'],
  ['a folder that was renamed', (dir) => renameSync(join(dir, 'posts'), join(dir, 'new')), 'posts'],
  ['a link', (dir) => symlinkSync('posts/one.md', join(dir, 'new.md')), 'new.md'],
  ['settings', (dir) => write(dir, { 'publication.yaml': 'title: New\n' }), 'publication.yaml'],
])('%s has all of the folder walked through', async (_what, change, path) => {
  const [glanced, walkedThrough] = [await walked(), await walked()];
  for (const { dir } of [glanced, walkedThrough]) change(dir);
  const first = await glanced.refresh(60, { changed: [path] });
  const second = await walkedThrough.refresh();
  expect(first.problems).toEqual(second.problems);
  expect(glanced.documents.get('/feed.json')?.text).toBe(walkedThrough.documents.get('/feed.json')?.text);
});

test('settings under another name are a problem until they are gone, whatever else changes meanwhile', async () => {
  const desk = await walked();
  const misnamed = /^publication\.yml: expected the settings in publication\.yaml/;
  const change = async (...changed: string[]): Promise<readonly string[]> =>
    (await desk.refresh(60, { changed })).problems.map(formatProblem);
  desk.write({ 'publication.yml': 'title: Told\n' });
  expect(await change('publication.yml')).toEqual([expect.stringMatching(misnamed)]);
  desk.write({ 'posts/one.md': 'Another text of one.\n' });
  expect(await change('posts/one.md')).toEqual([expect.stringMatching(misnamed)]);
  rmSync(join(desk.dir, 'publication.yml'));
  expect(await change('publication.yml')).toEqual([]);
});

test('what could not be read is no problem any more once it can, and is gone when it is gone', async () => {
  const desk = await walked();
  const change = async (): Promise<number> => (await desk.refresh(60, { changed: ['posts/one.md'] })).problems.length;
  const small = '---\ntitle: One\n---\nText of one, with a [link](two.md).\n';
  const big = small + 'x'.repeat(6_000_000);
  for (const [text, count] of [
    [big, 1],
    [small, 0],
    [big, 1],
  ] as const) {
    desk.write({ 'posts/one.md': text });
    expect(await change()).toBe(count);
    expect(desk.titles()).toContain('One');
  }
  desk.remove('posts/one.md');
  expect(await change()).toBe(0);
  await change();
  expect(desk.titles()).not.toContain('One');
});
