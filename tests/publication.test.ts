import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { formatProblem } from '../src/lib/problem.ts';
import { defaultPublication } from '../src/publication.ts';
import { readPublication } from '../src/source/read-publication.ts';

function problems(text: string): readonly string[] {
  const reading = readPublication(text);
  expect(reading.publication).toBeUndefined();
  return reading.problems.map(formatProblem);
}

test('every setting is read', () => {
  const { publication, problems } = readPublication(`
id: urn:uuid:0b1f4c1e-6f3a-4d58-9a52-6a3a3f0f8a11
title: 24
description: News and notes
language: en_US
timezone: America/New_York
authors:
  - Ada Example
  - name: Bo Example
    email: bo@example.org
    url: https://bo.example
    avatar: https://bo.example/me.png
rights: © Example
license: https://license.example/by/4.0/
icon: icon.png
logo: https://example.org/logo.png
tags: news, notes
hubs: https://hub.example
limit: 20
content: summary
feeds:
  all: { title: Everything, limit: 10, push: no }
  tags/C++: { was: [tags/cpp], content: full }
gone:
  - tags/old
  - { feed: authors/Bo Example, ended: 2026-02-08 }
permalinks: https://site.example/{path}/
headlines: { link: page }
grace: 5
webfeeds: { accentColor: '#0A84FF', cover: cover.png }
`);
  expect(problems).toEqual([]);
  expect(publication).toEqual({
    id: 'urn:uuid:0b1f4c1e-6f3a-4d58-9a52-6a3a3f0f8a11',
    title: '24',
    description: 'News and notes',
    language: 'en-US',
    timezone: 'America/New_York',
    authors: [
      { name: 'Ada Example' },
      { name: 'Bo Example', email: 'bo@example.org', uri: 'https://bo.example/', avatar: 'https://bo.example/me.png' },
    ],
    rights: '© Example',
    license: 'https://license.example/by/4.0/',
    icon: 'icon.png',
    logo: 'https://example.org/logo.png',
    tags: ['news', 'notes'],
    hubs: ['https://hub.example/'],
    limit: 20,
    content: 'summary',
    feeds: {
      all: { title: 'Everything', limit: 10, push: false, was: [] },
      'tags/c-plus-plus': { was: ['tags/cpp'], content: 'full' },
    },
    gone: [{ feed: 'tags/old' }, { feed: 'authors/bo-example', ended: Date.UTC(2026, 1, 8, 5) }],
    permalinks: 'https://site.example/{path}/',
    headlines: { link: 'page', removed: 'keep' },
    grace: 5,
    webfeeds: { accentColor: '0A84FF', cover: 'cover.png' },
  });
});

test('what is not said has its default, and a key left blank is not said', () => {
  expect(readPublication('# nothing yet\n').publication).toEqual(defaultPublication);
  expect(readPublication('title:\nlimit: ~\nauthor: Ada\n').publication).toEqual({
    ...defaultPublication,
    authors: [{ name: 'Ada' }],
  });
});

test.each([
  ['titel: News', 'publication.yaml:1: titel: expected a key that is known here, found “titel”'],
  ['\n\nlimit: many', 'publication.yaml:3: limit: expected a whole number from 1 to 1000, found “many”'],
  ['limit: 0', 'publication.yaml:1: limit: expected a whole number from 1 to 1000, found “0”'],
  ['title: [a, b]', 'publication.yaml:1: title: expected text, found a list'],
  ['timezone: Mars/Olympus', 'timezone: expected a time zone such as Europe/Paris, found “Mars/Olympus”'],
  ['language: English', 'language: expected a language such as en or pt-BR, found “English”'],
  ['language: jp', 'language: expected a language such as en or pt-BR, found “jp”'],
  ['language: no language', 'language: expected a language such as en or pt-BR, found “no language”'],
  ['id: my blog', 'id: expected an absolute IRI such as urn:uuid:… or https://…, found “my blog”'],
  ['license: CC-BY', 'license: expected an http or https URL, found “CC-BY”'],
  [
    'hubs:\n- https://a.example\n- ftp://b',
    'publication.yaml:3: hubs: 1: expected an http or https URL, found “ftp://b”',
  ],
  ['authors:\n- email: a@b.example', 'authors: expected a name, keys with a name, or a list of these, found a list'],
  ['content: some', 'content: expected full or summary, found “some”'],
  [
    'feeds:\n  all:\n    limt: 5',
    'publication.yaml:3: feeds: all: limt: expected a key that is known here, found “limt”',
  ],
  ['feeds: { tag/x: {} }', 'expected all, articles, headlines, tags/NAME or authors/NAME, found “tag/x”'],
  [
    'feeds: { tags/x: { was: [tags/y, all] } }',
    'feeds: tags/x: was: 1: expected tags/NAME or authors/NAME, found “all”',
  ],
  ['feeds: { tags/x: { was: y } }', 'feeds: tags/x: was: 0: expected tags/NAME or authors/NAME, found “y”'],
  ['feeds: { all: 5 }', 'feeds: all: expected keys such as title, limit and content, found “5”'],
  [
    'gone:\n- feed: all\n  ended: 2026-02-30',
    'publication.yaml:3: gone: 0: ended: expected a date such as 2026-02-08, found “2026-02-30”',
  ],
  ['permalinks: /{path}/', 'permalinks: expected a URL with {path} in it'],
  ['headlines: page', 'headlines: expected keys link and removed, found “page”'],
  ['webfeeds: { accentColor: blue }', 'webfeeds: accentColor: expected a colour such as 0A84FF, found “blue”'],
  ['title: A: B', 'publication.yaml:1: expected quotation marks around a value with a colon and a blank in it'],
  ['title: "A', 'publication.yaml:1: expected YAML, found: Missing closing "quote'],
  ['title: A\nlimit: 5\ntitle: B', 'publication.yaml:3: expected each key once, found “title” again'],
  ['title: A\n---\nlimit: 5', 'publication.yaml:2: expected one document, found another below “---”'],
  ['tags: &a [*a]', 'publication.yaml:1: expected YAML, found an alias within its own anchor'],
  ['- a\n- b', 'publication.yaml:1: expected keys and values, found a list'],
  ['  \n', 'publication.yaml:1: expected settings, found an empty file'],
])('%j is named with its line, what was expected and what was found', (text, problem) => {
  expect(problems(text).join('\n')).toContain(problem);
});

test('a word that YAML takes for a comment is a warning, and the settings hold', () => {
  const { publication, problems } = readPublication('title: The #1 paper\nlimit: 5\n');
  expect(publication).toMatchObject({ title: 'The', limit: 5 });
  expect(problems).toMatchObject([{ severity: 'warning', line: 1 }]);
});

test('settings may have a mark above and below', () => {
  expect(readPublication('---\ntitle: A\n---\n# the end\n').problems).toEqual([]);
});

test('all that is wrong is said at once', () => {
  expect(problems('limit: many\ntitle: [x]\nfoo: 1\n')).toHaveLength(3);
});

test('the keys that data/publication.yaml only shows are accepted as it shows them', () => {
  const text = readFileSync(join(import.meta.dirname, '..', 'data', 'publication.yaml'), 'utf8');
  const [used, shown] = text.split('# Further keys, not used here:\n');
  const { publication, problems } = readPublication(used + shown!.replace(/^# /gm, ''));
  expect(problems).toEqual([]);
  expect(publication).toMatchObject({ cdn: true, push: { delay: 300 }, grace: 10, gone: [{ feed: 'tags/olympics' }] });
});

test('two keys that mean one feed are an error', () => {
  expect(problems('feeds:\n  tags/Old News: { limit: 3 }\n  tags/old-news: { limit: 4 }\n')).toEqual([
    'publication.yaml:3: feeds: tags/old-news: expected each feed once, found “tags/old-news”',
  ]);
});
