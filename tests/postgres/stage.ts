import { openPostgres } from '../../src/store/postgres.ts';
import { newFolder, type ServerProcess, startServer, write } from '../harness.ts';
import { type Peer, startPeer } from '../push/hub.ts';
import type { Random } from '../year/random.ts';
import { type Editor, startEditor } from './editor.ts';
import { type Journal, openJournal } from './journal.ts';
import { poll, startReaders } from './readers.ts';
import { type RoundRobin, startRoundRobin } from './round-robin.ts';
import { openWitness, type Witness } from './witness.ts';

/** Three replicas with all that is around them: an editor, readers behind a proxy, a hub and a hook. */
export type Stage = {
  readonly replicas: ServerProcess[];
  /** Starts a replica; `inPlaceOf` another with its last edition's file, else with an empty folder. */
  readonly start: (inPlaceOf?: ServerProcess) => Promise<ServerProcess>;
  readonly proxy: RoundRobin;
  readonly hub: Peer;
  readonly hook: Peer;
  readonly journal: Journal;
  readonly editor: Editor;
  readonly witness: Witness;
  /** Whether the hub, when it came for what it was told of, was given that or a document of before. */
  readonly visits: { current: number; behind: number };
  /** Ends the editor's and the readers' work. */
  readonly rest: () => void;
  readonly close: () => Promise<void>;
};

const folders = ['', 'articles/', 'headlines/', 'tags/tag-1/'];

/** The documents that are polled. */
export const paths: readonly string[] = folders.flatMap((folder) =>
  ['rss.xml', 'atom.xml', 'feed.json'].map((name) => `/${folder}${name}`),
);

/** Sets the stage on an empty database; all are at work when it resolves, but for the editor. */
export async function openStage(url: string, random: Random): Promise<Stage> {
  const dir = newFolder();
  const resting = new AbortController();
  const journal = await openJournalOf(url);
  const [hub, hook] = await Promise.all([startPeer(), startPeer()]);
  write(dir, { 'publication.yaml': toPublication(hub, hook) });
  const editor = startEditor(dir, random, resting.signal);
  const replicas: ServerProcess[] = [];
  const proxy = await startRoundRobin(() => replicas.map(({ origin }) => origin));
  const started: Promise<ServerProcess>[] = [];
  const folderOf = new Map<ServerProcess, string>();
  const start = async (inPlaceOf?: ServerProcess): Promise<ServerProcess> => {
    const env = { DATA_DIR: dir, STORE_URL: url, PUBLIC_URL: proxy.origin, WATCH: 'true' };
    const folder = (inPlaceOf && folderOf.get(inPlaceOf)) ?? newFolder();
    const starting = startServer(env, folder);
    started.push(starting);
    const server = await starting;
    folderOf.set(server, folder);
    return server;
  };
  for (let count = 0; count < 3; count += 1) replicas.push(await start());
  const visits = { current: 0, behind: 0 };
  hub.answer = welcome(proxy, journal, visits);
  const witness = openWitness();
  startReaders(proxy.origin, paths, 6, witness, resting.signal);
  const rest = (): void => resting.abort();
  const close = async (): Promise<void> => {
    rest();
    await Promise.all(started.map(async (one) => (await one).stop()));
    for (const each of [proxy, hub, hook]) each.close();
    await journal.close();
  };
  return { replicas, start, proxy, hub, hook, journal, editor, witness, visits, rest, close };
}

async function openJournalOf(url: string): Promise<Journal> {
  const store = openPostgres(url);
  await store.load();
  await store.close();
  return openJournal(url);
}

function toPublication(hub: Peer, hook: Peer): string {
  return `title: Killed
id: tag:example.com,2026:killed
limit: 100
hubs: [${hub.url}]
hooks: { published: "${hook.url}" }
`;
}

/** A hub that says yes and comes for the document at once, to whatever replica the proxy sends it. */
function welcome(proxy: RoundRobin, journal: Journal, visits: Stage['visits']): Peer['answer'] {
  return async (response, { topic, at }) => {
    response.writeHead(204).end();
    const path = topic!.slice(proxy.origin.length);
    // What it is told of was written before somebody took it upon itself to tell: in an earlier second, to be sure.
    const version = await journal.version(path, Math.floor((await journal.claimed(topic!, at)) / 1000) - 1);
    const { modified } = await poll(proxy.origin, path);
    visits[modified < version ? 'behind' : 'current'] += 1;
  };
}
