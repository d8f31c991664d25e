import type { Config } from './config.ts';
import { followOthers, type OthersNews } from './follow-others.ts';
import { type Pusher, startPusher } from './push/pusher.ts';
import type { Pipeline } from './refresh.ts';
import { isCorruption, mayBeCorruption } from './store/corruption.ts';
import { onDoubt } from './store/doubt.ts';
import { isPostgres, openStore, sqliteFile } from './store/open.ts';
import { isStale } from './store/stale.ts';
import type { Store } from './store/store.ts';

/** The store, opened when it is first needed, with what works on it. */
export type Workroom = {
  readonly store: () => Store;
  /** Of the store as it is open now. */
  readonly epoch: () => Promise<string>;
  /**
   * Makes editions of the store. From the first time on the outbox is emptied and other processes are followed too.
   * Rejects when another thread found the store damaged, and it is.
   */
  readonly pipeline: () => Promise<Pipeline>;
  /** Notes the generation of which an edition is served, and has the outbox looked at. */
  readonly announce: (generation: number | undefined) => Promise<void>;
  /** Puts the store right where damage is behind a failure, and tells what was done. Else rejects with the failure. */
  readonly recover: (failure: Error) => Promise<string>;
  /** Who needs the store next opens it anew. */
  readonly close: () => Promise<void>;
};

/** Who hears of what goes on between two calls. */
export type WorkroomListener = {
  /** Gives up a refresh that has not begun to write. */
  readonly signal: AbortSignal;
  readonly onNews: (news: OthersNews) => void;
  /** The outbox cannot be emptied. */
  readonly onPushFault: (error: Error) => void;
};

/** What an edition is made with is not loaded before it is needed. */
export function openWorkroom(config: Config, { signal, onNews, onPushFault }: WorkroomListener): Workroom {
  let opened: Store | undefined;
  let epoch: string | undefined;
  let pipeline: Pipeline | undefined;
  let pusher: Pusher | undefined;
  let follower: NodeJS.Timeout | undefined;
  let isDoubted = false;
  let shown: number | undefined;
  onDoubt(() => {
    isDoubted = true;
    onNews({ wake: true });
  });
  const store = (): Store => {
    opened ??= openStore(config.STORE_URL);
    return opened;
  };
  const close = async (): Promise<void> => {
    clearInterval(follower);
    await pusher?.close();
    await opened?.close();
    opened = undefined;
    epoch = undefined;
    pipeline = undefined;
    pusher = undefined;
    follower = undefined;
  };
  return {
    store,
    epoch: async () => {
      epoch ??= await store().epoch();
      return epoch;
    },
    pipeline: async () => {
      const { Pipeline } = await import('./refresh.ts');
      const shared = store();
      if (isDoubted) {
        isDoubted = false;
        await shared.check();
      }
      pusher ??= startPusher(shared.outbox, { secret: config.HOOK_SECRET, onFault: onPushFault });
      follower ??= followOthers(shared, () => shown, onNews);
      pipeline ??= new Pipeline(config, shared, { signal });
      return pipeline;
    },
    announce: async (generation) => {
      shown = generation;
      try {
        if (generation !== undefined) await store().show(generation);
      } finally {
        pusher?.wake();
      }
    },
    recover: async (failure) => {
      if (isStale(failure)) await close();
      const damage = mayBeCorruption(failure) ? await opened?.check().catch((found: Error) => found) : undefined;
      const error = damage ?? failure;
      if (!isCorruption(error) || isPostgres(config.STORE_URL)) throw error;
      await close();
      const { recoverForLater } = await import('./store/recover.ts');
      return recoverForLater(sqliteFile(config.STORE_URL), error.message);
    },
    close,
  };
}
