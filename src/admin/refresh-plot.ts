import { showDuration, showMany } from './amounts.ts';
import type { RefreshNote } from './journal.ts';
import type { Plot } from './plot.ts';
import type { When } from './when.ts';

const stages = ['load', 'walk', 'read', 'reconcile', 'print', 'save'] as const;
/** How many refreshes are shown. */
const most = 60;

/**
 * How long the last refreshes of this process took, by stage, without the wait for a new second; undefined when there
 * was none.
 */
export function refreshPlot(refreshes: readonly RefreshNote[], when: (at: number) => When): Plot | undefined {
  const done = refreshes.filter(({ ok, order }) => ok && order === 'refresh').slice(-most);
  if (done.length === 0) return undefined;
  const series = stages.map((name) => ({ name, values: done.map((note) => note.stages?.[name] ?? 0) }));
  const sums = done.map((_, index) => series.reduce((sum, { values }) => sum + values[index]!, 0));
  return {
    id: 'refreshes',
    title: 'Refresh times',
    description: `The last ${showMany(done.length, 'refresh', 'refreshes')} since the start; the longest took ${showDuration(Math.max(...sums))}.`,
    labels: done.map(({ at }) => when(at).short),
    series,
    show: showDuration,
  };
}
