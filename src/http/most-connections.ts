import { readFileSync } from 'node:fs';

const usual = 20_000;

/** Descriptors left for the store, the data folder, and whatever else is not a reader's connection. */
const reserve = 256;

/**
 * How many connections there may be at once: fewer where the system allows few open files, so that readers do not keep
 * the store and the data folder from being opened. `limits` is /proc/self/limits (proc(5)),
 * empty on other systems.
 */
export function mostConnections(limits: string = readLimits()): number {
  const files = Number(/^Max open files\s+(\d+)/m.exec(limits)?.[1] ?? Number.POSITIVE_INFINITY);
  return Math.min(usual, Math.max(files - reserve, Math.floor(files / 2)));
}

function readLimits(): string {
  try {
    return readFileSync('/proc/self/limits', 'utf8');
  } catch {
    return '';
  }
}
