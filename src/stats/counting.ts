import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config.ts';
import type { CountAnswer } from '../http/answer.ts';
import type { Batch } from './batch.ts';
import { openCounter } from './counter.ts';
import { type Salt, toSalt } from './hash.ts';

/** The counting of a process. */
export type Counting = {
  readonly count: CountAnswer;
  /** Takes the secrets of days, which all replicas share. */
  readonly takeSalts: (salts: ReadonlyMap<string, string>) => void;
  /** Hands on what was counted so far; resolves when the store has it, or cannot have it now, or is busy for a second. */
  readonly flush: () => Promise<void>;
  /** Hands on what is left. */
  readonly stop: () => void;
};

const flushMilliseconds = 60_000;
/** A store that is busy does not keep anybody longer from the figures that there are. */
const patience = 1000;

/** Counts from now on, and hands on what was counted once a minute; counts nothing where STATS is false. */
export function startCounting(
  { STATS, TRUST_PROXY }: Pick<Config, 'STATS' | 'TRUST_PROXY'>,
  emit: (batch: Batch) => Promise<void>,
): Counting {
  if (!STATS) return none;
  const salts = openSalts();
  const { count, flush, renew } = openCounter({ proxies: TRUST_PROXY ?? 0, saltOf: salts.of, emit });
  const timer = setInterval(() => void flush(), flushMilliseconds).unref();
  return {
    count,
    takeSalts: (told) => {
      salts.take(told);
      renew();
    },
    flush: () => Promise.race([flush(), sleep(patience, undefined, { ref: false })]),
    stop: () => {
      clearInterval(timer);
      void flush();
    },
  };
}

const nothing = (): void => undefined;
const none: Counting = { count: nothing, takeSalts: nothing, flush: async () => undefined, stop: nothing };

/** The secrets of days as they were told; until then such as nobody else has. */
function openSalts(): { readonly of: (day: string) => Salt; readonly take: Counting['takeSalts'] } {
  const told = new Map<string, { readonly text: string; readonly salt: Salt }>();
  const put = (day: string, text: string): Salt => {
    const known = told.get(day);
    if (known?.text === text) return known.salt;
    told.set(day, { text, salt: toSalt(text) });
    return told.get(day)!.salt;
  };
  return {
    of: (day) => told.get(day)?.salt ?? put(day, randomBytes(16).toString('hex')),
    take: (salts) => {
      for (const day of told.keys()) if (!salts.has(day)) told.delete(day);
      for (const [day, text] of salts) put(day, text);
    },
  };
}
