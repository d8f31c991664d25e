import { cpSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseArchivePath } from '../../src/feeds/archive.ts';
import { documentPath } from '../../src/feeds/head.ts';
import { formats } from '../../src/feeds/model.ts';
import { Desk, newFolder, write } from '../harness.ts';
import { archive, walkHistory } from '../history.ts';
import { importFeed } from './importing.ts';
import { readAll, readSeen } from './reading.ts';

const odd: Readonly<Record<string, string>> = {
  'articles/markup.md': `---
title: "How <template> & &amp; came: a “title” of # signs - and {{ braces }}"
date: 2026-01-02T03:04:05Z
updated: 2026-01-03
author: [{ name: "Ana \\"A\\" Lima", uri: "https://ana.example/" }, "Bo: Ek"]
tags: ["C++", "no: yes", "2026", "- dash"]
description: "Summary with: a colon & <tags> '"
link: https://elsewhere.example/story
---
---

Text with \`{{ site.title }}\` and a rule above. [A note](#fn) ![Pier](https://pictures.example/a.png?a=1&b=2)

{% raw %}{{ page.title }} and {% if x %}{% endraw %}

<h2 id="fn">Notes</h2>

\`\`\`js
const a = '<b>';
---
\`\`\`
`,
  'articles/arabic.md': '---\ntitle: خبر\ndate: 2026-01-04\nlang: ar\n---\nوصلت السفينة إلى الميناء صباح اليوم.\n',
  'articles/podcast.md': `---
title: Episode
date: 2026-01-06
image: { url: https://pictures.example/cover.jpg, alt: A cover, credit: Ana }
audio: { url: https://sounds.example/1.mp3, length: 1234, duration: 90 }
enclosure: [https://files.example/a.pdf]
---
Listen.
`,
};

function manyArticles(): Readonly<Record<string, string>> {
  const day = (n: number): string => new Date(Date.UTC(2025, 0, 1 + n)).toISOString().slice(0, 10);
  return Object.fromEntries(
    Array.from({ length: 230 }, (_, n) => [
      `old/a${n}.md`,
      `---\ntitle: Story number ${n}\ndate: ${day(n)}\n---\nThe ${n}th story has a *word* or two in it.\n`,
    ]),
  );
}

let desk: Desk;
let server: Server;
let origin: string;

beforeAll(async () => {
  server = createServer((request, response) => void answer(request.url!).then((text) => response.end(text)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  desk = new Desk({ PUBLIC_URL: origin });
  cpSync(join(import.meta.dirname, '..', '..', 'data'), desk.dir, { recursive: true });
  desk.write({ ...manyArticles(), ...odd });
  await desk.refresh();
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

async function answer(path: string): Promise<string | undefined> {
  const place = parseArchivePath(path);
  return place === undefined ? desk.text(path) : archive(desk, place.feed, place.n, place.format);
}

test('an id that is no IRI stays in RSS and JSON, and in Atom where the publication keeps its own id', async () => {
  const settings = { 'publication.yaml': 'id: tag:news.example,2026:x\ntitle: T\n' };
  const first = new Desk();
  first.write({ ...settings, 'a.md': '---\ntitle: Odd\ndate: 2026-01-05\nguid: "12345 old & odd"\n---\nText.\n' });
  await first.refresh();
  const source = newFolder();
  write(source, { 'rss.xml': first.text('/rss.xml') });
  const moved = new Desk();
  moved.write(settings);
  const { code, out } = await importFeed(join(source, 'rss.xml'), { dir: moved.dir });
  expect(out).toMatch(/1 entry written/);
  expect(code).toBe(0);
  await moved.refresh();
  for (const format of formats) {
    const [before, after] = [
      await readSeen(first.text(documentPath('all', format))),
      await readSeen(moved.text(documentPath('all', format))),
    ];
    expect(after).toEqual(before);
  }
});

test.each(formats)('what is imported from our own %s comes out alike in all three formats', async (format) => {
  const imported = await importFeed(origin + documentPath('all', format), { publicUrl: origin });
  expect(imported.errors).toBe('');
  expect(imported.out).toMatch(/25\d entries written, 0 entries there already/);
  expect(imported.code, imported.out).toBe(0);
  const moved = new Desk({ PUBLIC_URL: origin, DATA_DIR: imported.dir });
  const { problems } = await moved.refresh();
  expect(problems).toEqual([]);
  expect(new Set(await walkHistory(moved, 'all', format))).toEqual(new Set(await walkHistory(desk, 'all', format)));
  for (const output of formats) {
    const [before, after] = [await readAll(desk, output), await readAll(moved, output)];
    expect(before.length).toBeGreaterThan(250);
    expect(after).toEqual(before);
  }
});
