import { type FSWatcher, watch } from 'node:fs';
import { type Logger, pino } from 'pino';
import { openAdmin } from './admin/admin.ts';
import { createJournal } from './admin/journal.ts';
import type { Config } from './config.ts';
import { openPageDesk } from './edition/page-desk.ts';
import { documentPath } from './feeds/head.ts';
import { formats } from './feeds/model.ts';
import { createFreshness } from './http/freshness.ts';
import { createListener } from './http/listener.ts';
import { listen } from './http/server.ts';
import { formatProblem } from './lib/problem.ts';
import type { Metrics } from './metrics/metrics.ts';
import { type Newsroom, openNewsroom } from './newsroom.ts';
import type { RefreshOptions } from './refresh.ts';
import type { Report } from './refresh-worker.ts';
import { type Schedule, startSchedule } from './schedule.ts';
import { startCounting } from './stats/counting.ts';

/** A running server. */
export type Service = { readonly port: number; readonly newsroom: Newsroom; readonly close: () => Promise<void> };

/**
 * Restores, listens, refreshes, and goes on refreshing until SIGTERM or SIGINT. Rejects when it cannot listen. With
 * `allowsMassWithdrawal` the first refresh may take away as much as it finds gone.
 */
export async function serve(config: Config, allowsMassWithdrawal = false): Promise<Service> {
  const log = pino({ level: config.LOG_LEVEL });
  let schedule: Schedule | undefined;
  let timezone = 'UTC';
  const journal = createJournal();
  let metrics: Metrics | undefined;
  const note = (report: Report): Report => {
    journal.note(report);
    metrics?.note(report);
    noteReport(log, report);
    return report;
  };
  const refreshBy = async (options: RefreshOptions): Promise<Report> => note(await newsroom.refresh(options));
  const refresh = async (changed?: readonly string[]): Promise<void> => void (await refreshBy({ changed }));
  const pages = openPageDesk(config);
  const newsroom = openNewsroom(
    config,
    (outcome) => {
      pages.clear();
      if (schedule === undefined || timezone !== outcome.change.facts.timezone) {
        timezone = outcome.change.facts.timezone;
        void schedule?.stop();
        schedule = startSchedule(config.REFRESH_CRON, timezone, () => refresh(), log);
      }
      schedule.wakeAt(outcome.nextDue);
    },
    () => void refresh(),
    (salts) => counting.takeSalts(salts),
  );
  const counting = startCounting(config, (batch) => {
    metrics?.count(batch);
    return newsroom.keep(batch);
  });
  const restored = note(await newsroom.restore());
  const admin = openAdmin({
    config,
    journal,
    current: newsroom.current,
    leads: newsroom.leads,
    nextRun: () => schedule?.nextRun(),
    refresh: refreshBy,
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
  const server = await listen(listener, { port: config.PORT, host: config.HOST });
  schedule ??= startSchedule(config.REFRESH_CRON, timezone, () => refresh(), log);
  const first = await refreshBy({ allowsAll: allowsMassWithdrawal });
  if (restored.ok && restored.outcome === undefined) {
    log.info('the store was empty: ids are what they always were for what was never edited, dates are of today');
  }
  const unwatch = config.WATCH ? watchFolder(config.DATA_DIR, refresh, log) : undefined;
  const { port } = server;
  greet(log, config, newsroom, first, schedule.nextRun(), port);

  const close = async (): Promise<void> => {
    unwatch?.();
    await schedule?.stop();
    await server.close();
    counting.stop();
    await newsroom.close();
    await pages.close();
    await admin?.close();
  };
  process.on('SIGHUP', () => void refresh());
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      log.info({ signal }, 'closing');
      void close().then(() => process.exit(0));
    });
  }
  return { port, newsroom, close };
}

function noteReport(log: Logger, report: Report): void {
  if (!report.ok) {
    log.error({ order: report.order, refused: report.isRefusal === true ? true : undefined }, report.message);
    return;
  }
  if (report.notice !== undefined) log.warn(report.notice);
  if (report.outcome === undefined) return;
  const { read, problems, milliseconds, stages, change } = report.outcome;
  const facts = {
    entries: change.facts.entries,
    read,
    problems: problems.length,
    milliseconds: Math.round(milliseconds),
    stages: Object.fromEntries(Object.entries(stages).map(([name, lap]) => [name, Math.round(lap)])),
  };
  log.info({ ...facts, changed: change.put.map(({ path }) => path).slice(0, 50) }, report.order);
  for (const problem of problems) {
    if (problem.severity === 'error') log.warn(formatProblem(problem));
    else log.info(formatProblem(problem));
  }
}

/** How long a burst of writes is waited for, in milliseconds: an editor saves by writing, renaming and deleting. */
const burst = 50;

/** Refreshes what has changed soon after it did; all of it where the system cannot say what. */
function watchFolder(dir: string, refresh: (changed?: readonly string[]) => Promise<void>, log: Logger): () => void {
  let timer: NodeJS.Timeout | undefined;
  let watcher: FSWatcher | undefined;
  let changed: (string | null)[] = [];
  const giveUp = (error: Error): void => log.warn(`watch: ${error.message}; the cron schedule goes on`);
  const look = (): void => {
    timer = undefined;
    const known = changed.filter((path) => path !== null);
    const isAll = known.length < changed.length;
    changed = [];
    void refresh(isAll ? undefined : known);
  };
  try {
    watcher = watch(dir, { recursive: true }, (_event, path) => {
      changed.push(path);
      // Not put off by further changes, or a folder that never rests would never be read.
      timer ??= setTimeout(look, burst);
    });
    watcher.on('error', giveUp);
  } catch (error) {
    giveUp(error as Error);
  }
  return () => {
    clearTimeout(timer);
    watcher?.close();
  };
}

function greet(
  log: Logger,
  config: Config,
  newsroom: Newsroom,
  first: Report,
  next: number | undefined,
  port: number,
): void {
  const urls = formats.map((format) => config.PUBLIC_URL + documentPath('all', format));
  const facts = {
    port,
    entries: newsroom.current()?.facts.entries ?? 0,
    problems: first.ok ? (first.outcome?.problems.length ?? 0) : 1,
    next: next === undefined ? undefined : new Date(next).toISOString(),
  };
  if (first.ok) for (const advice of first.outcome?.advice ?? []) log.info(advice);
  log.info(facts, `serving ${urls.join(' ')}`);
}
