import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../year/random.ts';
import { type Kind, nothing } from './kind.ts';
import type { Scene } from './scene.ts';

const noDisk = ({ disk, database }: Scene): string | undefined =>
  database !== undefined ? 'the store is no file' : disk === undefined ? 'mounting is not allowed' : undefined;
const noClock = ({ clock }: Scene): string | undefined =>
  clock === undefined ? 'libfaketime is not installed' : undefined;
const noDatabase = ({ database }: Scene): string | undefined =>
  database === undefined ? 'the store is in SQLite' : undefined;

/** What happens around a process, and leaves the store as it was written. */
export const surroundingsKinds: readonly Kind[] = [
  { name: 'disk full', lacks: noDisk, inject: fillDisk },
  { name: 'disk full at a start', lacks: noDisk, inject: startOnFullDisk },
  { name: 'disk read-only', lacks: noDisk, inject: startOnReadOnlyDisk },
  { name: 'clock set', lacks: noClock, inject: setClock },
  { name: 'data folder away', lacks: nothing, inject: moveFolder },
  { name: 'data folder away at a start', lacks: nothing, inject: startWithoutFolder },
  { name: 'Postgres restarted', lacks: noDatabase, inject: restartDatabase },
];

async function fillDisk({ disk, supervisor }: Scene, random: Random): Promise<number> {
  disk!.fill();
  await sleep(random.whole(2000, 4000));
  // What was given back in the meantime is taken too.
  disk!.fill();
  await sleep(random.whole(500, 2000));
  if (random.chance(30)) {
    await supervisor.restart();
    await sleep(2000);
  }
  disk!.free();
  return 1;
}

async function startOnFullDisk({ disk, supervisor }: Scene, random: Random): Promise<number> {
  await supervisor.restart(() => disk!.fill());
  await sleep(random.whole(3000, 5000));
  disk!.free();
  return 1;
}

/** The system lets nobody take a disk away from writing while a process has a file open to write. */
async function startOnReadOnlyDisk({ disk, supervisor }: Scene, random: Random): Promise<number> {
  await supervisor.restart(() => disk!.allow('reading'));
  await sleep(random.whole(3000, 5000));
  disk!.allow('writing');
  return 1;
}

const hour = 3600;

async function setClock({ clock, supervisor }: Scene, random: Random): Promise<number> {
  const jumps = [hour, -hour, 26 * hour, -26 * hour, 90, -90].map((seconds) => seconds + random.whole(-40, 40));
  for (const seconds of [random.pick(jumps), random.pick(jumps), 0]) {
    clock!.set(seconds);
    await sleep(random.whole(2000, 4000));
    if (!random.chance(20)) continue;
    await supervisor.restart();
    await sleep(1500);
  }
  return 3;
}

async function moveFolder({ dir, editor }: Scene, random: Random): Promise<number> {
  // Whoever saves a file makes its folder.
  editor.pause();
  renameSync(dir, `${dir}.away`);
  await sleep(random.whole(0, 2000));
  if (random.chance(50)) {
    // An empty mount point.
    mkdirSync(dir);
    await sleep(random.whole(1000, 3000));
    rmSync(dir, { recursive: true });
  }
  renameSync(`${dir}.away`, dir);
  editor.resume();
  return 1;
}

async function startWithoutFolder({ dir, editor, supervisor }: Scene, random: Random): Promise<number> {
  editor.pause();
  await supervisor.restart(() => renameSync(dir, `${dir}.away`));
  await sleep(random.whole(2500, 4000));
  renameSync(`${dir}.away`, dir);
  editor.resume();
  return 1;
}

async function restartDatabase({ database }: Scene, random: Random): Promise<number> {
  await sleep(random.whole(0, 1300));
  database!.stop();
  await sleep(random.whole(0, 4000));
  database!.start();
  return 1;
}
