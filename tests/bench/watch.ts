import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { type Bench, settingsOf } from './archive.ts';
import { editorPause } from './archive-changes.ts';
import { type Client, headerOf, openClient, toRequest } from './client.ts';
import { untilIdle } from './cpu.ts';
import { startOwnServer } from './own-server.ts';

/** Milliseconds from the begin of a save to the last byte of the feed that has it. */
export type WatchFigures = { readonly article: readonly number[]; readonly headline: readonly number[] };

/** Saves files under a server that watches its folder, while a reader asks for the feed again and again. */
export async function measureWatch(bench: Bench, rounds: number): Promise<WatchFigures> {
  const server = await startOwnServer({ ...settingsOf(bench), WATCH: 'true' });
  const client = openClient(server.port);
  const article: number[] = [];
  const headline: number[] = [];
  try {
    await server.refreshed();
    await untilIdle(server.pid);
    for (let round = 0; round < rounds; round += 1) {
      article.push(await timeSave(client, '/articles/rss.xml', bench.corpus.changeArticle));
      if (round % 2 === 0) headline.push(await timeSave(client, '/headlines/rss.xml', bench.corpus.addHeadline));
    }
    return { article, headline };
  } finally {
    client.close();
    await server.stop();
  }
}

async function timeSave(client: Client, path: string, save: () => string): Promise<number> {
  // Some time apart, and not in step with the seconds.
  await sleep(editorPause + Math.random() * 1000);
  const ask = (tag: string) => client.ask(toRequest(path, ['Accept-Encoding: gzip', `If-None-Match: ${tag}`]));
  const tag = headerOf((await ask('"none"')).head, 'etag')!;
  const started = performance.now();
  const title = save();
  for (;;) {
    const reply = await ask(tag);
    const now = performance.now();
    if (reply.status === 200 && gunzipSync(reply.body).includes(title)) return now - started;
    if (now - started > 60_000) throw new Error(`bench: expected ${JSON.stringify(title)} in ${path} within a minute`);
    // A reader without any pause would take a core from the server.
    await sleep(1);
  }
}
