import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { newFolder, write } from '../harness.ts';
import { type Editor, startEditor } from '../postgres/editor.ts';
import { poll, startReaders } from '../postgres/readers.ts';
import { openWitness, type Witness } from '../postgres/witness.ts';
import type { Random } from '../year/random.ts';
import { type Clock, openClock } from './clock.ts';
import { type Disk, openDisk } from './disk.ts';
import { type Doorkeeper, startDoorkeeper } from './doorkeeper.ts';
import { type Hand, openHand } from './sabotage.ts';
import { type Supervisor, supervise } from './supervisor.ts';

/** A server with all that is around it: an editor, readers at the door, and what faults are made with. */
export type Scene = {
  /** The data folder; what it lies in is ours too. */
  readonly dir: string;
  /** The folder of the store and of the last edition. */
  readonly home: string;
  readonly supervisor: Supervisor;
  readonly door: Doorkeeper;
  readonly editor: Editor;
  readonly witness: Witness;
  readonly hand: Hand;
  readonly clock: Clock | undefined;
  readonly disk: Disk | undefined;
  readonly database: Database | undefined;
  /** Ends that nobody asked for. */
  readonly ends: string[];
  /** Ends the editor's and the readers' work. */
  readonly rest: () => void;
  readonly close: () => Promise<void>;
};

/** A Postgres server that can be stopped. */
export type Database = { readonly url: string; readonly stop: () => void; readonly start: () => void };

const folders = ['', 'articles/', 'headlines/', 'tags/tag-0/', 'tags/tag-1/', 'tags/tag-2/'];

/** The documents that are polled. */
const paths: readonly string[] = folders.flatMap((folder) =>
  ['rss.xml', 'atom.xml', 'feed.json'].map((name) => `/${folder}${name}`),
);

const readers = 6;
/** Milliseconds that a reader waits while one process after another is killed in its start, on a busy machine. */
const atTheDoor = 60_000;
const diskMegabytes = 24;

/**
 * Sets the scene; all are at work when it resolves, but for the editor. Without a database the store is in SQLite. With
 * `isStoreSafe` false, less is expected of answers.
 */
export async function openScene(random: Random, database?: Database, isStoreSafe = true): Promise<Scene> {
  const dir = join(newFolder(), 'data');
  mkdirSync(dir);
  write(dir, { 'publication.yaml': 'title: Tried\nid: tag:example.com,2026:tried\nlimit: 100\n' });
  const disk = openDisk(diskMegabytes);
  const home = disk?.path ?? newFolder();
  const clock = openClock();
  const hand = openHand();
  const resting = new AbortController();
  const editor = startEditor(dir, random, resting.signal);
  const witness = openWitness(isStoreSafe);
  const ends: string[] = [];
  const env = (life: number): NodeJS.ProcessEnv => ({
    DATA_DIR: dir,
    STORE_URL: database?.url ?? `sqlite:${join(home, 'store.db')}`,
    PUBLIC_URL: 'https://news.example.com',
    // Every other process has to do with the schedule alone.
    WATCH: String(life % 2 === 1),
    REFRESH_CRON: '*/2 * * * * *',
    ...clock?.env,
    ...hand.env,
  });
  const supervisor = await supervise(env, home, (how) => ends.push(how));
  const door = await startDoorkeeper(supervisor.origin, supervisor.life);
  const close = async (): Promise<void> => {
    resting.abort();
    await supervisor.close();
    door.close();
    disk?.close();
  };
  await firstEdition(door.origin);
  // A document whose version is later than the clock has no date (RFC 9110 §8.8.2.1), until the clock has caught up.
  const isClockRight = (): boolean => clock?.wasSet() !== true;
  const onAnswer: Witness['onAnswer'] = (reader, answer) =>
    witness.onAnswer(reader, { ...answer, isDated: answer.isDated || !isClockRight() });
  startReaders(door.origin, paths, readers, { ...witness, onAnswer }, resting.signal, atTheDoor);
  const rest = (): void => resting.abort();
  const parts = { dir, home, supervisor, door, editor, witness, hand, clock, disk, database, ends };
  return { ...parts, rest, close };
}

/** From here on each document is known, and has to be answered. */
async function firstEdition(origin: string): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (const path of paths) {
    while (!(await poll(origin, path).then(Boolean, () => false))) {
      if (Date.now() > deadline) throw new Error(`expected ${path} within half a minute of the first start`);
      await sleep(100);
    }
  }
}
