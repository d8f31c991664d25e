import { setTimeout as sleep } from 'node:timers/promises';
import { type Instant, toInstant } from '../lib/instant.ts';
import type { Ledger } from './ledger.ts';

/**
 * Now, but in a later second than any document's version, so that Last-Modified is never later than Date, and than the
 * last writing, whose time is the version of archive documents.
 */
export async function laterThanLast(
  ledger: Ledger,
  written: Instant | undefined,
  clock: () => number,
): Promise<Instant> {
  let last = Math.floor((written ?? 0) / 1000);
  for (const { version } of ledger.documents.values()) last = Math.max(last, version);
  for (const { version } of ledger.feeds.values()) last = Math.max(last, version);
  const wait = (last + 1) * 1000 - clock();
  // Further ahead, the clock was put back: waiting would not help. A timer may come a millisecond early.
  if (wait > 0 && wait <= 2000) await sleep(wait + 1);
  return toInstant(clock());
}
