import type { Stat } from './folder.ts';

/** The four members that matter. */
export function pickStat({ size, mtimeMs, ctimeMs, ino }: Stat): Stat {
  return { size, mtimeMs, ctimeMs, ino };
}

/** Whether nothing tells the two apart. */
export function isSameStat(a: Stat, b: Stat): boolean {
  return a.size === b.size && a.mtimeMs === b.mtimeMs && a.ctimeMs === b.ctimeMs && a.ino === b.ino;
}
