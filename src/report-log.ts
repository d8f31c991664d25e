import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { documentPath } from './feeds/head.ts';
import { formats } from './feeds/model.ts';
import { formatProblem } from './lib/problem.ts';
import type { Newsroom } from './newsroom.ts';
import type { Report } from './orders.ts';

/** Logs what became of a refresh in one line, and its problems in one each. */
export function noteReport(log: Logger, report: Report): void {
  if (!report.ok) {
    const write = (report.isGivenUp === true ? log.info : log.error).bind(log);
    write({ order: report.order, ...(report.isRefusal === true ? { refused: true } : {}) }, report.message);
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
  const changed = change.put.map(({ path }) => path).slice(0, 50);
  const dropped = change.drop.length === 0 ? {} : { dropped: change.drop.slice(0, 50) };
  log.info({ ...facts, changed, ...dropped }, report.order);
  for (const problem of problems) {
    if (problem.severity === 'error') log.warn(formatProblem(problem));
    else log.info(formatProblem(problem));
  }
}

/** Says that the publication is served, where, and what is in it. */
export function greet(
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
