import { Counter, type Registry } from 'prom-client';
import { kindOfProduct } from '../stats/agent.ts';
import { type Batch, figureAt, type Tally } from '../stats/batch.ts';

const outcomes = ['whole', 'unmodified', 'delta', 'refused', 'failed'] as const;

/** Meters of polls since this process began; gives what takes up what was counted. */
export function meterPolls(registry: Registry): (batch: Batch) => void {
  const registers = [registry];
  const ofFeed = ['feed', 'format'] as const;
  const counter = <T extends string>(name: string, help: string, labelNames: readonly T[]): Counter<T> =>
    new Counter({ name: `linecaster_${name}_total`, help, labelNames: [...labelNames], registers });
  const polls = counter('polls', 'Polls of feeds, by what was answered.', [...ofFeed, 'outcome']);
  const byProduct = counter('product_polls', 'Polls of feeds, by the product that asked.', ['product', 'kind']);
  const figures = {
    unconditional: counter('unconditional_polls', 'Polls without If-None-Match and If-Modified-Since.', ofFeed),
    bytes: counter('sent_bytes', 'Bytes of bodies that were sent.', ofFeed),
    saved: counter('saved_bytes', 'Bytes that 304s, deltas and encodings saved.', ofFeed),
    gaps: counter('returns', 'Polls by clients that had polled before on the same day.', ofFeed),
    waited: counter('returns_seconds', 'Seconds between such a poll and the one before.', ofFeed),
    early: counter('early_returns', 'Such polls before max-age was over.', ofFeed),
  } as const;
  const add = (tally: Tally): void => {
    const labels = { feed: labelOf(tally.feed), format: tally.format };
    let all = 0;
    for (const outcome of outcomes) {
      const count = tally.figures[figureAt[outcome]]!;
      all += count;
      if (count > 0) polls.inc({ ...labels, outcome }, count);
    }
    byProduct.inc({ product: tally.product, kind: kindOfProduct(tally.product) }, all);
    for (const [name, meter] of Object.entries(figures)) {
      meter.inc(labels, tally.figures[figureAt[name as keyof typeof figures]]!);
    }
  };
  return ({ tallies }) => {
    for (const tally of tallies) add(tally);
  };
}

/** Each label is a time series of its own: tags and authors have one each together. */
function labelOf(feed: string): string {
  const [, kind] = /^(tags|authors)\//.exec(feed) ?? [];
  return kind ?? feed;
}
