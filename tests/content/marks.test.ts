import { expect, test } from 'vitest';
import { readHtml } from '../../src/content/html.ts';
import { markedReferences, resolveMarks } from '../../src/content/marks.ts';
import { toHtml } from '../../src/content/serialize.ts';
import type { Html } from '../../src/lib/html.ts';
import { toAbsoluteUrl } from '../../src/lib/url.ts';

const stored = (written: string): Html => toHtml(readHtml(written).nodes);
const base = 'https://news.example/articles/quay';

test('every reference is found as it was written, once', () => {
  const html = stored(
    '<a href="a.md?x=1&amp;y=2">1</a><a href="#n">2</a><img src="p.jpg" srcset="p.jpg 1x, q.jpg 2x">',
  );
  expect(markedReferences(html)).toEqual(['a.md?x=1&y=2', '#n', 'p.jpg', 'q.jpg']);
});

test('marks become URLs, and what is absolute is left alone', () => {
  const html = stored('<a href="b?x=1&amp;y=2">a</a><img src="p.jpg" srcset="p.jpg 1x, https://o.example/q.jpg 2x">');
  expect(resolveMarks(html, (reference) => toAbsoluteUrl(reference, base))).toBe(
    '<a href="https://news.example/articles/b?x=1&amp;y=2">a</a><img src="https://news.example/articles/p.jpg" ' +
      'srcset="https://news.example/articles/p.jpg 1x, https://o.example/q.jpg 2x" alt="" />',
  );
});

test('a reference that leads nowhere takes its attribute, candidate or picture with it', () => {
  const none = (): undefined => undefined;
  const some = (reference: string): ReturnType<typeof toAbsoluteUrl> =>
    reference.startsWith('gone') ? undefined : toAbsoluteUrl(reference, base);
  expect(resolveMarks(stored('<a href="x" title="t">a</a><img src="p.jpg" alt="x"><br>'), none)).toBe(
    '<a title="t">a</a><br />',
  );
  expect(resolveMarks(stored('<img src="p.jpg" srcset="gone.jpg 1x, q.jpg 2x">'), some)).toBe(
    '<img src="https://news.example/articles/p.jpg" srcset="https://news.example/articles/q.jpg 2x" alt="" />',
  );
  expect(resolveMarks(stored('<img src="p.jpg" srcset="gone.jpg 1x, gone2.jpg 2x">'), some)).toBe(
    '<img src="https://news.example/articles/p.jpg" alt="" />',
  );
});

test('text that looks like an attribute is left alone', () => {
  const html = stored('<p> srcset="x" src="y" <a href="z">b</a></p>');
  expect(resolveMarks(html, (reference) => toAbsoluteUrl(reference, base))).toBe(
    '<p> srcset="x" src="y" <a href="https://news.example/articles/z">b</a></p>',
  );
});
