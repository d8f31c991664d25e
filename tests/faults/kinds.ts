import { kindsOfDamage, lastEditionDamaged } from './damage-kinds.ts';
import type { Kind } from './kind.ts';
import { processKinds } from './process-kinds.ts';
import { surroundingsKinds } from './surroundings-kinds.ts';

/** Every kind of fault that leaves the store as it was written: no id may change, and no entry be lost. */
export const kinds: readonly Kind[] = [...processKinds, ...surroundingsKinds, lastEditionDamaged];

/** Those that do not. */
export const damageKinds: readonly Kind[] = kindsOfDamage;
