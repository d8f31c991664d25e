import type { RequestListener } from 'node:http';
import { constants } from 'node:os';
import type { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import { type Admin, openAdmin } from './admin/admin.ts';
import { createJournal } from './admin/journal.ts';
import type { Config } from './config.ts';
import { adoptKeptFiles } from './edition/kept-files.ts';
import { openPageDesk } from './edition/page-desk.ts';
import { createFreshness } from './http/freshness.ts';
import { createListener } from './http/listener.ts';
import { noteRequests, type RequestNote } from './http/request-log.ts';
import { listen } from './http/server.ts';
import { tidyAtRest } from './lib/tidy-heap.ts';
import type { Metrics } from './metrics/metrics.ts';
import { type Newsroom, openNewsroom, startWorker } from './newsroom.ts';
import { openLog } from './open-log.ts';
import type { Report } from './orders.ts';
import { greet, noteReport } from './report-log.ts';
import { type Schedule, startSchedule } from './schedule.ts';
import { startCounting } from './stats/counting.ts';
import { type FolderWatch, watchFolder } from './watch.ts';

/** A refresh that failed is tried again after so many milliseconds, then after twice as many, at last every five minutes. */
const firstPause = 5000;
const mostDoublings = 6;

/** A running server. */
export type Service = { readonly port: number; readonly newsroom: Newsroom; readonly close: () => Promise<void> };

/**
 * Restores, listens, refreshes, and goes on refreshing until SIGTERM or SIGINT. Rejects when it cannot listen. With
 * `allowsMassWithdrawal` the first refresh may take away as much as it finds gone. `worker` is one that was just started.
 */
export async function serve(
  config: Config,
  allowsMassWithdrawal = false,
  worker: Worker = startWorker(config),
): Promise<Service> {
  const log = openLog(config.LOG_LEVEL);
  let schedule: Schedule | undefined;
  let timezone = 'UTC';
  const journal = createJournal();
  let admin: Admin | undefined;
  let metrics: Metrics | undefined;
  let failures = 0;
  // The schedule may come to it tomorrow only.
  const tryAgain = (): void => {
    schedule?.wakeAt(Date.now() + firstPause * 2 ** failures);
    failures = Math.min(failures + 1, mostDoublings);
  };
  const note = (report: Report): void => {
    if (!report.ok && report.isStale === true) for (const reader of [pages, admin]) reader?.renew();
    if (report.ok) failures = 0;
    else if (report.order === 'refresh' && report.isRefusal !== true) tryAgain();
    journal.note(report);
    metrics?.note(report);
    noteReport(log, report);
  };
  let folder: FolderWatch | undefined;
  const refresh = async (changed?: readonly string[]): Promise<void> => {
    await newsroom.refresh({ changed: folder?.renew() === true ? undefined : changed });
  };
  adoptKeptFiles(config.STORE_URL);
  const pages = openPageDesk(config);
  const newsroom = openNewsroom(config, worker, {
    onSwap: (outcome) => {
      pages.clear();
      if (schedule === undefined || timezone !== outcome.change.facts.timezone) {
        timezone = outcome.change.facts.timezone;
        void schedule?.stop();
        schedule = startSchedule(config.REFRESH_CRON, timezone, () => refresh());
      }
      schedule.wakeAt(outcome.nextDue);
    },
    onReport: note,
    onWake: () => void refresh(),
    onSalts: (salts) => counting.takeSalts(salts),
    onLoss: tryAgain,
  });
  const counting = startCounting(config, (batch) => {
    metrics?.count(batch);
    return newsroom.keep(batch);
  });
  process.on('SIGHUP', () => void refresh());
  // What is served is whole and does not change: a promise that somebody forgot is no reason to stop answering.
  process.on('unhandledRejection', (reason) => log.error({ err: reason }, 'nobody handles this rejection'));
  const restored = await newsroom.restore();
  admin = openAdmin({
    config,
    journal,
    current: newsroom.current,
    leads: newsroom.leads,
    nextRun: () => schedule?.nextRun(),
    refresh: newsroom.refresh,
    flush: counting.flush,
  });
  if (admin !== undefined) {
    const { openMetrics } = await import('./metrics/metrics.ts');
    const { current, leads } = newsroom;
    metrics = openMetrics({
      config,
      current,
      leads,
      ask: admin.ask,
      chronicle: journal.read,
      flush: counting.flush,
    });
  }
  const listener = createListener(
    {
      current: newsroom.current,
      pages,
      publicUrl: config.PUBLIC_URL,
      dataDir: config.DATA_DIR,
      freshness: createFreshness(() => schedule?.nextRun()),
      admin: admin?.handle,
      metrics: metrics?.handle,
      count: counting.count,
    },
    { perMinute: config.RATE_LIMIT, proxies: config.TRUST_PROXY },
  );
  const end = async (): Promise<void> => {
    counting.stop();
    await newsroom.close();
    await pages.close();
    await admin?.close();
  };
  const address = { port: config.PORT, host: config.HOST };
  const server = await listen(withLog(config, log, listener), address).catch(async (error: Error) => {
    // Threads and timers would keep a process that serves nobody.
    await schedule?.stop();
    await end();
    throw error;
  });
  let isClosing = false;
  const close = async (): Promise<void> => {
    isClosing = true;
    folder?.close();
    await schedule?.stop();
    await server.close();
    await end();
  };
  // Before the first refresh, so that what it has published is kept also when the signal comes right after it.
  onEnd((signal) => {
    log.info({ signal }, 'closing');
    return close();
  });
  schedule ??= startSchedule(config.REFRESH_CRON, timezone, () => refresh());
  const first = await newsroom.refresh({ allowsAll: allowsMassWithdrawal });
  const { port } = server;
  if (isClosing) return { port, newsroom, close };
  if (restored.ok && restored.outcome === undefined) {
    log.info('the store was empty: ids are what they always were for what was never edited, dates are of today');
  }
  folder = config.WATCH ? watchFolder(config.DATA_DIR, (changed) => void refresh(changed), log) : undefined;
  tidyAtRest(0);
  greet(log, config, newsroom, first, schedule.nextRun(), port);
  // What was saved after the first refresh had looked, and before the folder was watched.
  if (folder !== undefined) void refresh();

  return { port, newsroom, close };
}

/** Calls `close` at the first SIGTERM or SIGINT, and ends the process when that is done. */
function onEnd(close: (signal: NodeJS.Signals) => Promise<void>): void {
  let since: number | undefined;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      // Supervisors may tell the process and then its whole group. Who says it once more later does not want to wait.
      if (since !== undefined && performance.now() - since < 1000) return;
      if (since !== undefined) process.exit(128 + constants.signals[signal]);
      since = performance.now();
      void close(signal).then(() => process.exit(0));
    });
  }
}

/** Logs requests where that is asked for. */
function withLog({ LOG_REQUESTS, TRUST_PROXY }: Config, log: Logger, listener: RequestListener): RequestListener {
  if (LOG_REQUESTS === 'off') return listener;
  const write = (note: RequestNote): void => log.info(note, 'request');
  return noteRequests(listener, { mode: LOG_REQUESTS, proxies: TRUST_PROXY ?? 0, write });
}
