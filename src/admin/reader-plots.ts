import { utcDay } from '../lib/instant.ts';
import { type DayStats, pollsOf, type Stats } from '../stats/read-stats.ts';
import type { Figures, HourRow } from '../store/readership.ts';
import { showBytes, showMany, showShort } from './amounts.ts';
import type { Plot } from './plot.ts';
import { timesOf } from './when.ts';

/** Products that have a colour of their own; the rest share one. */
const mostProducts = 5;
const hourMilliseconds = 3_600_000;
const dayMilliseconds = 24 * hourMilliseconds;
const hoursShown = 48;

/** Who reads and what it costs, over time; none of what nothing was counted of. Days and hours are UTC's. */
export function readerPlots({ days, hours }: Stats, now: number): readonly Plot[] {
  const all = everyDay(days, now);
  return [
    ...(days.length === 0 ? [] : [subscriberPlot(all), bytesPlot(all)]),
    ...(hours.length === 0 ? [] : [pollsPlot(everyHour(hours, now))]),
  ];
}

type Day = { readonly day: string; readonly of: DayStats | undefined };
type Hour = { readonly at: number; readonly of: HourRow | undefined };

/** Also those on which nobody came. */
function everyDay(days: readonly DayStats[], now: number): readonly Day[] {
  const known = new Map(days.map((one) => [one.day, one]));
  const from = Date.parse(days[0]?.day ?? utcDay(now));
  const count = Math.floor((now - from) / dayMilliseconds) + 1;
  return Array.from({ length: Math.max(count, 0) }, (_, n) => {
    const day = utcDay(from + n * dayMilliseconds);
    return { day, of: known.get(day) };
  });
}

function everyHour(hours: readonly HourRow[], now: number): readonly Hour[] {
  const known = new Map(hours.map((one) => [one.hour, one]));
  const last = Math.floor(now / hourMilliseconds);
  return Array.from({ length: hoursShown }, (_, n) => {
    const hour = last - hoursShown + 1 + n;
    return { at: hour * hourMilliseconds, of: known.get(hour) };
  });
}

function subscriberPlot(days: readonly Day[]): Plot {
  const products = new Map<string, number[]>();
  const estimated = new Set<string>();
  for (const [index, { of }] of days.entries()) {
    for (const { product, subscribers = 0, isEstimate } of of?.readers ?? []) {
      products.getOrInsertComputed(product, () => days.map(() => 0))[index] = subscribers;
      if (isEstimate) estimated.add(product);
    }
  }
  const ordered = [...products]
    .filter(([, values]) => Math.max(...values) > 0)
    .toSorted(([, a], [, b]) => Math.max(...b) - Math.max(...a));
  const rest = ordered.slice(mostProducts).map(([, values]) => values);
  const last = days.at(-1)?.of?.readers.reduce((sum, { subscribers = 0 }) => sum + subscribers, 0) ?? 0;
  return {
    id: 'subscribers',
    title: 'Subscribers by reader',
    description: `${showMany(days.length, 'day')}; today so far ${showMany(last, 'subscriber')}.`,
    labels: days.map(({ day }) => day),
    series: [
      ...ordered.slice(0, mostProducts).map(([product, values]) => ({
        name: estimated.has(product) ? `${product} (estimated)` : product,
        values,
      })),
      ...(rest.length === 0 ? [] : [{ name: `${rest.length} others`, values: sumEach(days.length, rest) }]),
    ],
    show: showShort,
  };
}

function sumEach(length: number, rows: readonly (readonly number[])[]): readonly number[] {
  return Array.from({ length }, (_, index) => rows.reduce((sum, values) => sum + values[index]!, 0));
}

function bytesPlot(days: readonly Day[]): Plot {
  const pick = (name: 'bytes' | 'saved'): readonly number[] => days.map(({ of }) => Math.max(0, of?.[name] ?? 0));
  const [sent, saved] = [pick('bytes'), pick('saved')];
  const sum = (values: readonly number[]): string => showBytes(values.reduce((all, value) => all + value, 0));
  return {
    id: 'bytes',
    title: 'Bytes sent and saved',
    description: `${showMany(days.length, 'day')}; ${sum(sent)} were sent, ${sum(saved)} were saved by 304, deltas and encodings.`,
    labels: days.map(({ day }) => day),
    series: [
      { name: 'sent', values: sent },
      { name: 'saved', values: saved },
    ],
    show: showBytes,
  };
}

const outcomes: readonly (readonly [name: keyof Figures, label: string])[] = [
  ['whole', '200'],
  ['unmodified', '304'],
  ['delta', '226'],
  ['refused', '4xx'],
  ['failed', '5xx'],
];

function pollsPlot(hours: readonly Hour[]): Plot {
  const when = timesOf(undefined);
  const polls = hours.reduce((sum, { of }) => sum + (of === undefined ? 0 : pollsOf(of)), 0);
  return {
    id: 'polls',
    title: 'Polls by hour and answer',
    description: `The last ${hoursShown} hours, UTC; ${showMany(polls, 'poll')}.`,
    labels: hours.map(({ at }) => when(at).short),
    series: outcomes.map(([name, label]) => ({ name: label, values: hours.map(({ of }) => of?.[name] ?? 0) })),
    show: showShort,
  };
}
