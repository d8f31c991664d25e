import { afterAll, beforeAll, expect, test } from 'vitest';
import { newFolder, type ServerProcess, startServer, write } from '../harness.ts';
import { ask } from './raw.ts';

let server: ServerProcess;
beforeAll(async () => {
  const dir = newFolder();
  write(dir, {
    'publication.yaml': 'title: About Feeds\nlimit: 1\ngone: tags/rdf\n',
    'new.md': '---\ntitle: New\ndate: 2026-02-02\ntags: [RSS, Feed, Atom, RDF]\nauthor: Feed\n---\nText.\n',
    'old.md': '---\ntitle: Old\ndate: 2026-02-01\npermalink: /guide/rss\n---\nText.\n',
  });
  server = await startServer({ DATA_DIR: dir, PUBLIC_URL: 'https://news.example.com' });
}, 60_000);
afterAll(() => server.stop());

test.each([
  '/tags/rss/',
  '/tags/feed/',
  '/tags/atom/',
  '/authors/feed/',
  '/embed/tags/rss',
  '/embed/authors/feed',
  '/guide/rss',
])('the page %s is there, though it is called as programs call feeds', async (path) => {
  const page = await ask(server.origin, `GET ${path}`);
  expect([page.status, page.header('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  const other = path.endsWith('/') ? path.slice(0, -1) : `${path}/`;
  const answer = await ask(server.origin, `GET ${other}`);
  expect([answer.status, answer.header('location')]).toEqual([301, `https://news.example.com${path}`]);
});

test.each(['/tags/rss/feed', '/tags/rss/feed.xml', '/tags/rss/rss/', '/tags/rss/rss/feed.xml', '/authors/feed/feed/'])(
  '%s is another name of a feed',
  async (path) => {
    const { status, header } = await ask(server.origin, `GET ${path}`);
    expect([status, header('content-type')]).toEqual([200, 'application/rss+xml; charset=utf-8']);
  },
);

test('what is gone is so under such a name, too', async () => {
  expect((await ask(server.origin, 'GET /tags/rdf/')).status).toBe(410);
  expect((await ask(server.origin, 'GET /tags/rdf/feed')).status).toBe(410);
  expect((await ask(server.origin, 'GET /tags/nothing/feed')).status).toBe(404);
});
