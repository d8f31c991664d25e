import { expect, test } from 'vitest';
import { published } from './harness.ts';

function links(html: string | undefined): readonly string[] {
  return Array.from((html ?? '').matchAll(/href="([^"]*)"/g), ([, href = '']) => href.replace(/^https:\/\/[^/]+/, ''));
}

const target = '---\ntitle: Quay\n---\nThe quay is open.\n';

test('a link by the name of the page that a generator makes of a file leads to the article', async () => {
  const written = [
    'b.html#x',
    './b',
    'b/',
    '../posts/b.html',
    '../b/',
    'v1.0',
    'bundle/',
    '@/posts/b.md#x',
    '@/posts/b',
  ];
  const others = ['/posts/b', '/posts/b/', 'c.html', '../c/', 'b.pdf', './', '..', 'b/../'];
  const body = [...written, ...others].map((link) => `[x](${link})`).join(' ');
  const desk = await published({
    'posts/a.md': `---\ntitle: All\n---\n${body}\n`,
    'posts/b.md': target,
    'posts/index.md': target.replace('Quay', 'Posts'),
    'posts/v1.0.md': target.replace('Quay', 'One'),
    'posts/bundle/index.mdx': target.replace('Quay', 'Bundle'),
  });
  const expected = ['b#x', 'b', 'b', 'b', 'b', 'v1-0', 'bundle', 'b#x', 'b'].map((path) => `/articles/${path}`);
  expect(links(desk.item('All').content_html)).toEqual([
    ...expected,
    '/posts/b',
    '/posts/b/',
    '/articles/c.html',
    '/c/',
    '/articles/b.pdf',
    '/articles/',
    '/',
    '/articles/',
  ]);
});

test('a file comes before a page of its name, and an article that comes later is led to', async () => {
  const desk = await published({
    'a.md': '---\ntitle: All\n---\n[one](b.html) [two](c.html) [three](d/)\n',
    'b.md': target,
    'b.html': '<h1>Another</h1><p>Text.</p>',
  });
  expect(links(desk.item('All').content_html)).toEqual(['/articles/b-2', '/articles/c.html', '/articles/d/']);
  expect(desk.item('Another').url).toBe('https://news.example.com/articles/b-2');
  desk.write({ 'c.md': target.replace('Quay', 'Third'), 'd/index.md': target.replace('Quay', 'Fourth') });
  await desk.refresh();
  expect(links(desk.item('All').content_html)).toEqual(['/articles/b-2', '/articles/c', '/articles/d']);
});
