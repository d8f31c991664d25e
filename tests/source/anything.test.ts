import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultPublication } from '../../src/publication.ts';
import { readSourceFile } from '../../src/source/read-file.ts';

const scrap = fc.oneof(
  fc.constantFrom(
    '---\n',
    '+++\n',
    '{"',
    '"}\n',
    'title: ',
    'date = 2026-02-30\n',
    'date: 2026-02-08\n',
    'tags: [a, ',
    ']\n',
    '- ',
    '\n\n\n',
    '&a *a ',
    '[x](https://x.example/',
    ') ',
    '2026-02-08 ',
    '1. ',
    '~~',
    '## ',
    'A sentence ends. ',
    'By Ada Example\n',
    '"',
    ',',
    '\0',
    '\ufeff',
  ),
  fc.string({ unit: 'binary', maxLength: 8 }),
);
const file = fc.constantFrom(
  'a.md',
  'b/a.txt',
  'a.txt',
  'a.html',
  '2026-02-30-a.fr.md',
  'headlines.txt',
  'headlines.md',
  'headlines.yaml',
  'headlines.json',
  'headlines.csv',
);
const contents = fc.oneof(
  fc.array(scrap, { maxLength: 30 }).map((scraps) => scraps.join('')),
  fc.uint8Array({ maxLength: 200 }),
);

test('whatever a file holds, it is read or named as a problem within its lines', () => {
  fc.assert(
    fc.property(file, contents, (name, held) => {
      const bytes = typeof held === 'string' ? Buffer.from(held) : held;
      const { drafts, problems } = readSourceFile(name, bytes, defaultPublication);
      const lines = new TextDecoder().decode(bytes).split(/\r\n?|\n/).length;
      expect(problems.map(({ message }) => message).join()).not.toContain('fault in the reader');
      for (const { line } of problems) if (line !== undefined) expect(line <= lines && line >= 1).toBe(true);
      for (const { line, title } of drafts) {
        expect(line <= lines && line >= 1).toBe(true);
        expect(title).not.toBe('');
      }
      if (drafts.length === 0 && problems.length === 0) expect(bytes.length).toBeGreaterThan(0);
    }),
    { numRuns: 2000 },
  );
});
