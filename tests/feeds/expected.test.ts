import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { formats } from '../../src/feeds/model.ts';
import { archiveHead, entries, fullHead, headFor, plainHead, render } from './samples.ts';

const cases = {
  full: { head: fullHead, entries },
  plain: { head: plainHead, entries: entries.slice(4) },
  empty: { head: plainHead, entries: [] },
  archive: { head: archiveHead, entries: entries.slice(3) },
} as const;

const names = { rss: 'rss.xml', atom: 'atom.xml', json: 'json' } as const;
const testsFolder = join(import.meta.dirname, '..');
const schema = JSON.parse(readFileSync(join(testsFolder, 'schema/json-feed-1.1.schema.json'), 'utf8')) as object;
const isJsonFeed = new Ajv({ strict: true, strictRequired: false, allErrors: true }).compile(schema);

describe.each(Object.entries(cases))('the %s feed', (name, { head, entries }) => {
  test.each(formats)('is the expected document in %s', (format) => {
    const expected = readFileSync(join(testsFolder, 'expected', `${name}.${names[format]}`), 'utf8');
    expect(render(format, headFor(format, head), entries)).toBe(expected);
  });

  test('is JSON Feed 1.1 by its schema', () => {
    isJsonFeed(JSON.parse(render('json', headFor('json', head), entries)));
    expect(isJsonFeed.errors).toBe(null);
  });
});

test('the schema refuses what JSON Feed 1.1 does not know', () => {
  const document = JSON.parse(render('json', headFor('json', plainHead), entries)) as Record<string, unknown>;
  expect(isJsonFeed({ ...document, author: { name: 'Ana' } })).toBe(false);
  expect(isJsonFeed({ ...document, items: [{ id: 'a' }] })).toBe(false);
  expect(isJsonFeed({ ...document, items: [{ id: 'a', content_text: 'b', published: 'c' }] })).toBe(false);
});
