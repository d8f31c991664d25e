import { describe, expect, test } from 'vitest';
import { published } from '../harness.ts';
import { read } from './reading.ts';

const words = (count: number): string => 'word '.repeat(count);
const names = (count: number): string => Array.from({ length: count }, (_, n) => `n${n}`).join(', ');
const address = `https://x.example/${'a'.repeat(4000)}`;

describe('what is too long, or too much, is an error of its file', () => {
  test.each([
    [`title: ${words(1000)}`, 'title: expected at most 2,000 characters, found 4,999'],
    [`summary: ${words(5000)}`, 'summary: expected at most 10,000 characters, found 24,999'],
    [`link: ${address}`, 'link: expected at most 4,000 characters, found 4,018'],
    [`tags: [${names(101)}]`, 'tags: expected at most 100 values, found 101'],
    [`tags: [${words(101)}]`, 'tags: expected at most 500 characters, found 504'],
    [`authors: [${names(51)}]`, 'authors: expected at most 50 values, found 51'],
    [`author: ${words(101)}`, 'authors: expected at most 500 characters, found 504'],
    [`author: {name: A, uri: "${address}"}`, 'authors: expected at most 4,000 characters, found 4,018'],
    [`slug: ${words(1000)}`, 'slug: expected at most 2,600 bytes, found 4,999'],
    [`permalink: /${'a/'.repeat(3000)}`, 'permalink: expected at most 2,600 bytes, found 6,001'],
    [`guid: ${address}`, 'guid: expected at most 2,600 bytes, found 4,018'],
    [`id: ${address}`, 'id: expected at most 2,600 bytes, found 4,018'],
    [`image: ${address}`, 'image: expected at most 4,000 characters, found 4,018'],
    [`audio: [${names(101)}]`, 'media: expected at most 100 values, found 101'],
    [`image: {url: a.png, alt: "${words(5000)}"}`, 'image: expected at most 10,000 characters, found 24,999'],
  ])('%.30s', (line, message) => {
    const { articles, problems } = read('a.md', `---\n${line}\n---\nText.\n`);
    expect(articles).toEqual([]);
    expect(problems).toEqual([`a.md:1: ${message}`]);
  });

  test.each([
    ['YAML', `---\nodd: ${words(30_000)}\n---\nText.\n`],
    ['TOML', `+++\nodd = "${words(30_000)}"\n+++\nText.\n`],
    ['JSON', `{"odd": "${words(30_000)}"}\nText.\n`],
  ])('front matter in %s', (_, text) => {
    expect(read('a.md', text).problems[0]).toMatch(
      /^a\.md:1: front matter: expected at most 100,000 characters, found 150,0/,
    );
  });

  test('a headline that is too long harms only its own line', () => {
    const { headlines, problems } = read('headlines.txt', `One headline\n${words(1000)}\nAnother one\n`);
    expect(headlines.map(({ title }) => title)).toEqual(['One headline', 'Another one']);
    expect(problems).toEqual(['headlines.txt:2: title: expected at most 2,000 characters, found 4,999']);
  });
});

test('an article under a heading without end has the title of its first sentence', async () => {
  const desk = await published({ 'a.md': `# ${words(100_000)}\n\nA sentence. Another.\n`, 'b.md': 'Beside it.\n' });
  expect(desk.titles()).toHaveLength(2);
  for (const title of desk.titles()) expect(title.length).toBeLessThanOrEqual(121);
});
