import {
  type Figures,
  figureNames,
  type HourRow,
  type Readership,
  type ReadershipAddition,
  type ReadershipRow,
} from '../store/readership.ts';
import { dayOf, type Tally } from './batch.ts';
import { judge, type KeyedSaying } from './belief.ts';
import { addTallies, keyText, type Tallies } from './merge.ts';
import { estimate, mergeSketches, readSketch, writeSketch } from './sketch.ts';

/** How many rows a day may have before feeds that are new to it are counted together. */
const mostRows = 10_000;
/** How many feeds are asked for at once. */
const together = 500;
/** Days that a claim is measured by. */
const memory = 7;

/** What is to be added to the store for an hour's tallies, by what the store has of that day. */
export async function toAddition(book: Readership, hour: number, tallies: Tallies): Promise<ReadershipAddition> {
  const day = dayOf(hour);
  const known = await readKnown(book, day, tallies);
  const kept = (await book.size(day)) + tallies.size > mostRows ? bounded(tallies, known) : tallies;
  return {
    day,
    hour: sumOf(hour, kept.values()),
    rows: [...kept.keys()].toSorted().map((key) => toRow(kept.get(key)!, known.get(key))),
    claims: judge(await book.claims({ from: dayOf(hour - memory * 24), to: day }), day, sayingsOf(kept)),
  };
}

async function readKnown(book: Readership, day: string, tallies: Tallies): Promise<ReadonlyMap<string, ReadershipRow>> {
  const feeds = [...new Set(['', ...tallies.values().map(({ feed }) => feed)])];
  const known = new Map<string, ReadershipRow>();
  for (let from = 0; from < feeds.length; from += together) {
    for (const row of await book.rowsOf(day, feeds.slice(from, from + together))) known.set(keyText(row), row);
  }
  return known;
}

/** What is new to a full day goes to the rest. */
function bounded(tallies: Tallies, known: ReadonlyMap<string, ReadershipRow>): Tallies {
  const kept: Tallies = new Map();
  for (const [key, tally] of tallies) {
    addTallies(kept, [known.has(key) ? tally : { ...tally, feed: '', format: '' }]);
  }
  return kept;
}

function toRow(tally: Tally, known: ReadershipRow | undefined): ReadershipAddition['rows'][number] {
  const { feed, format, product } = tally;
  const sketch = known === undefined ? tally.sketch : mergeSketches(readSketch(known.sketch), tally.sketch);
  const text = writeSketch(sketch);
  return {
    ...{ feed, format, product },
    ...figuresOf(tally),
    ...{ clients: estimate(sketch), sketch: text, sketchBefore: known?.sketch },
  };
}

/** What was counted, by name. */
function figuresOf({ figures }: Pick<Tally, 'figures'>): Figures {
  return Object.fromEntries(figureNames.map((name, index) => [name, figures[index]!])) as Figures;
}

function sumOf(hour: number, tallies: Iterable<Tally>): HourRow {
  const figures = new Float64Array(figureNames.length);
  for (const tally of tallies) for (const [index, figure] of tally.figures.entries()) figures[index]! += figure;
  return { hour, ...figuresOf({ figures }) };
}

function sayingsOf(tallies: Tallies): readonly KeyedSaying[] {
  return [...tallies.values()].flatMap(({ feed, format, product, sayings }) =>
    [...sayings].map((saying) => ({ feed, format, product, ...saying })),
  );
}
