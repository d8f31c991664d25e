import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { type Client, headerOf, openClient, type Reply, toRequest } from './client.ts';
import { startProcess } from './contenders.ts';
import { shortArticle } from './corpus.ts';

/** How many answers were looked at, of how many versions, and what was wrong with them. */
export type ConsistencyFigures = {
  readonly answers: number;
  readonly versions: number;
  readonly statuses: Readonly<Record<number, number>>;
  readonly faults: readonly string[];
};

const paths = ['/rss.xml', '/atom.xml', '/feed.json', '/articles/rss.xml', '/articles/feed.json'];
const codings = ['br', 'gzip', 'identity'] as const;
const connections = 16;

/**
 * Asks until so many answers have come and so many versions of documents were among them, while files change ten times
 * a second and are watched.
 */
export async function checkConsistency(least: {
  readonly answers: number;
  readonly versions: number;
}): Promise<ConsistencyFigures> {
  const work = mkdtempSync(join(tmpdir(), 'linecaster-bench-'));
  const data = join(work, 'data');
  mkdirSync(data);
  writeFileSync(join(data, 'publication.yaml'), 'id: tag:example.com,2026:bench\ntitle: Bench\n');
  for (let n = 0; n < 60; n += 1) writeFileSync(join(data, `article-${n}.md`), shortArticle(n));
  const { child, port } = await startProcess('linecaster', {
    DATA_DIR: data,
    STORE_URL: `sqlite:${join(work, 'store.db')}`,
    PUBLIC_URL: 'https://news.example.com',
    PORT: '0',
    LOG_LEVEL: 'silent',
    WATCH: 'true',
  });
  let edit = 60;
  const editing = setInterval(() => {
    edit += 1;
    writeFileSync(join(data, `article-${edit % 60}.md`), shortArticle(edit));
  }, 100);
  const checker = createChecker();
  try {
    const ask = async (client: Client): Promise<void> => {
      while (checker.figures().answers < least.answers || checker.figures().versions < least.versions) {
        await checker.ask(client);
      }
      client.close();
    };
    await Promise.all(Array.from({ length: connections }, () => ask(openClient(port))));
    return checker.figures();
  } finally {
    clearInterval(editing);
    child.kill();
    await once(child, 'exit');
    rmSync(work, { recursive: true, force: true });
  }
}

type Checker = {
  readonly ask: (client: Client) => Promise<void>;
  readonly figures: () => ConsistencyFigures;
};

function createChecker(): Checker {
  /** The last body seen of each path, tag and coding: an answer that equals it was looked at already. */
  const seen = new Map<string, Buffer>();
  /** The tags of each path, the newest first. */
  const tags = new Map<string, readonly string[]>();
  const versions = new Set<string>();
  const statuses: Record<number, number> = {};
  const faults: string[] = [];
  let turn = 0;
  const check = (path: string, coding: (typeof codings)[number], reply: Reply): string | undefined => {
    const tag = headerOf(reply.head, 'etag') ?? '';
    if (reply.status === 304) return versions.has(`${path} ${tag}`) ? undefined : `304 with ${tag}, never seen`;
    const key = `${path} ${tag} ${coding} ${reply.status}`;
    const known = seen.get(key);
    if (known?.equals(reply.body)) return undefined;
    seen.set(key, Buffer.from(reply.body));
    if (seen.size > 500) seen.delete(seen.keys().next().value!);
    versions.add(`${path} ${tag}`);
    const before = tags.get(path) ?? [];
    if (!before.includes(tag)) tags.set(path, [tag, ...before]);
    return faultOf(tag, coding, reply);
  };
  return {
    ask: async (client) => {
      turn += 1;
      const path = paths[turn % paths.length]!;
      const coding = codings[Math.floor(turn / paths.length) % codings.length]!;
      // In turn: without a tag, with the newest one, and with an older one by a reader that takes deltas.
      const habit = Math.floor(turn / 15) % 3;
      const known = habit === 0 ? undefined : tags.get(path)?.at(habit === 1 ? 0 : Math.min(turn % 4, 3));
      const delta = habit === 2 ? ['User-Agent: Newsboat/2.36', 'A-IM: feed'] : [];
      const conditions = known === undefined ? [] : [`If-None-Match: ${known}`];
      const reply = await client.ask(toRequest(path, [`Accept-Encoding: ${coding}`, ...conditions, ...delta]));
      statuses[reply.status] = (statuses[reply.status] ?? 0) + 1;
      const fault = check(path, coding, reply);
      if (fault !== undefined) faults.push(`${path}: ${fault}`);
    },
    figures: () => ({ answers: turn, versions: versions.size, statuses, faults }),
  };
}

/** A tag has the hash of the text and the time of Last-Modified in it, so that all of an answer can be held to it. */
function faultOf(tag: string, coding: (typeof codings)[number], { status, head, body }: Reply): string | undefined {
  if (status !== 200 && status !== 226) return `expected 200, 226 or 304, found ${status}`;
  const [version, hash] = tag.slice(3, -1).split('-');
  const expected = coding === 'identity' ? undefined : coding;
  const found = headerOf(head, 'content-encoding');
  if (found !== expected) return `expected the encoding ${expected}, found ${found}`;
  if (Date.parse(headerOf(head, 'last-modified') ?? '') !== Number(version) * 1000) return `another date than ${tag}`;
  try {
    const text = coding === 'br' ? brotliDecompressSync(body) : coding === 'gzip' ? gunzipSync(body) : body;
    const own = createHash('sha256').update(text).digest('hex').slice(0, 16);
    return own === hash || status === 226 ? undefined : `expected a text with the hash ${hash}, found ${own}`;
  } catch (error) {
    return `a body that cannot be decoded: ${(error as Error).message}`;
  }
}
