import type { Kind } from './kind.ts';
import { processKinds } from './process-kinds.ts';
import { surroundingsKinds } from './surroundings-kinds.ts';

/** Every kind of fault. */
export const kinds: readonly Kind[] = [...processKinds, ...surroundingsKinds];
