import type { Config } from '../config.ts';
import type { Readership } from '../store/readership.ts';
import { type Batch, dayOf } from './batch.ts';
import { openKeeper } from './keeper.ts';

/** Where what was counted is handed in. */
export type Bureau = {
  /** Brings it into the store, if that can be done now, and tells the secrets of today and tomorrow. */
  readonly take: (batch: Batch) => Promise<void>;
  /** By these secrets all replicas tell clients apart in the same way, and so does this one after a restart. */
  readonly tellSalts: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** `open` gives the store's part, and throws while there is none. */
export function openBureau(
  config: Pick<Config, 'STATS' | 'STATS_DAYS'>,
  open: () => Readership,
  tell: (salts: ReadonlyMap<string, string>) => void,
  onFault: (error: Error) => void,
): Bureau {
  const keeper = openKeeper(open, {
    days: config.STATS_DAYS,
    onFault,
  });
  const tellSalts = async (): Promise<void> => {
    if (!config.STATS) return;
    const hour = Math.floor(Date.now() / 3_600_000);
    try {
      tell(await open().salts([dayOf(hour), dayOf(hour + 24)]));
    } catch {
      // Without them clients are told apart by a secret of this process, and some are counted twice.
    }
  };
  return {
    take: async (batch) => {
      await keeper.take(batch);
      void tellSalts();
    },
    tellSalts,
    close: keeper.close,
  };
}
