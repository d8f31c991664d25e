import { expect, test } from 'vitest';
import { newFolder, startServer, write } from '../harness.ts';

type Feed = {
  readonly favicon?: string;
  readonly items: readonly {
    readonly attachments: { readonly url: string; readonly mime_type: string; readonly size_in_bytes: number }[];
  }[];
};

test('sounds, films and icons of all common kinds are served, as the type that feeds say', async () => {
  const names = 'aiff avi flac m4a m4b m4v mka mkv mp3 mp4 ogg opus wav webm wma wmv'
    .split(' ')
    .map((one) => `a.${one}`);
  const dir = newFolder();
  write(dir, {
    'publication.yaml': 'title: Kinds\nid: tag:example.com,2026:kinds\nicon: favicon.ico\n',
    'one.md': `---\ntitle: One\nenclosure: [${names.join(', ')}, https://example.com/a.constructor]\n---\nText.\n`,
    'favicon.ico': 'icon',
    ...Object.fromEntries(names.map((name) => [name, name])),
  });
  const server = await startServer({ DATA_DIR: dir, PUBLIC_URL: 'https://news.example.com' });
  const feed = (await (await fetch(`${server.origin}/feed.json`)).json()) as Feed;
  const attachments = feed.items[0]!.attachments;
  expect(attachments.pop()!.mime_type).toBe('application/octet-stream');
  expect(feed.favicon).toBe('https://news.example.com/media/favicon.ico');
  expect(attachments.map(({ url }) => url)).toEqual(names.map((name) => `https://news.example.com/media/${name}`));
  for (const { url, mime_type, size_in_bytes } of attachments) {
    const answer = await fetch(server.origin + new URL(url).pathname);
    expect([url, answer.status, answer.headers.get('content-type')]).toEqual([url, 200, mime_type]);
    expect(answer.headers.get('content-length')).toBe(String(size_in_bytes));
    expect(mime_type).toMatch(/^(?:audio|video)\//);
  }
  const rss = await (await fetch(`${server.origin}/rss.xml`)).text();
  const others = Array.from(rss.matchAll(/type="(\w+)\/[^"]*" medium="(\w+)"/g), ([, kind, medium]) => [kind, medium]);
  expect(others.pop()).toEqual(['application', 'document']);
  expect(others).toEqual(attachments.slice(1).map(({ mime_type }) => Array(2).fill(mime_type.split('/')[0])));
  await server.stop();
});
