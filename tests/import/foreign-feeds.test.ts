import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readHtml } from '../../src/content/html.ts';
import { toLines } from '../../src/content/plain-text.ts';
import { formats } from '../../src/feeds/model.ts';
import { Desk } from '../harness.ts';
import { importFeed } from './importing.ts';
import { readAll, readSeen, type Seen } from './reading.ts';

// `IMPORT_FEEDS=folder npm test -- tests/import/foreign` plays the feeds of any folder.
const folder = process.env.IMPORT_FEEDS ?? join(import.meta.dirname, '..', 'fixtures', 'import');
const names = readdirSync(folder).filter((name) => /\.(?:xml|rss|atom|rdf|json)$/.test(name));

test.each(names)('the entries of %s keep ids, dates, titles, tags and content in all three formats', async (name) => {
  const file = join(folder, name);
  const source = await readSeen(decode(readFileSync(file)));
  const imported = await importFeed(file);
  expect(imported.errors).toBe('');
  expect(Object.keys(imported.articles).length).toBe(new Set(source.map(({ id }, index) => id || index)).size);
  const desk = new Desk({ DATA_DIR: imported.dir });
  desk.now = Date.UTC(2026, 10, 1);
  const { problems } = await desk.refresh();
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  const inJson = new Map((await readAll(desk, 'json')).map((entry) => [entry.id, entry]));
  for (const format of formats) {
    const published = await readAll(desk, format);
    // What has neither id nor link is told apart by nothing that a reader could look for.
    for (const before of source.filter(({ id }) => id !== '')) {
      const isKept = format !== 'atom' || isIri(before.id);
      const title = inJson.get(before.id)?.title;
      const after = published.find((one) => (isKept ? one.id === before.id : one.title === title));
      expect(after && pick(after, before)).toEqual(pick(before, before));
    }
  }
});

function isIri(id: string): boolean {
  return /^[a-z][a-z\d+.-]*:[^\s<>"{}|\\^`]+$/i.test(id);
}

/** What has to stay; what `source` does not say is not looked at. */
function pick(entry: Seen, source: Seen): Readonly<Record<string, unknown>> {
  return {
    title: source.title === '' ? '' : words(entry.title),
    date: source.date === undefined ? undefined : Math.floor(entry.date! / 1000),
    content: source.html === '' ? '' : bodyOf(entry),
    tags: [...new Set(entry.tags.map((tag) => words(tag).toLowerCase()))],
  };
}

/** The content's words; a first heading that says the title again is none of them, here as in any article. */
function bodyOf({ html, title }: Seen): string {
  const body = words(html).replaceAll(' ', '');
  const heading = words(title).replaceAll(' ', '');
  return /^[^a-z]*(?:<(?:div|article|header)[^>]*>\s*)*<h1/i.test(html) && body.startsWith(heading)
    ? body.slice(heading.length)
    : body;
}

function words(html: string): string {
  return toLines(readHtml(html).nodes).join(' ').replace(/\s+/g, ' ').trim();
}

function decode(bytes: Uint8Array): string {
  const latin = new TextDecoder('windows-1252').decode(bytes);
  const [, label = 'utf-8'] = /encoding=["']([\w-]+)["']/.exec(latin.slice(0, 200)) ?? [];
  const text = new TextDecoder(label).decode(bytes);
  return text.includes('\ufffd') ? latin : text;
}
