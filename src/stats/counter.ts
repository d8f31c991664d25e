import type { IncomingMessage } from 'node:http';
import type { Answer, CountAnswer } from '../http/answer.ts';
import { type Batch, dayOf, figureAt, type Tally } from './batch.ts';
import { openClients } from './clients.ts';
import { rememberDocuments } from './feed-documents.ts';
import { mix, type Salt } from './hash.ts';
import { openAgents } from './known-agents.ts';
import { addTally, type Counted, newPeriod } from './period.ts';
import { openVisits } from './visits.ts';

/** Counts in memory. */
export type Counter = {
  readonly count: CountAnswer;
  /** Hands on what was counted since the last time; resolves when it is where it goes. */
  readonly flush: () => Promise<void>;
  /** Asks for the day's secret once more. */
  readonly renew: () => void;
};

export type CounterOptions = {
  /** As in TRUST_PROXY. */
  readonly proxies: number;
  /** The secret of a day, `YYYY-MM-DD`. */
  readonly saltOf: (day: string) => Salt;
  /** Is given what was counted. */
  readonly emit: (batch: Batch) => Promise<void>;
};

const hourSeconds = 3600;
/** How many things fetchers say of one document are remembered. */
const mostSayings = 64;

/** Starts counting. What is counted is handed on by `flush`, and whenever an hour is over. */
export function openCounter({ proxies, saltOf, emit }: CounterOptions): Counter {
  const findDocument = rememberDocuments();
  const visits = openVisits();
  let period = newPeriod();
  let hour = -1;
  let day = '';
  let salt: Salt = [0, 0];
  let agentOf = openAgents(salt);
  let clientOf = openClients(salt, proxies);

  const flush = async (): Promise<void> => {
    const tallies = [...period.tallies, ...period.rest.values()];
    period = newPeriod();
    if (tallies.length > 0) await emit({ hour, tallies });
  };
  const renew = (): void => {
    const told = day === '' ? salt : saltOf(day);
    if (told[0] === salt[0] && told[1] === salt[1]) return;
    salt = told;
    agentOf = openAgents(salt);
    clientOf = openClients(salt, proxies);
    visits.clear();
  };
  const turn = (now: number): void => {
    void flush();
    hour = now;
    day = dayOf(hour);
    renew();
  };
  const meet = (document: Parameters<typeof findDocument>[0], target: string): Counted | undefined => {
    const of = findDocument(document, target);
    const counted = of && { of, tallies: new Map() };
    period.documents.set(document, counted);
    return counted;
  };
  return {
    flush,
    renew,
    count: (request, document, answer, freshness) => {
      const now = Math.floor(freshness.second / hourSeconds);
      if (now !== hour) turn(now);
      const counted = period.documents.get(document) ?? meet(document, request.url!);
      const outcome = outcomeOf(answer.status);
      if (counted === undefined || outcome === undefined) return;
      const agent = agentOf(request.headers['user-agent']);
      const { name } = agent.product;
      const tally = counted.tallies.get(name) ?? addTally(period, counted, name);
      tally.figures[outcome]! += 1;
      if (isUnconditional(request)) tally.figures[figureAt.unconditional]! += 1;
      weigh(tally, request, answer, counted.of.size);
      visits.note(tally, mix(agent, clientOf(request)), counted.of.mark, freshness);
      if (agent.saying !== undefined && tally.sayings.size < mostSayings) tally.sayings.add(agent.saying);
    },
  };
}

/** Undefined for what is no answer to a poll. */
function outcomeOf(status: number): number | undefined {
  if (status === 304) return figureAt.unmodified;
  if (status === 200) return figureAt.whole;
  if (status === 226) return figureAt.delta;
  if (status >= 500) return figureAt.failed;
  return status >= 400 ? figureAt.refused : undefined;
}

function isUnconditional({ headers }: IncomingMessage): boolean {
  return headers['if-none-match'] === undefined && headers['if-modified-since'] === undefined;
}

/** To HEAD no body is due, and none is saved. */
function weigh({ figures }: Tally, { method }: IncomingMessage, { status, body }: Answer, size: number): void {
  if (method === 'HEAD') return;
  const sent = body === undefined ? 0 : body.length;
  figures[figureAt.bytes]! += sent;
  if (status < 400 && size > sent) figures[figureAt.saved]! += size - sent;
}
