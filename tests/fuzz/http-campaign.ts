import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { newFolder, type ServerProcess, startServer, write } from '../harness.ts';
import { arbitraryWireCase, type Expected, type WireCase } from './arbitrary-requests.ts';
import { type Framed, readFraming } from './framing.ts';
import { faultOfXml } from './publish.ts';
import { type Campaign, type CampaignFigures, leastOf, play } from './rounds.ts';
import { send } from './wire.ts';

/** Fuzzes a server process over its socket. `mostMilliseconds` is how long the answers of one connection may take. */
export async function fuzzHttp(
  campaign: Campaign,
  mostMilliseconds: number = Number.POSITIVE_INFINITY,
): Promise<CampaignFigures> {
  const server = await startSite();
  const { port } = new URL(server.origin);
  // The worker that makes what is not in the edition starts with the first question.
  await ask(Number(port), '/authors/ada/atom.xml');
  const rounds = {
    arbitrary: arbitraryWireCase,
    casesOf: () => 1,
    examine: async (wireCase: WireCase, took: (milliseconds: number) => void): Promise<string | undefined> => {
      const { bytes, isClosed, milliseconds } = await send(Number(port), wireCase, isWhole);
      const again = async (): Promise<number> => (await send(Number(port), wireCase, isWhole)).milliseconds;
      const least = await leastOf(milliseconds, again, mostMilliseconds);
      took(least);
      if (server.process.exitCode !== null) return `the server ended: ${server.log.slice(-3).join('\n')}`;
      if (least > mostMilliseconds) return `${Math.round(least)} ms to answer`;
      if (wireCase.ending === 'leave') return undefined;
      return faultOf(wireCase, bytes, isClosed);
    },
    show: ({ bytes, pauses, ending }: WireCase) => `  ${JSON.stringify(bytes)} ${JSON.stringify({ pauses, ending })}`,
    parallel: 16,
  };
  const figures = await play(rounds, campaign);
  const after = await ask(Number(port), '/rss.xml');
  const code = await server.stop();
  const faults = [
    ...figures.faults,
    ...(after?.status === 200 ? [] : ['afterwards the feed was not answered']),
    ...(code === 0 ? [] : [`the server ended with ${code}: ${server.log.slice(-3).join('\n')}`]),
    ...server.log.filter((line) => /"level":[56]0|Warning/.test(line)),
  ];
  return { ...figures, faults };
}

function isWhole(bytes: Buffer): boolean {
  return readFraming(bytes, () => 'GET', false).fault === undefined;
}

async function ask(port: number, path: string): Promise<Framed | undefined> {
  const bytes = `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`;
  const received = await send(port, { bytes, pauses: [], ending: 'wait', expected: [], most: 1 }, isWhole);
  return readFraming(received.bytes, () => 'GET', received.isClosed).answers[0];
}

function startSite(): Promise<ServerProcess> {
  const dir = newFolder();
  write(dir, {
    'publication.yaml': 'title: The Wire\nid: tag:example.com,2026:wire\ngone: [tags/over]\n',
    'one.md': `---\ntitle: One\nauthor: Ada\ntags: [Größe]\n---\n![a](a.png)\n\n${'A line of its text. '.repeat(40)}\n`,
    'two.md': '---\ntitle: Two\npermalink: /2026/two\n---\nText of two.\n',
    'headlines.txt': 'Harbour opens its new pier\nFerry sails on Sundays too\n',
    'a.png': Buffer.alloc(5000, 'x'),
  });
  return startServer({
    DATA_DIR: dir,
    PUBLIC_URL: 'https://news.example.com/base',
    ADMIN_TOKEN: 'a-token-that-nobody-guesses',
  });
}

function faultOf({ expected, most }: WireCase, bytes: Buffer, isClosed: boolean): string | undefined {
  const { answers, fault } = readFraming(bytes, (n) => expected?.[n]?.method ?? 'GET', isClosed);
  if (fault !== undefined) return fault;
  // One that is found to be broken while its body comes may have been answered already; the refusal ends the connection.
  const taken = answers.filter(({ status }) => status !== 400).length;
  if (taken > most) return `${taken} answers to ${most} requests`;
  if (expected !== undefined && answers.length < expected.length) {
    return `${answers.length} answers to ${expected.length} requests, the last ${answers.at(-1)?.status}`;
  }
  for (const [index, answer] of answers.entries()) {
    const found = faultOfAnswer(answer, expected?.[index]);
    if (found !== undefined) return found;
  }
  return undefined;
}

function faultOfAnswer(answer: Framed, expected: Expected | undefined): string | undefined {
  const { status } = answer;
  if (status >= 500) return `answered ${status}`;
  const isRead = expected?.method === 'GET' || expected?.method === 'HEAD';
  if (expected?.isFeed && isRead && ![200, 226, 304, 406].includes(status)) return `a feed answered ${status}`;
  if (expected?.method !== 'GET' || !(status === 200 || status === 226)) return undefined;
  return faultOfBody(answer);
}

/** A document is whole, and well-formed. */
function faultOfBody({ header, body }: Framed): string | undefined {
  const coding = header('content-encoding');
  try {
    const text = (
      coding === 'br' ? brotliDecompressSync(body) : coding === 'gzip' ? gunzipSync(body) : body
    ).toString();
    const type = header('content-type') ?? '';
    if (type.includes('json')) JSON.parse(text);
    return type.includes('xml') && !type.includes('svg') ? faultOfXml(text) : undefined;
  } catch (error) {
    return `a body that cannot be read: ${(error as Error).message}`;
  }
}
