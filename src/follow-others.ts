import type { Store } from './store/store.ts';

/** How often the lead among several processes is renewed, or asked for. */
const renewMilliseconds = 3000;

/** What there is to say of the other processes on a store: a refresh is due, or whether this one leads now. */
export type OthersNews = { readonly wake: true } | { readonly leads: boolean };

/** Keeps the lead, or waits for it, and asks for a refresh when it was won or another process has written. */
export function followOthers(shared: Store, tell: (news: OthersNews) => void): NodeJS.Timeout {
  let isListening = false;
  let leads = true;
  let told: boolean | undefined;
  const look = async (): Promise<void> => {
    if (!isListening) {
      isListening = true;
      shared
        .onWrite(() => tell({ wake: true }))
        .catch(() => {
          isListening = false;
        });
    }
    const before = leads;
    leads = await shared.lead().catch(() => false);
    if (leads && !before) tell({ wake: true });
    if (leads !== told) tell({ leads });
    told = leads;
  };
  void look();
  return setInterval(look, renewMilliseconds).unref();
}
