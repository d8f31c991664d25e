import type { Config } from '../config.ts';
import type { Readership } from '../store/readership.ts';
import { type Batch, dayOf } from './batch.ts';
import { openKeeper } from './keeper.ts';

/** Where what was counted is handed in. */
export type Bureau = {
  /** Brings it into the store, if that can be done now, and tells the secrets of today and tomorrow. */
  readonly take: (batch: Batch) => Promise<void>;
  /**
   * Tells the secrets: by them all replicas tell clients apart in the same way, and so does this one after a restart.
   * With STATS=false what was kept before is taken away instead. Never rejects.
   */
  readonly begin: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** `open` gives the store's part, and throws while there is none. */
export function openBureau(
  config: Pick<Config, 'STATS' | 'STATS_DAYS'>,
  open: () => Readership,
  tell: (salts: ReadonlyMap<string, string>) => void,
  onFault: (error: Error) => void,
): Bureau {
  const keeper = openKeeper(open, { days: config.STATS_DAYS, onFault });
  const tellSalts = async (): Promise<void> => {
    const hour = Math.floor(Date.now() / 3_600_000);
    try {
      tell(await open().salts([dayOf(hour), dayOf(hour + 24)]));
    } catch {
      // Without them clients are told apart by a secret of this process, and some are counted twice.
    }
  };
  // Asynchronous, so that it rejects where `open` throws.
  const forgetAll = async (): Promise<void> => open().forgetAll();
  return {
    take: async (batch) => {
      await keeper.take(batch);
      void tellSalts();
    },
    begin: async () => {
      if (config.STATS) await tellSalts();
      else await forgetAll().catch(onFault);
    },
    close: keeper.close,
  };
}
