import express, { type RequestHandler } from 'express';
import { Registry } from 'prom-client';
import { type Admin, factsOf } from '../admin/admin.ts';
import { onlyGet, privateAnswer } from '../admin/answers.ts';
import { requireAdmin } from '../admin/auth.ts';
import type { Chronicle } from '../admin/journal.ts';
import type { Config } from '../config.ts';
import type { Edition } from '../edition/edition.ts';
import { sendAnswer } from '../http/answer.ts';
import { utcDay } from '../lib/instant.ts';
import type { Report } from '../orders.ts';
import type { Batch } from '../stats/batch.ts';
import type { DayStats } from '../stats/read-stats.ts';
import { meterStanding } from './gauges.ts';
import { meterPolls } from './poll-meters.ts';

/** What metrics need from the rest of the process. */
export type MetricsParts = {
  readonly config: Config;
  readonly ask: Admin['ask'];
  readonly current: () => Edition | undefined;
  readonly leads: () => boolean | undefined;
  readonly chronicle: () => Chronicle;
  /** Hands on what was counted so far. */
  readonly flush: () => Promise<void>;
};

/** Figures for Prometheus. */
export type Metrics = {
  /** Answers to /metrics, for those who have the token. */
  readonly handle: RequestHandler;
  /** Is told what was counted, and of every refresh. */
  readonly count: (batch: Batch) => void;
  readonly note: (report: Report) => void;
};

/** Starts the meters, at zero. */
export function openMetrics(parts: MetricsParts): Metrics {
  const registry = new Registry();
  const count = meterPolls(registry);
  const { note, set } = meterStanding(registry);
  const router = express.Router();
  router.use(requireAdmin(parts.config));
  router.use(async (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return sendAnswer(request, response, onlyGet);
    await parts.flush();
    const facts = await factsOf(parts);
    const { current, chronicle, leads } = parts;
    set({ edition: current(), chronicle: chronicle(), leads: leads(), facts, day: await lastDay(parts.ask) });
    sendAnswer(request, response, privateAnswer(200, await registry.metrics(), registry.contentType));
  });
  return { handle: router, count, note };
}

/** The last UTC day that is whole; today while there is none. */
async function lastDay(ask: Admin['ask']): Promise<DayStats | undefined> {
  const now = Date.now();
  const range = { from: utcDay(now - 86_400_000), to: utcDay(now) };
  const found = await ask({ ask: 'stats', range }).catch(() => undefined);
  return found?.stats?.days[0];
}
