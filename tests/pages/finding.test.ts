import { getRssUrlsFromHtmlBody } from 'rss-url-finder';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newFolder, type ServerProcess, startServer, write } from '../harness.ts';

let server: ServerProcess;
beforeAll(async () => {
  const dir = newFolder();
  write(dir, {
    'publication.yaml': 'title: The Pier\n',
    'one.md': '---\ntitle: One\ntags: [Sea]\n---\nText.\n',
    'headlines.txt': 'Ferry sails on Sundays too\n',
  });
  server = await startServer({ DATA_DIR: dir, PUBLIC_URL: 'https://news.example.com' });
});
afterAll(() => server.stop());

const get = async (path: string): Promise<string> => (await fetch(server.origin + path)).text();
const url = (path: string): string => `https://news.example.com${path}`;

/** The feed that somebody who gives this page to a reader means. */
const meant: Readonly<Record<string, string>> = {
  '/': '/rss.xml',
  '/tags/sea/': '/tags/sea/rss.xml',
  '/articles/one': '/articles/rss.xml',
  '/headlines/ferry-sails-on-sundays-too': '/headlines/rss.xml',
};

test.each(Object.entries(meant))('a reader’s finder that is given %s finds %s first', async (page, feed) => {
  const [first] = getRssUrlsFromHtmlBody(await get(page));
  expect(first?.url).toBe(url(feed));
});

// Miniflux asks a page for these, one after the other, and takes all links of the first kind first.
const types = ['application/rss+xml', 'application/atom+xml', 'application/feed+json', 'application/json'];

test.each(Object.entries(meant))('Miniflux, given %s, lists %s first and everything after it', async (page, feed) => {
  const html = await get(page);
  const found = types.flatMap((type) =>
    [...html.matchAll(/<link rel="alternate" type="([^"]+)" title="[^"]+" href="([^"]+)">/g)]
      .filter(([, own]) => own === type)
      .map(([, , href]) => href),
  );
  expect(found[0]).toBe(url(feed));
  expect(found).toContain(url('/rss.xml'));
});

// Without a link in the page, it tries these below the site's root, and takes no redirect.
const guesses = 'atom.xml feed.atom feed.xml feed/ feed index.rss index.xml rss.xml rss/ rss rss/feed.xml'.split(' ');

test.each(guesses)('the guess /%s is a feed', async (guess) => {
  const answer = await fetch(`${server.origin}/${guess}`, { redirect: 'manual' });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toMatch(/^application\/(?:rss|atom)\+xml/);
});
