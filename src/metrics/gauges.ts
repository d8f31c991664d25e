import { Counter, Gauge, type Registry } from 'prom-client';
import type { Chronicle } from '../admin/journal.ts';
import { noticeStates } from '../admin/outbox.ts';
import type { StoreFacts } from '../admin/status.ts';
import type { Edition } from '../edition/edition.ts';
import type { Report } from '../orders.ts';
import type { DayStats } from '../stats/read-stats.ts';

/** How things stand when they are asked for. */
export type Standing = {
  readonly edition: Edition | undefined;
  readonly chronicle: Chronicle;
  readonly leads: boolean | undefined;
  readonly facts: StoreFacts;
  /** The day whose subscribers are told. */
  readonly day: DayStats | undefined;
};

/** Meters of how things stand; `note` is told of every refresh, `set` of how things are. */
export function meterStanding(registry: Registry): {
  readonly note: (report: Report) => void;
  readonly set: (standing: Standing) => void;
} {
  const registers = [registry];
  const gauge = <T extends string>(name: string, help: string, labelNames: readonly T[] = []): Gauge<T> =>
    new Gauge({ name: `linecaster_${name}`, help, labelNames: [...labelNames], registers });
  const refreshes = new Counter({
    name: 'linecaster_refreshes_total',
    help: 'Refreshes, by what became of them.',
    labelNames: ['result'],
    registers,
  });
  const entries = gauge('entries', 'Entries that are published.');
  const documents = gauge('documents', 'Documents and pages of the edition, held or made on demand.', ['kept']);
  const editionAt = gauge('edition_timestamp_seconds', 'When the current edition came.');
  const stages = gauge('refresh_seconds', 'How long the last refresh took, by stage; `all` is the whole.', ['stage']);
  const failing = gauge('refresh_failures', 'Refreshes that have failed since the last that went through.');
  const problems = gauge('problems', 'Problems of source files that stand.', ['severity']);
  const leads = gauge('leads', 'Whether this process is the one that refreshes.');
  const storeBytes = gauge('store_bytes', 'Bytes of the store.');
  const outbox = gauge('outbox', 'What hubs and the hook are to be told, by state.', ['state']);
  const subscribers = gauge('subscribers', 'Subscriptions on the last whole UTC day.', ['product', 'estimate']);
  const doubted = gauge('doubted_subscribers', 'Subscribers that were claimed and not believed.', ['product']);
  const memory = gauge('resident_memory_bytes', 'Memory of the process.');

  const setStore = (facts: StoreFacts): void => {
    outbox.reset();
    for (const state of noticeStates) {
      if ('outbox' in facts) outbox.set({ state }, facts.outbox.counts[state]);
    }
    if ('bytes' in facts) storeBytes.set(facts.bytes);
  };
  const setReaders = (day: DayStats | undefined): void => {
    subscribers.reset();
    doubted.reset();
    for (const { product, subscribers: count, isEstimate, doubted: claimed } of day?.readers ?? []) {
      if (count !== undefined) subscribers.set({ product, estimate: String(isEstimate) }, count);
      if (claimed > 0) doubted.set({ product }, claimed);
    }
  };
  const setRefreshes = ({ edition, failure, problems: standing, refreshes: all }: Chronicle): void => {
    if (edition !== undefined) editionAt.set(edition.since / 1000);
    failing.set(failure?.times ?? 0);
    for (const severity of ['error', 'warning']) {
      problems.set({ severity }, standing.filter((one) => one.severity === severity).length);
    }
    const last = all.findLast((one) => one.order === 'refresh' && one.milliseconds !== undefined);
    stages.reset();
    if (last !== undefined) stages.set({ stage: 'all' }, last.milliseconds! / 1000);
    for (const [stage, milliseconds] of Object.entries(last?.stages ?? {})) stages.set({ stage }, milliseconds / 1000);
  };
  return {
    note: (report) => {
      if (report.order !== 'refresh') return;
      refreshes.inc({ result: report.ok ? 'done' : report.isRefusal === true ? 'refused' : 'failed' });
    },
    set: ({ edition, chronicle, leads: isLeading, facts, day }) => {
      entries.set(edition?.facts.entries ?? 0);
      documents.set({ kept: 'yes' }, edition?.resources.size ?? 0);
      documents.set({ kept: 'no' }, edition?.onDemand.size ?? 0);
      leads.set(Number(isLeading ?? true));
      memory.set(process.memoryUsage.rss());
      setRefreshes(chronicle);
      setStore(facts);
      setReaders(day);
    },
  };
}
