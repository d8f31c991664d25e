import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { formatProblem } from '../../src/lib/problem.ts';
import { defaultPublication } from '../../src/publication.ts';
import { byPath, readStable, walk } from '../../src/source/folder.ts';
import { readSourceFile } from '../../src/source/read-file.ts';

const broken: Readonly<Record<string, string | Uint8Array>> = {
  'blog/bad-date.md': '---\ntitle: T\ndate: 08/02/2026\n---\nText.',
  'blog/bad-json.md': '{ "title": "T"\n\nText.',
  'blog/bad-toml.md': '+++\ntitle = "T\n+++\nText.',
  'blog/bad-yaml.md': '---\ntitle: Harbour: open\n---\nText.',
  'blog/binary.txt': Buffer.from([0x25, 0x50, 0x44, 0x46, 0x2d, 0x31]),
  'blog/empty.md': '',
  'blog/unclosed.md': '---\ntitle: T\nText.',
  'headlines/list.json': '["A", "B"',
};

function fill(dir: string): void {
  const write = (path: string, contents: string | Uint8Array): void => {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), contents);
  };
  for (let number = 1; number <= 90; number += 1)
    write(`blog/post-${number}.md`, `---\ntitle: Post ${number}\n---\nText.`);
  for (const [path, contents] of Object.entries(broken)) write(path, contents);
  write('blog/large.md', '');
  truncateSync(join(dir, 'blog/large.md'), 6 * 1024 * 1024);
  symlinkSync('/etc/hostname', join(dir, 'blog/link.md'));
}

test('of a hundred files ten are broken, each in its own way, and ninety come out', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'hundred-'));
  fill(dir);
  const { files, problems } = await walk(dir);
  const readings = [];
  for (const file of files.toSorted(byPath)) {
    const stable = await readStable(dir, file);
    if ('bytes' in stable) readings.push(readSourceFile(file.path, stable.bytes, defaultPublication));
  }
  rmSync(dir, { recursive: true });
  const titles = readings.flatMap(({ drafts }) => drafts.map(({ title }) => title));
  expect(titles).toEqual(Array.from({ length: 90 }, (_, index) => `Post ${index + 1}`));
  const lines = [...problems, ...readings.flatMap((reading) => reading.problems)].map(formatProblem).sort();
  expect(lines).toEqual([
    'blog/bad-date.md:3: date: expected a date such as 2026-02-08 or 2026-02-08T09:30:00+01:00, found “08/02/2026”',
    'blog/bad-json.md:1: front matter: expected a closing }, found the end of the file',
    'blog/bad-toml.md:2: front matter: expected TOML, found: control characters are not allowed in strings',
    'blog/bad-yaml.md:2: front matter: expected quotation marks around a value with a colon and a blank in it, found none',
    'blog/binary.txt: expected text, found a PDF file',
    'blog/empty.md: expected text, found an empty file',
    'blog/large.md: expected at most 5 MB, found 6.0 MB',
    'blog/link.md: expected a link inside the data folder, found one that leads out',
    'blog/unclosed.md:1: front matter: expected a closing ---, found the end of the file',
    'headlines/list.json:1: expected JSON, found: Flow sequence must end with a ]',
  ]);
});
