import { expect, test } from 'vitest';
import { formatProblem } from '../src/lib/problem.ts';
import { Desk, published } from './harness.ts';

const post = '---\nlayout: page\ntitle: Ferry\n---\nIt runs.\n';

test('of a whole site, its pages and what its repository says of itself are no articles', async () => {
  const desk = new Desk();
  desk.write({
    'index.md': '---\nlayout: home\n---\n',
    'about.md': '---\nlayout: page\ntitle: About\npermalink: /about/\n---\nWe write.\n',
    '404.html': '---\nlayout: default\npermalink: /404.html\n---\n<h1>404</h1>\n',
    'pages/start.md': '---\ntitle: Start\npermalink: /\n---\nWelcome.\n',
    'old.md': '---\nredirect: /ferry\n---\n',
    'LICENSE.md': 'The MIT License (MIT)\n',
    'LICENSE.txt': 'The MIT License (MIT)\n',
    'CODE_OF_CONDUCT.md': '# Be kind\n',
    'CONTRIBUTORS.txt': 'Ana\nBo\n',
    '_posts/2026-02-05-ferry.md': post,
    'essays/dated.md': '---\nlayout: page\ntitle: Quay\ndate: 2026-02-06\n---\nIt opens.\n',
    'essays/undated.md': '---\nlayout: post\ntitle: Pier\n---\nIt is new.\n',
    'essays/index.md': '---\nlayout: post\ntitle: Essays\n---\nAll of them.\n',
  });
  const { problems } = await desk.refresh();
  expect(problems.map(formatProblem)).toEqual([]);
  expect(desk.titles().toSorted()).toEqual(['Essays', 'Ferry', 'Pier', 'Quay']);
});

test('a lone index.md without front matter is an article', async () => {
  const desk = await published({ 'index.md': '# Ferry\n\nIt runs.\n' });
  expect(desk.titles()).toEqual(['Ferry']);
});

test('an article that was published stays so when it gets the layout of a page', async () => {
  const desk = await published({ 'ferry.md': post.replace('layout: page\n', '') });
  const before = desk.ids();
  desk.write({ 'ferry.md': post });
  await desk.refresh();
  expect(desk.ids()).toEqual(before);
});

test('what a repository says of itself stays published where it is', async () => {
  const papers = { 'LICENSE.md': 'The MIT License (MIT)\n', 'CONTRIBUTORS.txt': 'Ana\nBo\n' };
  const desk = await published({ 'first.md': papers['LICENSE.md'], 'second.txt': papers['CONTRIBUTORS.txt'] });
  const before = desk.ids();
  expect(Object.keys(before)).toHaveLength(3);
  // As by an upgrade: the file is what it was, and is read in another manner.
  desk.move('first.md', 'LICENSE.md');
  desk.move('second.txt', 'CONTRIBUTORS.txt');
  await desk.refresh();
  await desk.refresh();
  expect(desk.ids()).toEqual(before);
});
