import { expect, test } from 'vitest';
import { newFolder, startServer, write } from '../harness.ts';

const ADMIN_TOKEN = 'a-token-of-the-tests';
const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
const count = 201;

const named = (folder: string, text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, n) => [`${folder}/${n + 100}.md`, `---\n${text}\n---\nText.\n`]),
  );

test('a list that is longer than a page says so', async () => {
  const dir = newFolder();
  write(dir, {
    'publication.yaml': 'title: Long\nid: tag:example.com,2026:long\n',
    ...named('broken', 'date: 2026-02-30'),
    ...named('drafts', 'draft: true'),
    ...named('later', 'date: 2099-01-01'),
  });
  const server = await startServer({ DATA_DIR: dir, ADMIN_TOKEN });
  const read = async (path: string): Promise<readonly string[]> =>
    (await (await fetch(server.origin + path, { headers })).text()).split('<h2>');
  const [, drafts = '', scheduled = '', problems = '', files = ''] = await read('/-/preview');
  expect(drafts.split('<li>')).toHaveLength(count);
  expect(drafts).toContain('These are the first 200, by path.');
  expect(scheduled.split('<li>')).toHaveLength(count);
  expect(scheduled).toContain('These are the first 200, by date.');
  expect(problems).toContain('And 1 more, which <a href="/-/status">the status</a> has.');
  expect(files).toContain('<a href="?after=broken%2F299.md">More files</a>');
  const last = (await read('/-/preview?after=later/100.md')).at(-1)!;
  expect(last.split('?reading')).toHaveLength(count);
  expect(last).not.toContain('?after=');
  expect((await read('/-/'))[2]).toContain('And 1 more');
  await server.stop();
});
