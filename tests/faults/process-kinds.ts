import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../year/random.ts';
import { type Kind, nothing } from './kind.ts';
import type { Sabotage } from './sabotage.ts';
import type { Scene } from './scene.ts';

/** What happens to a process. */
export const processKinds: readonly Kind[] = [
  { name: 'killed in a refresh', lacks: nothing, inject: killInRefreshes },
  { name: 'killed in a start', lacks: nothing, inject: killInStarts },
  { name: 'no file descriptors', lacks: nothing, inject: exhaustDescriptors },
  toSabotage('worker terminated'),
  toSabotage('rejection in a worker'),
  toSabotage('exception in a worker'),
  toSabotage('rejection in the main thread'),
];

/** A refresh waits for its second, so that most of one is within this time after a file was saved. */
const refreshMilliseconds = 1300;

async function killInRefreshes({ supervisor, editor }: Scene, random: Random): Promise<number> {
  const kills = 4;
  for (let kill = 0; kill < kills; kill += 1) {
    await supervisor.isUp();
    const saved = editor.saved();
    while (editor.saved() === saved) await sleep(5);
    await sleep(random.whole(0, refreshMilliseconds));
    await supervisor.restart();
  }
  return kills;
}

async function killInStarts({ supervisor }: Scene, random: Random): Promise<number> {
  const kills = 3;
  for (let kill = 0; kill < kills; kill += 1) {
    await supervisor.restart();
    await sleep(random.whole(200, 2000));
  }
  return kills;
}

async function exhaustDescriptors({ supervisor }: Scene, random: Random): Promise<number> {
  const pid = supervisor.pid();
  const open = readdirSync(`/proc/${pid}/fd`).length;
  const allow = (descriptors: number): void =>
    void execFileSync('prlimit', ['--pid', String(pid), `--nofile=${descriptors}:`], { stdio: 'pipe' });
  allow(open + random.whole(0, 4));
  await sleep(random.whole(2500, 5000));
  allow(4096);
  return 1;
}

function toSabotage(name: Sabotage): Kind {
  const inject = async ({ hand }: Scene, random: Random): Promise<number> => {
    await sleep(random.whole(0, refreshMilliseconds));
    hand.order(name);
    await sleep(500);
    return 1;
  };
  return { name, lacks: nothing, inject };
}
