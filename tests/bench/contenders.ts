import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { headerOf, openClient, toRequest } from './client.ts';
import { shortArticle } from './corpus.ts';
import { untilIdle } from './cpu.ts';
import type { Content, Item } from './servers/content.ts';
import { hasNginx, startNginx } from './servers/nginx.ts';

/** A server that is measured. */
export type Contender = { readonly name: string; readonly port: number; readonly pid: number };

/** All servers with the same feed, and what changes it on all of them. */
export type Contenders = {
  readonly all: readonly Contender[];
  /** Publishes one more article. */
  readonly publish: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

export const linecasterName = 'Linecaster';
const feedPath = '/rss.xml';

/** Starts a process of `servers/` and waits for its port. */
export async function startProcess(
  name: string,
  env: NodeJS.ProcessEnv = {},
): Promise<{ readonly child: ChildProcess; readonly port: number }> {
  const module = join(import.meta.dirname, 'servers', `${name}.ts`);
  const child = fork(module, [], { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  return { child, port };
}

/** Starts all of them over a feed of fifty articles and about 40 kB. */
export async function startContenders(): Promise<Contenders> {
  const work = mkdtempSync(join(tmpdir(), 'linecaster-bench-'));
  const data = join(work, 'data');
  mkdirSync(data);
  writeFileSync(join(data, 'publication.yaml'), 'id: tag:example.com,2026:bench\ntitle: Bench\nlanguage: en\n');
  let published = 0;
  const write = (): void => {
    published += 1;
    writeFileSync(join(data, `article-${published}.md`), shortArticle(published));
  };
  for (let n = 0; n < 60; n += 1) write();
  const linecaster = await startProcess('linecaster', {
    DATA_DIR: data,
    STORE_URL: `sqlite:${join(work, 'store.db')}`,
    PUBLIC_URL: 'https://news.example.com',
    PORT: '0',
    LOG_LEVEL: 'silent',
  });
  let content = await settledContent(linecaster.port, '');
  const others = await Promise.all(['bare', 'express-string', 'express-feed'].map((name) => startProcess(name)));
  const nginx = hasNginx() ? await startNginx(join(work, 'nginx')) : undefined;
  const hand = async (): Promise<void> => {
    for (const { child } of others) {
      child.send(content);
      await once(child, 'message');
    }
    nginx?.put(content);
  };
  await hand();
  await untilIdle(linecaster.child.pid!);
  const names = ['bare node:http', 'Express, compression, kept string', 'Express, feed on every request'];
  const all: Contender[] = [
    { name: linecasterName, port: linecaster.port, pid: linecaster.child.pid! },
    ...others.map(({ child, port }, index) => ({ name: names[index]!, port, pid: child.pid! })),
  ];
  if (nginx !== undefined) all.splice(2, 0, { name: 'nginx, gzip_static', port: nginx.port, pid: nginx.process.pid! });
  return {
    all,
    publish: async () => {
      write();
      linecaster.child.kill('SIGHUP');
      content = await settledContent(linecaster.port, content.etag);
      await hand();
      await untilIdle(linecaster.child.pid!);
    },
    stop: async () => {
      const children = [linecaster.child, ...others.map(({ child }) => child), ...(nginx ? [nginx.process] : [])];
      await Promise.all(children.map(end));
      rmSync(work, { recursive: true, force: true });
    },
  };
}

function end(child: ChildProcess): Promise<unknown> {
  child.kill();
  return once(child, 'exit');
}

/** What Linecaster sends once its tag is not `before` any more and its encodings are the smallest. */
async function settledContent(port: number, before: string): Promise<Content> {
  const client = openClient(port);
  const zipped = toRequest(feedPath, ['Accept-Encoding: gzip']);
  let reply = await client.ask(zipped);
  for (let same = 0, size = 0; same < 5; same = reply.body.length === size ? same + 1 : 0) {
    size = headerOf(reply.head, 'etag') === before ? -1 : reply.body.length;
    await new Promise((resolve) => setTimeout(resolve, 200));
    reply = await client.ask(zipped);
  }
  const identity = await client.ask(toRequest(feedPath));
  const etag = headerOf(reply.head, 'etag')!;
  const notModified = await client.ask(toRequest(feedPath, [`If-None-Match: ${etag}`]));
  const json = JSON.parse((await client.ask(toRequest('/feed.json'))).body.toString()) as { items: Item[] };
  client.close();
  return {
    text: identity.body.toString(),
    gzip: reply.body.toString('base64'),
    etag,
    lastModified: headerOf(reply.head, 'last-modified')!,
    gzipHeaders: headersOf(reply.head),
    identityHeaders: headersOf(identity.head),
    notModifiedHeaders: headersOf(notModified.head),
    items: json.items,
  };
}

function headersOf(head: string): readonly string[] {
  return head
    .split('\r\n')
    .slice(1)
    .filter((line) => !/^(date|connection|keep-alive):/i.test(line))
    .flatMap((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]);
}
