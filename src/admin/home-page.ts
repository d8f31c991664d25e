import { showBytes, showCount, showDuration, showMany } from './amounts.ts';
import { type Desk, renderAdminPage } from './desk.ts';
import type { RefreshNote } from './journal.ts';
import { noticeStates } from './outbox.ts';
import { type Plot, showPlot } from './plot.ts';
import { problemRows } from './problem-rows.ts';
import type { AdminPage } from './questions.ts';
import { refreshPlot } from './refresh-plot.ts';
import type { Status } from './status.ts';
import type { Table } from './table.ts';
import { timesOf, type When } from './when.ts';

/** What the overview shows besides the status. */
export type HomeParts = {
  readonly status: Status;
  readonly refreshes: readonly RefreshNote[];
  readonly plots: readonly Plot[];
  readonly tables: readonly Table[];
};

/** The overview: how the publication is, what is wrong, who reads it and what that costs. */
export async function renderHomePage(
  desk: Pick<Desk, 'config' | 'site'>,
  { status, refreshes, plots, tables }: HomeParts,
): Promise<AdminPage> {
  const when = timesOf(desk.site);
  const times = refreshPlot(refreshes, when);
  return renderAdminPage(desk, 'Overview', 'home', {
    state: describeState(status, when),
    facts: factsOf(status, when),
    ...(await problemRows(desk, status.problems)),
    refusals: status.refusals
      .toReversed()
      .map(({ since, until, message }) => ({ since: when(since), until: until && when(until), message })),
    plots: [...plots, ...(times === undefined ? [] : [times])].map(showPlot),
    tables: [...tables, ...outboxTable(status, when)],
  });
}

function describeState({ state, refresh, edition, leads }: Status, when: (at: number) => When): object {
  const { failure } = refresh;
  const detail = failure?.message;
  const since = failure === undefined ? '' : `since ${when(failure.since).text}`;
  const served = edition === undefined ? 'nothing is served' : 'the last edition stays';
  const texts: Readonly<Record<Status['state'], string>> = {
    well: leads === false ? 'All is well here; another process reads the files.' : 'All is well.',
    empty: 'Nothing is published yet.',
    failing: `Refreshes fail ${since}; ${served}.`,
    refused: `Refreshes are refused ${since}; ${served}.`,
  };
  return { name: state, text: texts[state], detail, canBeAllowed: failure?.canBeAllowed === true };
}

function factsOf(
  { edition, refresh, store, memory, leads, uptimeSeconds, version }: Status,
  when: (at: number) => When,
): readonly (readonly [name: string, value: string])[] {
  const { last, next, schedule } = refresh;
  const lastText =
    last && `${when(last.at).text}${last.ok ? `, in ${showDuration(last.milliseconds ?? 0)}` : ', failed'}`;
  const size = 'fault' in store ? store.fault : `${showMany(store.files, 'file')} known, ${showBytes(store.bytes)}`;
  const facts: Readonly<Record<string, string | undefined>> = {
    Published: edition && `${showMany(edition.entries, 'entry', 'entries')} in ${showMany(edition.feeds, 'feed')}`,
    Edition: edition && `since ${when(edition.since).text}, of the store’s generation ${edition.generation}`,
    'Last refresh': lastText,
    'Next refresh': next === undefined ? undefined : `${when(next).text} (${schedule})`,
    Store: `${store.kind === 'sqlite' ? 'SQLite' : 'Postgres'}: ${size}`,
    Leads: leads === undefined ? undefined : leads ? 'this process' : 'another process',
    Process: `Linecaster ${version}, up ${showDuration(uptimeSeconds * 1000)}, ${showBytes(memory.rssBytes)} of memory`,
  };
  return Object.entries(facts).filter((fact): fact is [string, string] => fact[1] !== undefined);
}

function outboxTable({ store }: Status, when: (at: number) => When): readonly Table[] {
  if ('fault' in store || store.outbox.notices.length === 0) return [];
  const { counts, notices } = store.outbox;
  return [
    {
      title: 'Outbox',
      note: `What hubs and hooks are told: ${noticeStates.map((state) => `${showCount(counts[state])} ${state}`).join(', ')}.`,
      heads: [
        { name: 'To' },
        { name: 'Of' },
        { name: 'State' },
        { name: 'Tries', isNumber: true },
        { name: 'Due' },
        { name: 'Last error' },
      ],
      rows: notices.map(({ target, topic, state, tries, due, lastError = '' }) => [
        URL.parse(target)?.host ?? target,
        topic,
        state,
        String(tries),
        when(due).text,
        lastError,
      ]),
    },
  ];
}
