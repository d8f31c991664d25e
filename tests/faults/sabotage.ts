import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newFolder } from '../harness.ts';

/** What can be done to a server from within. */
export type Sabotage =
  | 'worker terminated'
  | 'rejection in a worker'
  | 'exception in a worker'
  | 'rejection in the main thread';

/** A hand within the server. */
export type Hand = {
  /** For the server's environment. */
  readonly env: NodeJS.ProcessEnv;
  /** Takes effect within a tenth of a second. */
  readonly order: (sabotage: Sabotage) => void;
};

export function openHand(): Hand {
  const file = join(newFolder(), 'order');
  writeFileSync(file, '');
  return {
    env: { SABOTAGE: file, NODE_OPTIONS: `--import ${join(import.meta.dirname, 'saboteur.ts')}` },
    order: (sabotage) => writeFileSync(file, sabotage),
  };
}
