import { setPriority } from 'node:os';

/** Has the calling thread give way to those that answer. */
export function giveWay(): void {
  try {
    // On Linux this is the calling thread alone.
    setPriority(10);
  } catch {
    // Not allowed everywhere, and not needed.
  }
}
