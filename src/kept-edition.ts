import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from './config.ts';
import type { KeptEdition } from './edition/edition-file.ts';
import { copyOf } from './edition/resource.ts';
import { renderingVersion } from './feeds/rendering-version.ts';
import type { Outcome } from './orders.ts';
import { recoveredSetting } from './store/recovered-setting.ts';
import type { Store } from './store/store.ts';

/** What an edition's bytes depend on besides the store and the data folder. */
export function toConfiguration({ PUBLIC_URL, REFRESH_CRON }: Config): string {
  return JSON.stringify([PUBLIC_URL, REFRESH_CRON, renderingVersion]);
}

/** Why the store may hold less than the edition kept last did, until it was refreshed. */
export async function whyNotWhole(store: Store, { origin }: KeptEdition, config: Config): Promise<string | undefined> {
  const settings = await store.settings();
  if (settings.has(recoveredSetting)) return 'store: it was recovered, and what it lost is still to be made anew';
  if (settings.size > 0 || origin.configuration !== toConfiguration(config)) return undefined;
  return (
    'store: expected what was published, found nothing: ids are what they always were for what was never edited, ' +
    'dates are of today'
  );
}

/**
 * Resolves in a later second than the one in which this thread began, and so later than that of any document sent before.
 * A store that lost what it was told last, and does not know, would give the same date to another text.
 */
export async function untilLaterSecond(): Promise<void> {
  const next = (Math.floor(performance.timeOrigin / 1000) + 1) * 1000;
  const wait = next - Date.now();
  // Further ahead, the clock was put back: waiting would not help. A timer may come a millisecond early.
  if (wait > 0 && wait <= 1000) await sleep(wait + 1);
}

/** The edition kept last as what an order gives, with nothing read. */
export function toOutcome({ change, origin }: KeptEdition): Outcome {
  return {
    change,
    problems: [],
    read: 0,
    advice: [],
    drafts: [],
    milliseconds: 0,
    stages: {},
    generation: origin.generation,
  };
}

/** The same, to be handed over while it may be read again: what was read from the file shares one buffer, which could not be handed over twice. */
export function toStandIn(kept: KeptEdition): Outcome {
  return toOutcome({ ...kept, change: { ...kept.change, put: kept.change.put.map(copyOf) } });
}
