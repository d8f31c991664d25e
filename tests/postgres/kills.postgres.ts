import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { ServerProcess } from '../harness.ts';
import type { Peer } from '../push/hub.ts';
import { type Random, toRandom } from '../year/random.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { toToken } from './editor.ts';
import { compare } from './journal.ts';
import { poll } from './readers.ts';
import { openStage, paths, type Stage } from './stage.ts';

const kills = Number(process.env.KILLS || 3);
const seed = Number(process.env.KILLS_SEED || Date.now() % 1_000_000);

let cluster: Cluster;
beforeAll(() => {
  cluster = startCluster();
});
afterAll(() => cluster.remove());
let stage: Stage | undefined;
afterEach(() => stage?.close());

/** When the leader is killed; the first two leave a post behind that was sent and not noted. */
const moments: readonly ((stage: Stage, random: Random) => Promise<unknown>)[] = [
  ({ hook }) => nextPost(hook),
  ({ hub }) => nextPost(hub),
  // A refresh waits for its second: what follows is the reading, printing and writing.
  (_, random) => sleep(1000 - (Date.now() % 1000) + random.whole(0, 150)),
  async ({ journal }, random) => {
    await journal.nextWrite();
    await sleep(random.whole(0, 40));
  },
  (_, random) => sleep(random.whole(0, 2000)),
];

test(`the leader of three is killed ${kills} times under load, and readers, hub and hook go on as if it lived`, {
  timeout: 120_000 + kills * 60_000,
  retry: 0,
}, async () => {
  console.log(`KILLS=${kills} KILLS_SEED=${seed}`);
  const random = toRandom(seed);
  stage = await openStage(cluster.newDatabase(), random);
  const killed: number[] = [];
  const takeovers: number[] = [];
  for (let kill = 0; kill < kills; kill += 1) {
    stage.editor.resume();
    await sleep(random.whole(1500, 3000));
    await moments[kill % moments.length]!(stage, random);
    killed.push(Date.now());
    takeovers.push(await killLeader(stage, kill));
    stage.editor.pause();
    await until(`the same bytes of all after kill ${kill}`, () => areAlike(stage!.replicas));
  }
  stage.rest();
  await until('all that was saved', () => isAllOut(stage!));
  await until('nothing left to be told', async () => (await stage!.journal.pending()) === 0);
  const { witness, journal, hub, hook, replicas } = stage;
  const told = { hub: await compare(journal, hub, killed), hook: await compare(journal, hook, killed) };
  print(stage, takeovers, told);
  expect([...witness.faults]).toEqual([]);
  expect(await unknownDocuments(stage)).toEqual([]);
  expect(await areAlike(replicas)).toBe(true);
  expect(Math.max(...takeovers)).toBeLessThan(30_000);
  expect(stage.visits.behind).toBe(0);
  for (const one of [told.hub, told.hook]) expect(one).toMatchObject({ repeated: 0, lost: 0 });
});

/** Kills the leader, starts another replica in its place, and gives the milliseconds until a survivor publishes. */
async function killLeader({ replicas, editor, start }: Stage, kill: number): Promise<number> {
  const leader = leaderOf(replicas);
  leader.process.kill('SIGKILL');
  const title = `Takeover ${kill} is published`;
  editor.publish(title);
  const survivors = replicas.filter((one) => one !== leader);
  const isPublished = async (): Promise<boolean> => {
    const answers = await Promise.all(survivors.map(({ origin }) => poll(origin, '/articles/feed.json')));
    return answers.some(({ text }) => text.includes(title));
  };
  const [took, replacement] = await Promise.all([
    until(`another to publish after kill ${kill}`, isPublished),
    start(kill % 2 === 0 ? leader : undefined),
  ]);
  replicas[replicas.indexOf(leader)] = replacement;
  return took;
}

/** The replica that was the last to read a file: the others only load what that one has stored. */
function leaderOf(replicas: readonly ServerProcess[]): ServerProcess {
  const lastRead = ({ log }: ServerProcess): number => {
    const line = log.findLast((one) => /"read":[1-9]/.test(one));
    return line === undefined ? 0 : (JSON.parse(line) as { time: number }).time;
  };
  return replicas.toSorted((a, b) => lastRead(a) - lastRead(b)).at(-1)!;
}

/** Resolves when the peer has received a post, which it never answers. */
function nextPost(peer: Peer): Promise<void> {
  const usual = peer.answer;
  return new Promise((resolve) => {
    peer.answer = () => {
      peer.answer = usual;
      resolve();
    };
  });
}

async function until(what: string, holds: () => Promise<boolean>): Promise<number> {
  const started = Date.now();
  while (!(await holds())) {
    if (Date.now() > started + 60_000) throw new Error(`expected ${what} within a minute, of seed ${seed}`);
    await sleep(100);
  }
  return Date.now() - started;
}

async function areAlike(replicas: readonly ServerProcess[]): Promise<boolean> {
  const said = replicas.map(async ({ origin }) => {
    const answers = await Promise.all(paths.map((path) => poll(origin, path)));
    return answers.map(({ tag, modified, text }) => `${tag} ${modified} ${text}`).join('\n');
  });
  return new Set(await Promise.all(said)).size === 1;
}

async function isAllOut({ journal, editor }: Stage): Promise<boolean> {
  const shown = new Set(await journal.titles());
  const saved = new Set(editor.titles());
  // A headline that is no longer in its list may have rotated out of it, and then stays.
  return saved.isSubsetOf(shown) && [...shown.difference(saved)].every((title) => toToken(title).startsWith('H'));
}

/** Documents of the main feeds, seen by readers, that the store never held. */
async function unknownDocuments({ witness, journal }: Stage): Promise<readonly string[]> {
  const unknown: string[] = [];
  for (const [path, tag] of witness.documents()) {
    if (!path.startsWith('/tags/') && !(await journal.knows(path, tag))) unknown.push(`${path} ${tag}`);
  }
  return unknown;
}

function print({ witness, proxy, editor, visits }: Stage, takeovers: readonly number[], told: object): void {
  const figures = {
    polls: witness.polls(),
    statuses: Object.fromEntries(witness.statuses),
    failed: witness.failed(),
    ...proxy.faults,
    documents: witness.documents().length,
    saved: editor.saved(),
    takeovers: takeovers.toSorted((a, b) => a - b).join(' '),
    told,
    visits,
  };
  console.log(JSON.stringify(figures, undefined, 1));
}
