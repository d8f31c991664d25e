import type { Store } from './store/store.ts';

/** How often the lead among several processes is renewed, or asked for. */
const renewMilliseconds = 3000;

/** What there is to say of the other processes on a store: a refresh is due, or whether this one leads now. */
export type OthersNews = { readonly wake: true } | { readonly leads: boolean };

/**
 * Keeps the lead, or waits for it, and asks for a refresh when it was won or another process has written. `shown` is the
 * generation that this one serves.
 */
export function followOthers(
  shared: Store,
  shown: () => number | undefined,
  tell: (news: OthersNews) => void,
): NodeJS.Timeout {
  let isListening = false;
  let leads = true;
  let told: boolean | undefined;
  let seen: number | undefined;
  let isReached = false;
  // A pooler between it and the database may keep to itself what is written; a line that was cut off does.
  const hasNews = async (): Promise<boolean> => {
    const before = seen;
    const now = await shared.generation().catch(() => undefined);
    isReached = now !== undefined;
    seen = now ?? before;
    return seen !== before && seen !== shown();
  };
  const look = async (): Promise<void> => {
    const before = leads;
    leads = await shared.lead().catch(() => false);
    if (leads ? !before : await hasNews()) tell({ wake: true });
    if (leads !== told) tell({ leads });
    told = leads;
    // A connection that is the last to be had is not for who only waits.
    if (isListening || !(leads || isReached)) return;
    isListening = true;
    shared
      .onWrite(() => tell({ wake: true }))
      .catch(() => {
        isListening = false;
      });
  };
  void look();
  return setInterval(look, renewMilliseconds).unref();
}
