import { openClient, toRequest } from './client.ts';
import type { Shape } from './corpus.ts';

/** Asks once for each feed of everything, and of up to so many topics and authors, in each format; gives how many. */
export async function pollFeeds(port: number, { topics, authors }: Shape, most = 300): Promise<number> {
  const upTo = (count: number, folder: string): readonly string[] =>
    Array.from(
      { length: Math.min(count, most) },
      (_, n) => `${folder}${Math.floor((n * count) / Math.min(count, most))}/`,
    );
  const folders = [
    '/',
    '/articles/',
    '/headlines/',
    ...upTo(topics, '/tags/topic-'),
    ...upTo(authors, '/authors/writer-'),
  ];
  const client = openClient(port);
  try {
    for (const folder of folders) {
      for (const file of ['rss.xml', 'atom.xml', 'feed.json']) {
        const { status, head } = await client.ask(toRequest(folder + file, ['Accept-Encoding: gzip']));
        if (status !== 200) throw new Error(`bench: expected 200 for ${folder}${file}, found ${head}`);
      }
    }
    return folders.length * 3;
  } finally {
    client.close();
  }
}
