import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { toRandom } from '../year/random.ts';
import { servedBy } from './round-robin.ts';

/** One answer to one poll. */
export type Polled = {
  readonly path: string;
  readonly status: number;
  /** Empty but for 200 and 226. */
  readonly text: string;
  readonly tag: string;
  /** Seconds since 1970, of the date or, where the answer has none, of the tag. */
  readonly modified: number;
  readonly isDated: boolean;
  readonly replica: string;
  /** What the reader had: the date of its copy in seconds since 1970, if it said so with a tag. */
  readonly had: number | undefined;
};

/** Who hears of each answer; `reader` numbers the readers, whose polls come one after the other. */
export type Listener = {
  readonly onAnswer: (reader: number, answer: Polled) => void;
  readonly onFailure: (path: string, error: Error) => void;
};

type Copy = { readonly tag: string; readonly modified: number };

/** How long an answer may take, in milliseconds. */
const usualPatience = 10_000;

const agent = new Agent({ keepAlive: true });

/** Readers that poll `origin` without rest until `signal` aborts: each in its own way, always a different feed. */
export function startReaders(
  origin: string,
  paths: readonly string[],
  count: number,
  listener: Listener,
  signal: AbortSignal,
  patience: number = usualPatience,
): void {
  for (let reader = 0; reader < count; reader += 1) void read(origin, paths, reader, listener, signal, patience);
}

async function read(
  origin: string,
  paths: readonly string[],
  reader: number,
  listener: Listener,
  signal: AbortSignal,
  patience: number,
): Promise<void> {
  const random = toRandom(reader + 1);
  const copies = new Map<string, Copy>();
  while (!signal.aborted) {
    const path = random.pick(paths);
    const copy = random.chance(75) ? copies.get(path) : undefined;
    const way = random.pick(['tag', 'tag', 'date', 'both', 'delta'] as const);
    try {
      const headers = { ...toConditions(copy, way), ...random.pick(encodings) };
      const answer = await poll(origin, path, headers, patience);
      copies.set(path, { tag: answer.tag, modified: answer.modified });
      listener.onAnswer(reader, { ...answer, had: way === 'date' ? undefined : copy?.modified });
    } catch (error) {
      listener.onFailure(path, error as Error);
    }
    await sleep(random.whole(5, 40));
  }
}

const encodings = [{}, { 'Accept-Encoding': 'gzip' }, { 'Accept-Encoding': 'br, gzip' }] as const;

function toConditions(
  copy: Copy | undefined,
  way: 'tag' | 'date' | 'both' | 'delta',
): Readonly<Record<string, string>> {
  if (copy === undefined) return {};
  const date = { 'If-Modified-Since': new Date(copy.modified * 1000).toUTCString() };
  const tag = { 'If-None-Match': copy.tag };
  if (way === 'tag') return tag;
  if (way === 'date') return date;
  if (way === 'both') return { ...tag, ...date };
  return { ...tag, 'A-IM': 'feed', 'User-Agent': 'newsboat/2.38' };
}

/** Polls once. Rejects when the answer is broken off, cannot be decoded or is no answer to a poll. */
export async function poll(
  origin: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  patience: number = usualPatience,
): Promise<Polled> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    request(origin + path, { agent, headers, timeout: patience }, resolve)
      .on('timeout', function (this: ClientRequest) {
        this.destroy(new Error(`no answer for ${patience} milliseconds`));
      })
      .on('error', reject)
      .end();
  });
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  const status = answer.statusCode!;
  if (![200, 226, 304].includes(status)) throw new Error(`answered ${status}: ${Buffer.concat(chunks)}`);
  const tag = answer.headers.etag!;
  const date = answer.headers['last-modified'];
  return {
    path,
    status,
    text: decode(Buffer.concat(chunks), answer.headers['content-encoding']),
    tag,
    modified: date === undefined ? Number(/^W\/"(\d+)-/.exec(tag)?.[1]) : Date.parse(date) / 1000,
    isDated: date !== undefined,
    replica: String(answer.headers[servedBy] ?? origin),
    had: undefined,
  };
}

function decode(body: Buffer, coding: string | undefined): string {
  if (coding === 'gzip') return gunzipSync(body).toString();
  if (coding === 'br') return brotliDecompressSync(body).toString();
  return body.toString();
}
