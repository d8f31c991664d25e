import type { Random } from '../year/random.ts';
import type { Scene } from './scene.ts';

/** A kind of fault. */
export type Kind = {
  readonly name: string;
  /** What is missing for it here; undefined when it can be had. */
  readonly lacks: (scene: Scene) => string | undefined;
  /** Brings it about and takes it away again, while the editor is at work. Gives how many faults that were. */
  readonly inject: (scene: Scene, random: Random) => Promise<number>;
};

/** For what every machine has. */
export const nothing = (): undefined => undefined;
