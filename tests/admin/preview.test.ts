import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newFolder, type ServerProcess, startServer, write } from '../harness.ts';

const token = 'a-token-of-the-tests';
const headers = { authorization: `Bearer ${token}` };
const dir = join(newFolder(), '.hidden');
const elsewhere = newFolder();
const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
let server: ServerProcess;

beforeAll(async () => {
  write(elsewhere, { 'secret.md': '# Elsewhere\n\nText.\n' });
  write(dir, {
    'publication.yaml': 'title: Kept\nid: tag:example.com,2026:kept\nlanguage: en\n',
    'posts/one.md': '---\ntitle: One\n---\nText of one.\n',
    'posts/draft.md':
      '---\ntitle: Not yet\ndraft: true\nauthor: Ines\ntags: [Slow]\n---\nSee ![a](secret.png) and [one](one.md#top) and [gone](nothing.png).\n',
    'posts/secret.png': png,
    'posts/later.md': '---\ntitle: Much later\ndate: 2099-01-01\n---\nLater.\n',
    'posts/broken.md': '---\ntitle: Broken\ndate: 2026-02-30\n---\nText.\n',
    'headlines.txt': 'Harbour opens its new pier\n~~Ferry sails on Sundays too~~\n',
    'briefing.txt':
      'The ferry will run twice a day from Monday, the harbour office said.\n\n\nA first line\nA second line\n',
    '.hidden.md': '# Hidden\n\nText.\n',
    'notes.docx': 'x',
    'publication.yml': 'title: Not read\n',
  });
  symlinkSync(join(elsewhere, 'secret.md'), join(dir, 'posts', 'leads-out.md'));
  server = await startServer({ DATA_DIR: dir, ADMIN_TOKEN: token, PUBLIC_URL: 'https://news.example.com/base' });
});
afterAll(() => server.stop());

const ask = (path: string): Promise<Response> => fetch(server.origin + path, { headers });
const read = async (path: string): Promise<string> => {
  const answer = await ask(path);
  expect([path, answer.status]).toEqual([path, 200]);
  return answer.text();
};

test('the list has drafts, what waits for its date, what is wrong, and how each file was read', async () => {
  const list = (await read('/-/preview')).replace(/\s+/g, ' ');
  const [, drafts, scheduled, problems, files] = list.split('<h2>');
  expect(drafts).toContain('<a href="/base/-/preview/posts/draft.md" dir="auto">posts/draft.md</a>');
  expect(scheduled).toContain('1 Jan 2099');
  expect(scheduled).toContain('Much later');
  expect(problems).toContain('posts/broken.md');
  expect(problems).toContain('<td class="number">3</td>');
  // What is wrong with the folder is in no file's record, and has no page.
  expect(problems).toContain('<span dir="auto">posts/leads-out.md</span>');
  expect(problems).toContain('<span dir="auto">publication.yml</span>');
  expect(problems).toContain('href="/base/-/preview/posts/broken.md"');
  const overview = (await read('/-/')).replace(/\s+/g, ' ').split('<h2>');
  expect(overview.find((part) => part.startsWith('Problems'))).toBe(problems);
  expect(files).toContain('posts/one.md</a></td><td>a Markdown article</td>');
  expect(files).not.toContain('secret.png');
  const rest = await read('/-/preview?after=posts/draft.md');
  expect(rest).toContain('posts/one.md');
  expect(rest).not.toContain('headlines.txt');
});

test('a draft is shown as its page will be, with pictures and links that work here, and is not published by that', async () => {
  const answer = await ask('/-/preview/posts/draft.md');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(answer.headers.get('x-robots-tag')).toBe('noindex');
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  const page = await answer.text();
  expect(page).toContain('<meta name="robots" content="noindex">');
  expect(page).toMatch(/<aside class="notice"[^>]*>Preview of posts\/draft\.md: a Markdown article, marked as a draft/);
  expect(page).toContain('<h1 class="p-name" dir="auto">Not yet</h1>');
  expect(page).toContain('src="/base/-/preview/posts/secret.png"');
  expect(page).toContain('href="/base/-/preview/posts/one.md#top"');
  const picture = await ask('/base/-/preview/posts/secret.png');
  expect(picture.headers.get('content-type')).toBe('image/png');
  expect(picture.headers.get('cache-control')).toBe('no-store');
  expect(Buffer.from(await picture.arrayBuffer())).toEqual(png);

  await fetch(`${server.origin}/-/refresh`, { method: 'POST', headers });
  expect(await read('/feed.json')).not.toContain('Not yet');
  expect(await read('/sitemap.xml')).not.toContain('not-yet');
  for (const path of ['/articles/draft', '/articles/not-yet', '/media/posts/secret.png']) {
    expect([path, (await ask(path)).status]).toEqual([path, 404]);
  }
});

test('what the newsroom looks at past the proxy with the certificate is not looked for behind it', async () => {
  const answers = await Promise.all(['/', '/-/', '/-/preview', '/-/preview/posts/one.md'].map(ask));
  const secured = answers.map(({ headers: own }) => [
    own.get('content-security-policy')?.includes('upgrade-insecure-requests'),
    own.has('strict-transport-security'),
  ]);
  const not = [false, false];
  expect(secured).toEqual([[true, true], not, not, not]);
});

test('a file saved a moment ago is shown as it is now, before any refresh', async () => {
  write(dir, { 'posts/draft.md': '---\ntitle: Almost\ndraft: true\n---\nText.\n' });
  expect(await read('/-/preview/posts/draft.md')).toContain('>Almost</h1>');
});

test('what an undated file would become is said by what its path and layout say', async () => {
  write(dir, {
    'posts/2099/01/02/ferry.md': '# Ferry\n\nIt runs.\n',
    'posts/about.md': '---\ntitle: About\nlayout: page\n---\nUs.\n',
  });
  const reading = await read('/-/preview/posts/2099/01/02/ferry.md?reading');
  expect(reading).toContain('It is published on 2099-01-02T00:00:00.000Z, unless it is already.');
  expect(reading).toMatch(/none: 2 Jan 2099.*, by its path, if it is new/);
  expect(await read('/-/preview/posts/2099/01/02/ferry.md')).toContain('datetime="2099-01-02T00:00:00Z"');
  expect(await read('/-/preview/posts/about.md?reading')).toContain('It is a page of the site: it is not published');
});

test('lists and broken files are shown as they were understood', async () => {
  const list = await read('/-/preview/headlines.txt');
  expect(list).toContain('Harbour opens its new pier');
  expect(list).toContain('<s>Ferry sails on Sundays too</s> (withdrawn)');
  expect(await read('/-/preview/posts/broken.md')).toContain('2026-02-30');
  const briefing = await read('/-/preview/briefing.txt?reading');
  expect(briefing).toContain('A second line');
  expect(briefing).toContain('The ferry will run twice a day from Monday');
});

test.each([
  'posts/nothing.md',
  '.hidden.md',
  'posts/leads-out.md',
  'publication.yaml',
  'notes.docx',
  '../package.json',
  '..%2fpackage.json',
  '%2e%2e/package.json',
  'posts/%00.md',
])('%s is nothing to be shown', async (path) => {
  expect((await ask(`/-/preview/${path}`)).status).toBe(404);
});

test('nothing of it is shown without the token', async () => {
  for (const path of ['/-/preview', '/-/preview/posts/draft.md', '/-/preview/posts/secret.png']) {
    expect([path, (await fetch(server.origin + path)).status]).toEqual([path, 401]);
  }
});
