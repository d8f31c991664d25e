import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig, variables } from '../src/config.ts';
import { type ServerProcess, startServer } from './harness.ts';

const root = join(import.meta.dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

/** The cells of the rows of the table under a heading, without code marks. */
function table(heading: string): readonly (readonly string[])[] {
  const section = readme.split(`## ${heading}\n`)[1]!.split('\n## ')[0]!;
  const rows = section
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(1);
  return rows.map((row) =>
    row
      .slice(2, -2)
      .split(' | ')
      .map((cell) => cell.trim()),
  );
}

test('README has each setting with its default and its meaning, and no other', () => {
  const documented = table('Settings');
  const expected = Object.entries(variables).map(([name, { fallback, sentence }]) => {
    const standard = fallback({});
    return [`\`${name}\``, standard === undefined ? 'unset' : `\`${standard}\``, sentence];
  });
  expect(documented).toEqual(expected);
});

test('--help has each setting with its meaning too', () => {
  const help = execFileSync(process.execPath, [join(root, 'src', 'main.ts'), '--help'], { encoding: 'utf8' });
  for (const [name, { sentence }] of Object.entries(variables))
    expect(help).toMatch(new RegExp(`^  ${name} .*${RegExp.escape(sentence)}`, 'm'));
});

test('a wrong setting is named with what was expected and found', () => {
  const environment = { PUBLIC_URL: 'https://news.example.com', PORT: 'eighty' };
  expect(() => readConfig(environment)).toThrow('config: PORT: expected a number from 0 to 65535, found "eighty"');
});

test.each([
  ['STATS_DAYS', '100000', 'a whole number of days, from 1 to 99999'],
  ['RATE_LIMIT', '1000000000', 'a whole number of requests a minute, from 1 to 999999999'],
  ['TRUST_PROXY', '100', 'a number of proxies, from 1 to 99'],
  ['EDITION_MEMORY', '1000000000', 'a whole number of megabytes, from 0 to 999999999'],
])('%s=%s is beyond what is expected, and that is said', (name, value, expected) => {
  expect(() => readConfig({ [name]: value })).toThrow(`config: ${name}: expected ${expected}, found "${value}"`);
});

test('every npm script of README is there', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const named = [...readme.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name!);
  expect(named.length).toBeGreaterThan(3);
  for (const name of [...named, 'start', 'test']) expect(Object.keys(scripts)).toContain(name);
});

let server: ServerProcess;
beforeAll(async () => {
  server = await startServer({ DATA_DIR: join(root, 'data'), PUBLIC_URL: 'https://news.example.com' });
});
afterAll(() => server.stop());

const examples: Readonly<Record<string, string>> = {
  '/tags/TAG/feed.json': '/tags/feeds/feed.json',
  '/authors/NAME/rss.xml': '/authors/ines-marques/rss.xml',
  '/tags/TAG/': '/tags/feeds/',
  '/authors/NAME/': '/authors/ines-marques/',
  '/articles/SLUG': '/articles/how-a-headline-travels',
  '/headlines/SLUG': '/headlines/new-york-lets-the-terminally-ill-ask-for-help-in-dying',
  '/archive/N.rss.xml': '/archive/1.rss.xml',
  '/rss.xml?page=N': '/rss.xml?page=1',
  '/archive/YYYY/MM/': '/archive/2026/02/',
  '/archive/YYYY/MM/DD/': '/archive/2026/02/07/',
  '/embed/FEED': '/embed/all',
  '/media/PATH': '/media/images/linecaster.png',
};
const documented = table('What is where').flatMap(([paths]) =>
  [...paths!.matchAll(/`(\/[^`]*)`/g)].map(([, path]) => path!),
);

test.each(documented)('%s answers, as README says', async (path) => {
  const answer = await fetch(server.origin + (examples[path] ?? path), { redirect: 'manual' });
  // The icon is a picture of the publication's own, elsewhere.
  expect(answer.status).toBe(path === '/favicon.ico' ? 301 : 200);
});
