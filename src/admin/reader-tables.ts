import { type DayStats, type FeedStats, pollsOf, type ReaderStats, type Stats, sumOf } from '../stats/read-stats.ts';
import type { Figures } from '../store/readership.ts';
import { showBytes, showCount, showDuration, showShare } from './amounts.ts';
import type { Table } from './table.ts';

/** How many products and feeds are listed. */
const most = 100;

/** Who polled, and which feeds, over all of the days; the most polls first. */
export function readerTables({ days }: Stats): readonly Table[] {
  if (days.length === 0) return [];
  const span = days.length === 1 ? `On ${days[0]!.day}` : `From ${days[0]!.day} to ${days.at(-1)!.day}`;
  return [readerTable(days, span), feedTable(days, span)];
}

const figureHeads = ['Polls', 'Answered 304', 'Unconditional', 'Too early', 'Interval', 'Sent', 'Saved'].map(
  (name) => ({
    name,
    isNumber: true as const,
  }),
);

function figureCells(sum: Figures): readonly string[] {
  const polls = pollsOf(sum);
  return [
    showCount(polls),
    showShare(sum.unmodified, polls),
    showShare(sum.unconditional, polls),
    showShare(sum.early, sum.gaps),
    sum.gaps === 0 ? '' : showDuration((sum.waited / sum.gaps) * 1000),
    showBytes(sum.bytes),
    showBytes(Math.max(0, sum.saved)),
  ];
}

function readerTable(days: readonly DayStats[], span: string): Table {
  const byProduct = Map.groupBy(
    days.flatMap(({ readers }) => readers),
    ({ product }) => product,
  );
  const rows = Array.from(byProduct, ([product, own]) => ({ product, last: own.at(-1)!, sum: sumOf(own) }));
  return {
    title: 'Who reads',
    note: `${span}, UTC; subscribers on the last day that a product came. What is marked with ≈ is estimated.`,
    heads: [{ name: 'Reader' }, { name: 'Kind' }, { name: 'Subscribers', isNumber: true }, ...figureHeads],
    rows: mostPolled(rows).map(({ product, last, sum }) => [
      product,
      last.kind,
      showSubscribers(last),
      ...figureCells(sum),
    ]),
  };
}

function showSubscribers({ subscribers, isEstimate, doubted }: ReaderStats): string {
  const said = subscribers === undefined ? '' : `${isEstimate ? '≈ ' : ''}${showCount(subscribers)}`;
  return doubted > 0 ? `${said} (${showCount(doubted)} not believed)`.trim() : said;
}

function feedTable(days: readonly DayStats[], span: string): Table {
  const byFeed = Map.groupBy(
    days.flatMap(({ feeds }) => feeds),
    ({ feed, format }) => `${feed} ${format}`,
  );
  const rows = Array.from(byFeed.values(), (own: readonly FeedStats[]) => ({ ...own[0]!, sum: sumOf(own) }));
  return {
    title: 'Feeds polled',
    note: `${span}, UTC. Too early is before the max-age of the answer before was over.`,
    heads: [{ name: 'Feed' }, { name: 'Format' }, ...figureHeads],
    rows: mostPolled(rows).map(({ feed, format, sum }) => [feed || 'others', format, ...figureCells(sum)]),
  };
}

function mostPolled<T extends { readonly sum: Figures }>(rows: readonly T[]): readonly T[] {
  return rows.toSorted((a, b) => pollsOf(b.sum) - pollsOf(a.sum)).slice(0, most);
}
