import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { toLine } from '../../src/lib/text.ts';
import { fromMarkdown, shown } from './article.ts';

const fixtures = join(import.meta.dirname, '../fixtures/content');

test('a post as it lies in a Jekyll folder becomes what a feed reader can show', async () => {
  const written = await readFile(join(fixtures, 'jekyll-post.md'), 'utf8');
  const content = fromMarkdown(written, { file: '_posts/2026-02-09-quay.md', title: toLine('Lower Quay opens') });
  expect(`${shown(content.html)}\n`).toBe(await readFile(join(fixtures, 'jekyll-post.html'), 'utf8'));
  expect(content.summary).toBe(
    'The harbour of Lower Quay opens again on Monday, a year after the flood. Ferries run by the old timetable. ' +
      'More under cost and on https://lowerquay.example/works.',
  );
  expect(content.problems.map(({ line, severity }) => [line, severity])).toEqual([[5, 'warning']]);
});
