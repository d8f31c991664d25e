import type { EditionChange } from './edition.ts';
import { type Resource, type ResourceHead, sizeOf } from './resource.ts';

/** What of the edition the main thread has: whole, or what is said of it only. */
export type Ration = {
  /** What to send, when `put` and `drop` made of the edition what `resources` is now. */
  readonly next: (
    resources: ReadonlyMap<string, Resource>,
    put: readonly Resource[],
    drop: readonly string[],
  ) => Pick<EditionChange, 'put' | 'drop' | 'heads'>;
  readonly holds: (path: string) => boolean;
};

/**
 * While all of the edition fits into `limit` bytes the main thread has all of it; beyond that, the documents of tags
 * and authors are made for it when they are asked for.
 */
export function createRation(limit: number): Ration {
  let isTight = false;
  return {
    next: (resources, put, drop) => {
      const wasTight = isTight;
      isTight = totalOf(resources) > limit;
      const isTurned = wasTight !== isTight;
      const sent = isTurned ? [...resources.values()].filter((one) => isRare(one.path) || put.includes(one)) : put;
      const heads = isTight ? sent.filter(({ path }) => isRare(path)).map(toHead) : [];
      return { put: isTight ? sent.filter(({ path }) => !isRare(path)) : sent, drop, heads };
    },
    holds: (path) => !isTight || !isRare(path),
  };
}

function totalOf(resources: ReadonlyMap<string, Resource>): number {
  let total = 0;
  for (const resource of resources.values()) total += sizeOf(resource);
  return total;
}

function isRare(path: string): boolean {
  return /^\/(?:tags|authors)\/.*[^/]$/.test(path);
}

function toHead(resource: Resource): ResourceHead {
  const { identity: _, gzip: __, brotli: ___, deltas: ____, isBest: _____, ...head } = resource;
  return head;
}
