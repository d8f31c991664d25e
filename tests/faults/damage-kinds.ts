import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, openSync, statSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { editionFileOf } from '../../src/edition/kept-files.ts';
import type { Random } from '../year/random.ts';
import { type Kind, nothing } from './kind.ts';
import type { Scene } from './scene.ts';

type Damage = (file: string, random: Random) => void;

const noFile = ({ database }: Scene): string | undefined =>
  database === undefined ? undefined : 'the store is no file';

/** What destroys the store, or some of it. */
export const kindsOfDamage: readonly Kind[] = [
  { name: 'store truncated before a start', lacks: noFile, inject: betweenRuns(cut) },
  { name: 'noise in the store before a start', lacks: noFile, inject: betweenRuns(makeNoise) },
  { name: 'store truncated at work', lacks: noFile, inject: atWork(cut) },
  { name: 'noise in the store at work', lacks: noFile, inject: atWork(makeNoise) },
];

/** The last edition's file, which is read at a start. */
export const lastEditionDamaged: Kind = {
  name: 'last edition damaged',
  lacks: nothing,
  inject: async ({ home, database, supervisor }, random) => {
    const file = join(home, editionFileOf(database?.url ?? 'sqlite:store.db'));
    await supervisor.restart(() => random.pick([cut, makeNoise])(file, random));
    await supervisor.isUp();
    return 1;
  },
};

function betweenRuns(damage: Damage): Kind['inject'] {
  return async ({ home, supervisor }, random) => {
    const store = join(home, 'store.db');
    const journal = `${store}-wal`;
    await supervisor.restart(() => damage(random.chance(25) && existsSync(journal) ? journal : store, random));
    await sleep(random.whole(2000, 3000));
    return 1;
  };
}

function atWork(damage: Damage): Kind['inject'] {
  return async ({ home }, random) => {
    damage(join(home, 'store.db'), random);
    await sleep(random.whole(2000, 4000));
    return 1;
  };
}

function cut(file: string, random: Random): void {
  truncateSync(file, random.whole(0, statSync(file).size));
}

function makeNoise(file: string, random: Random): void {
  const { size } = statSync(file);
  const descriptor = openSync(file, 'r+');
  try {
    for (let times = random.whole(1, 8); times > 0; times -= 1) {
      const bytes = randomBytes(random.whole(1, 4096));
      writeSync(descriptor, bytes, 0, bytes.length, random.whole(0, size));
    }
  } finally {
    closeSync(descriptor);
  }
}
