import { setTimeout as sleep } from 'node:timers/promises';
import { toToken } from '../postgres/editor.ts';
import { poll } from '../postgres/readers.ts';
import type { Random } from '../year/random.ts';
import { damageKinds, kinds } from './kinds.ts';
import { publishedTitles } from './published.ts';
import { type Database, openScene, type Scene } from './scene.ts';

/** What a campaign is to be. */
export type Orders = {
  /** How often each kind of fault comes up. */
  readonly rounds: number;
  readonly random: Random;
  /** Only the kinds whose names hold one of these words. */
  readonly only?: readonly string[] | undefined;
  readonly database?: Database | undefined;
  /** The kinds that destroy the store, instead of all others. */
  readonly damages?: boolean;
  readonly onProgress?: (line: string) => void;
};

/** What was done, and what came of it. */
export type Figures = {
  /** How many faults of each kind. */
  readonly injected: Readonly<Record<string, number>>;
  /** The kinds that could not be had here, and why. */
  readonly skipped: Readonly<Record<string, string>>;
  /** Milliseconds from when the worst fault of each kind was over to the editor's next article in the feed. */
  readonly recovery: Readonly<Record<string, number>>;
} & Seen;

/** What readers saw, and what was wrong with it. */
type Seen = {
  readonly polls: number;
  readonly failed: number;
  readonly statuses: Readonly<Record<string, number>>;
  readonly askedAgain: number;
  readonly documents: number;
  readonly saved: number;
  readonly faults: readonly string[];
};

/**
 * So many milliseconds after a fault is over, the editor's next article is in the feed. On Postgres the lead of a process
 * that died has to lapse first.
 */
const patience = 30_000;

/** Injects fault after fault into a server at work, and looks after each whether it goes on without a hand. */
export async function runCampaign({
  rounds,
  random,
  only,
  database,
  damages = false,
  onProgress,
}: Orders): Promise<Figures> {
  const scene = await openScene(random, database, !damages);
  const injected: Record<string, number> = {};
  const recovery: Record<string, number> = {};
  const faults: string[] = [];
  const chosen = (damages ? damageKinds : kinds).filter(
    ({ name }) => only === undefined || only.some((word) => name.includes(word)),
  );
  const possible = chosen.filter(({ lacks }) => lacks(scene) === undefined);
  const skipped = Object.fromEntries(chosen.map(({ name, lacks }) => [name, lacks(scene)]).filter(([, why]) => why));
  try {
    scene.editor.resume();
    await sleep(2000);
    for (let round = 1; round <= rounds; round += 1) {
      for (const kind of random.shuffle(possible)) {
        injected[kind.name] = (injected[kind.name] ?? 0) + (await kind.inject(scene, random));
        const took = await recover(scene, `${kind.name}, round ${round}`, faults);
        recovery[kind.name] = Math.max(recovery[kind.name] ?? 0, took);
        onProgress?.(
          `round ${round}: ${kind.name}: ${took} ms; ${scene.witness.polls()} polls, ${scene.witness.failed()} failed`,
        );
      }
    }
    await settle(scene, faults);
    return { injected, recovery, skipped, ...figuresOf(scene, faults) };
  } finally {
    await scene.close();
  }
}

/** Waits until the editor's next article is published; gives the milliseconds that it took. */
async function recover({ editor, door, supervisor }: Scene, after: string, faults: string[]): Promise<number> {
  const title = `Published after all, ${editor.saved()}`;
  editor.publish(title);
  const started = Date.now();
  const shows = (): Promise<boolean> =>
    poll(door.origin, '/articles/feed.json').then(
      ({ text }) => text.includes(title),
      () => false,
    );
  while (!(await shows())) {
    if (Date.now() - started > patience) {
      faults.push(`${after}: nothing was published within ${patience} ms: ${supervisor.log.slice(-40).join('\n')}`);
      break;
    }
    await sleep(50);
  }
  return Date.now() - started;
}

/** All that was saved is published, and nothing else, when all have come to rest. */
async function settle(scene: Scene, faults: string[]): Promise<void> {
  scene.editor.pause();
  const deadline = Date.now() + patience;
  for (;;) {
    const wrong = await differences(scene).catch(async (error: Error) => {
      // Damage where nobody has read since is found at the next start, which reads everything.
      await scene.supervisor.restart();
      await scene.supervisor.isUp();
      return [`the store cannot be read: ${error.message}`];
    });
    if (wrong.length === 0) break;
    if (Date.now() > deadline) {
      faults.push(...wrong, scene.supervisor.log.slice(-40).join('\n'));
      break;
    }
    await sleep(200);
  }
  // The readers see it too.
  await sleep(1000);
  scene.rest();
}

async function differences({ editor, home, database }: Scene): Promise<readonly string[]> {
  const shown = new Set(await publishedTitles(home, database?.url));
  const saved = new Set(editor.titles());
  const lost = [...saved.difference(shown)].map((title) => `not published: ${title}`);
  // A headline that is no longer in its list may have rotated out of it, and then stays.
  const lingering = [...shown.difference(saved)].filter((title) => !toToken(title).startsWith('H'));
  return [...lost, ...lingering.map((title) => `still published: ${title}`)];
}

function figuresOf({ witness, door, editor, ends }: Scene, faults: readonly string[]): Seen {
  return {
    polls: witness.polls(),
    failed: witness.failed(),
    statuses: Object.fromEntries(witness.statuses),
    askedAgain: door.askedAgain(),
    documents: witness.documents().length,
    saved: editor.saved(),
    faults: [...faults, ...witness.faults, ...ends],
  };
}
