import { readFileSync } from 'node:fs';
import { memoryUsage, uptime } from 'node:process';
import type { Config } from '../config.ts';
import type { Edition } from '../edition/edition.ts';
import { formats } from '../feeds/model.ts';
import { compact } from '../source/compact.ts';
import type { Chronicle, Failure, RefreshNote, RefusalNote, StandingProblem } from './journal.ts';
import type { OutboxFacts } from './outbox.ts';

/** What only the store can say; `fault` when it cannot. */
export type StoreFacts =
  | { readonly files: number; readonly bytes: number; readonly outbox: OutboxFacts }
  | { readonly fault: string };

/** What a status is made of. */
export type StatusParts = {
  readonly config: Pick<Config, 'PUBLIC_URL' | 'STORE_URL' | 'REFRESH_CRON' | 'DATA_DIR'>;
  readonly edition: Edition | undefined;
  readonly chronicle: Chronicle;
  readonly leads: boolean | undefined;
  /** Milliseconds since 1970 of the next cron run. */
  readonly nextRun: number | undefined;
  readonly store: StoreFacts;
};

/** How a publication is. Times in milliseconds since 1970; durations say their unit. */
export type Status = {
  readonly version: string;
  readonly publicUrl: string;
  /** `well`; or refreshes fail, or are refused, and the last edition is served; or nothing is published yet. */
  readonly state: 'well' | 'failing' | 'refused' | 'empty';
  readonly startedAt: number;
  readonly uptimeSeconds: number;
  readonly leads?: boolean;
  readonly edition?: {
    readonly entries: number;
    readonly feeds: number;
    readonly since: number;
    readonly generation: number;
  };
  readonly refresh: {
    readonly schedule: string;
    readonly last?: RefreshNote;
    readonly next?: number;
    readonly failure?: Failure;
  };
  readonly problems: readonly StandingProblem[];
  readonly refusals: readonly RefusalNote[];
  readonly store: StoreFacts & { readonly kind: 'sqlite' | 'postgres' };
  readonly memory: { readonly rssBytes: number; readonly heapBytes: number };
};

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** How the publication is now. */
export function toStatus({ config, edition, chronicle, leads, nextRun, store }: StatusParts): Status {
  const { failure, refreshes, problems, refusals, startedAt } = chronicle;
  const next = [nextRun, chronicle.nextDue].filter((at) => at !== undefined);
  const { rss, heapUsed } = memoryUsage();
  return compact<Status>({
    version,
    publicUrl: config.PUBLIC_URL,
    state: stateOf(edition, failure),
    startedAt,
    uptimeSeconds: Math.round(uptime()),
    leads,
    edition: edition &&
      chronicle.edition && { entries: edition.facts.entries, feeds: countFeeds(edition), ...chronicle.edition },
    refresh: compact<Status['refresh']>({
      schedule: config.REFRESH_CRON,
      last: refreshes.at(-1),
      next: next.length === 0 ? undefined : Math.min(...next),
      failure,
    }),
    problems,
    refusals,
    store: { kind: config.STORE_URL.startsWith('sqlite:') ? 'sqlite' : 'postgres', ...store },
    memory: { rssBytes: rss, heapBytes: heapUsed },
  });
}

function stateOf(edition: Edition | undefined, failure: Failure | undefined): Status['state'] {
  if (failure !== undefined) return failure.isRefusal ? 'refused' : 'failing';
  return edition === undefined ? 'empty' : 'well';
}

function countFeeds({ resources, onDemand }: Edition): number {
  const documents = [...resources.values()].filter(({ version: made }) => made !== undefined).length + onDemand.size;
  return documents / formats.length;
}

/** Members that hold times, by their names. */
const times: ReadonlySet<string> = new Set(['at', 'since', 'until', 'next', 'startedAt', 'created', 'due']);

/** A status for programs: its times in RFC 3339, durations to the tenth of a millisecond. */
export function toStatusJson(status: Status): object {
  return JSON.parse(JSON.stringify(status), (key, value: unknown) => {
    if (typeof value !== 'number') return value;
    return times.has(key) ? new Date(value).toISOString() : Math.round(value * 10) / 10;
  }) as object;
}
