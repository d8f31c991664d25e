import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newFolder, write } from './harness.ts';

const main = join(import.meta.dirname, '..', 'src', 'main.ts');

function lint(files: Record<string, string>, ...options: string[]): { code: number | null; out: string; err: string } {
  const dir = newFolder();
  write(dir, files);
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, 'lint', dir, ...options], { encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
}

const settings = 'title: T\ndescription: D\nlanguage: en\nid: tag:example.com,2026:t\n';

test('lint says how each file was read and what would be published, and ends with 0', () => {
  const { code, out } = lint({
    'publication.yaml': settings,
    'posts/a.md': '---\ntitle: A day\n---\nText.\n',
    'headlines.txt': 'Harbour opens its new pier\n',
  });
  expect(code).toBe(0);
  expect(out).toMatch(/^posts\/a\.md: a Markdown article$/m);
  expect(out).toMatch(/^headlines\.txt: a list of 1 headline/m);
  expect(out).toMatch(/\/articles\/a {2}A day$/m);
  expect(out).toMatch(/\/headlines\/harbour-opens-its-new-pier {2}Harbour opens its new pier$/m);
  expect(out).not.toContain('warning');
});

test('lint names file and line of a fault, and ends with 1', () => {
  const { code, out } = lint({ 'publication.yaml': settings, 'a.md': '---\ntitle: A\ndate: 08/02/2026\n---\nText.\n' });
  expect(code).toBe(1);
  expect(out).toMatch(/^a\.md:3: date: expected .*, found .*08\/02\/2026/m);
});

test('lint names the line of a fault in publication.yaml, and ends with 1', () => {
  const { code, out } = lint({ 'publication.yaml': 'title: T\ntimezone: Mars/Olympus\n', 'a.md': 'Text.\n' });
  expect(code).toBe(1);
  expect(out).toMatch(/^publication\.yaml:2: timezone: expected .*, found .*Mars\/Olympus/m);
});

test('lint shows drafts and future articles only when asked', () => {
  const files = {
    'publication.yaml': settings,
    'd.md': '---\ntitle: Hidden\ndraft: true\n---\nText.\n',
    'f.md': '---\ntitle: Later\ndate: 2099-01-01\n---\nText.\n',
  };
  expect(lint(files).out).not.toMatch(/Hidden|Later/);
  expect(lint(files, '--drafts').out).toMatch(/Later[\s\S]*Hidden/);
});

test('lint says which settings are missing, and the line that keeps ids on another domain', () => {
  const { code, out } = lint({ 'a.md': 'Text.\n' });
  expect(code).toBe(0);
  expect(out).toMatch(/^publication\.yaml: warning: expected a title/m);
  expect(out).toMatch(/add the line: id: urn:uuid:[0-9a-f-]{36}$/m);
});

test('lint warns of pictures and links that lead to no file, and to none that is published', () => {
  const files = {
    'publication.yaml': settings,
    'posts/a.md': `---\ntitle: A\n---\n![Map](maps/old%20town.png) ![Here](here.png)\n\n[Draft](b.md), [gone](gone.md?x#y), [site](/about.html), [page](../c/)\n\n![Up](../maps/up.png) ![Dot](./dot.png) [list](../headlines.txt)\n\n[Form](form.docx), [nul](a%00b), [long](${'x'.repeat(300)}), [folder](../posts)\n`,
    'headlines.txt': 'Harbour opens its new pier\n',
    'posts/b.md': '---\ntitle: B\ndraft: true\n---\nText.\n',
    'posts/here.png': 'picture',
    'posts/form.docx': 'form',
  };
  const { code, out } = lint(files);
  expect(code).toBe(0);
  const warnings = out.split('\n').filter((line) => line.includes('warning'));
  expect(warnings.toSorted()).toEqual([
    'posts/a.md:10: warning: expected a picture, sound, film, PDF, zip or CSV file at form.docx, found one that is not served: it leads nowhere',
    'posts/a.md:4: warning: expected a file at maps/old%20town.png, found none: it leads nowhere',
    'posts/a.md:6: warning: expected a file at gone.md?x#y, found none: it leads nowhere',
    'posts/a.md:6: warning: expected an article that is published at b.md, found one that is not: the link is taken out',
    'posts/a.md:8: warning: expected a file at ../maps/up.png, found none: it leads nowhere',
    'posts/a.md:8: warning: expected a file at ./dot.png, found none: it leads nowhere',
  ]);
  const elsewhere = { ...files, 'publication.yaml': `${settings}permalinks: https://site.example/{path}/\n` };
  expect(lint(elsewhere).out).not.toContain('warning');
});

test('lint warns of pictures in the settings that there are not', () => {
  const pictures = 'icon: icon.png\nlogo: logo.png\nwebfeeds: { cover: headlines.txt }\n';
  const { code, out } = lint({
    'publication.yaml': settings + pictures,
    'headlines.txt': 'Harbour opens its new pier\n',
    'icon.png': 'picture',
  });
  expect(code).toBe(0);
  expect(out.split('\n').filter((line) => line.includes('warning'))).toEqual([
    'publication.yaml: warning: expected a picture at logo.png for the logo, found none: it is left out',
    'publication.yaml: warning: expected a picture at headlines.txt for the cover, found none: it is left out',
  ]);
});

test('lint ends without a word when nobody reads on', () => {
  const dir = newFolder();
  const titles = Array.from({ length: 300 }, (_, n) => `Harbour opens pier number ${n} to walkers and boats alike`);
  write(dir, { 'publication.yaml': settings, 'headlines.txt': titles.join('\n') });
  for (const both of ['', '2>&1']) {
    const script = `"$0" "$1" lint "$2" ${both} | true; echo "\${PIPESTATUS[0]}"`;
    const { stdout, stderr } = spawnSync('bash', ['-c', script, process.execPath, main, dir], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(stdout).toBe('141\n');
  }
});

test('lint says once for each kind which texts are not read', () => {
  const { code, out } = lint({
    'publication.yaml': settings,
    'a.md': 'Text.\n',
    'posts/b.rst': 'B\n=\n',
    'posts/a.rst': 'A\n=\n',
    'letters/May.DOCX': 'PK',
    'README.rst': 'R\n=\n',
    'letters/~$May.docx': '',
    'data.json': '{}',
    'quarto/tides/index.qmd': '---\ntitle: Tides\n---\nText.\n',
    'r/tides.Rmd': 'Text.\n',
    '_notebooks/tides.ipynb': '{}',
    'lektor/tides/contents.lr': 'title: Tides\n',
  });
  expect(code).toBe(0);
  expect(out.match(/^.*warning.*$/gm)?.toSorted()).toEqual([
    '_notebooks/tides.ipynb: warning: expected Markdown, HTML or plain text, found .ipynb: it is not read',
    'lektor/tides/contents.lr: warning: expected Markdown, HTML or plain text, found .lr: it is not read',
    'letters/May.DOCX: warning: expected Markdown, HTML or plain text, found .docx: it is not read',
    'posts/a.rst: warning: expected Markdown, HTML or plain text, found .rst here and in 1 more: it is not read',
    'quarto/tides/index.qmd: warning: expected Markdown, HTML or plain text, found .qmd: it is not read',
    'r/tides.Rmd: warning: expected Markdown, HTML or plain text, found .rmd: it is not read',
  ]);
});

test('lint says why nothing is published of a folder of Word files', () => {
  const { code, err } = lint({ 'May.docx': 'PK' });
  expect(code).toBe(1);
  expect(err).toContain('May.docx: expected Markdown, HTML or plain text, found .docx');
});

test('lint warns of an article that asks for the address of the home page', () => {
  const { out } = lint({
    'publication.yaml': settings,
    'a.md': '---\ntitle: A\ndate: 2026-02-01\npermalink: /\n---\nB\n',
  });
  expect(out).toContain(
    'a.md:4: warning: expected a path that is free, found /, which is taken or reserved: the page is at /articles/a',
  );
});

test('lint names the line of a slug, and of an id, that another file has', () => {
  const { out } = lint({
    'publication.yaml': settings,
    'a.md': '---\ntitle: A\nid: harbour\nslug: quay\n---\nText.\n',
    'b.md': '---\ntitle: B\nslug: quay\n---\nText.\n',
    'c.md': '---\ntitle: C\nlang: en\nid: harbour\n---\nText.\n',
  });
  expect(out).toMatch(/^(?:a\.md:4|b\.md:3): warning: expected a path that is free, found \/articles\/quay/m);
  expect(out).toMatch(/^c\.md:4: expected an id of its own/m);
});
