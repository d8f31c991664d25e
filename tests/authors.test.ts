import { expect, test } from 'vitest';
import { formatProblem } from '../src/lib/problem.ts';
import { type Desk, type Item, published } from './harness.ts';

type Author = { readonly name: string; readonly url?: string; readonly avatar?: string };

const article = (author: string): string => `---\ntitle: Ferry\ndate: 2026-02-05\n${author}\n---\nIt runs.\n`;
const keys =
  'ines:\n  name: Ines Marques\n  title: Skipper\n  url: https://ines.example/\n  image_url: https://ines.example/i.png\n';
const ines = { name: 'Ines Marques', url: 'https://ines.example/', avatar: 'https://ines.example/i.png' };

function authorsOf(desk: Desk, page: string): readonly Author[] | undefined {
  const items = desk.items() as readonly (Item & { readonly authors?: readonly Author[] })[];
  return items.find(({ url }) => url.endsWith(page))?.authors;
}

test('authors given by keys are those whom a file of Docusaurus names, for the articles beside and below it', async () => {
  const desk = await published({
    'blog/authors.yml': `${keys}bo: Bo Example\n`,
    'blog/2026/ferry.md': article('authors: [ines, bo, Cara]'),
    'pages/other.md': article('author: ines'),
  });
  expect(authorsOf(desk, '/ferry')).toEqual([ines, { name: 'Bo Example' }, { name: 'Cara' }]);
  expect(authorsOf(desk, '/other')).toEqual([{ name: 'ines' }]);
  expect(desk.titles('/authors/ines-marques/feed.json')).toEqual(['Ferry']);
});

test('authors in the data of Jekyll are those of the whole site', async () => {
  const desk = await published({
    '_data/authors.yml': keys,
    '_posts/2026-02-05-ferry.md': article('author:\n  key: ines\n  title: Captain'),
  });
  expect(authorsOf(desk, '/ferry')).toEqual([ines]);
});

test('what an article itself says of an author given by a key counts there', async () => {
  const desk = await published({
    'authors.yml': keys,
    'ferry.md': article('author:\n  key: ines\n  url: https://ferry.example/ines'),
  });
  expect(authorsOf(desk, '/ferry')).toEqual([{ ...ines, url: 'https://ferry.example/ines' }]);
});

test('a changed name of an author is none that readers are told of, and holds as soon as it is saved', async () => {
  const desk = await published({ 'authors.yml': keys, 'ferry.md': article('author: ines') });
  const [before] = desk.items();
  desk.write({ 'authors.yml': keys.replace('Marques', 'Marques Lima') });
  await desk.refresh(60, { changed: ['authors.yml'] });
  expect(authorsOf(desk, '/ferry')).toMatchObject([{ name: 'Ines Marques Lima' }]);
  expect(desk.items()[0]).toMatchObject({ id: before!.id, date_modified: before!.date_modified });
  desk.remove('authors.yml');
  await desk.refresh(60);
  expect(authorsOf(desk, '/ferry')).toMatchObject([{ name: 'Ines Marques Lima' }]);
  await desk.refresh(60);
  expect(authorsOf(desk, '/ferry')).toEqual([{ name: 'ines' }]);
});

test('articles are not read again while a file of authors is saved by deleting and writing it', async () => {
  const desk = await published({ 'authors.yml': keys, 'ferry.md': article('author: ines') });
  desk.remove('authors.yml');
  const away = await desk.refresh(1);
  desk.write({ 'authors.yml': keys });
  const back = await desk.refresh(1);
  expect([away.read, back.read]).toEqual([0, 0]);
});

test('a broken file of authors is named with its line, and what it said stays', async () => {
  const desk = await published({ 'authors.yml': keys, 'ferry.md': article('author: ines') });
  desk.write({ 'authors.yml': 'ines:\n  name: "Ines\n' });
  const { problems } = await desk.refresh(60);
  expect(problems.map(formatProblem).join('\n')).toMatch(/^authors\.yml:\d: warning: expected YAML/);
  desk.write({ 'quay.md': article('author: ines') });
  await desk.refresh(60, { changed: ['quay.md'] });
  expect(authorsOf(desk, '/ferry')).toEqual([ines]);
  expect(authorsOf(desk, '/quay')).toEqual([ines]);
});
