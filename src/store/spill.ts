import { close, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';
import type { Html } from '../lib/html.ts';
import { BlockReader } from './block-reader.ts';
import type { Reading } from './reading.ts';
import type { EntryText } from './records.ts';

/** Where a text lies in a spill: a descriptor that all threads of the process share, and offsets in bytes. */
type SpilledText = {
  readonly descriptor: number;
  readonly start: number;
  readonly end: number;
};

/** A reading whose article has its text in a spill; plain data. */
export type SpilledReading = Reading & { readonly body?: SpilledText };

/** Lays one text after another into a spill. They can be looked at once they are flushed. */
export type SpillWriter = { readonly lay: (text: EntryText) => SpilledText; readonly flush: () => void };

let opened = 0;

/**
 * Opens a spill among the system's temporary files: a file without a name for the texts of an import, which together
 * are more than memory should hold. Its space is free again when it is closed, or the process ends.
 */
export function openSpill(): number {
  opened += 1;
  const file = join(tmpdir(), `linecaster-${process.pid}-${threadId}-${opened}.spill`);
  rmSync(file, { force: true });
  const descriptor = openSync(file, 'wx+', 0o600);
  rmSync(file);
  return descriptor;
}

/** Lets go of a spill; its texts cannot be looked at any more. To free its space takes the system a while. */
export function closeSpill(descriptor: number): void {
  readers.delete(descriptor);
  close(descriptor, () => undefined);
}

/** Bytes that are written at once. */
const room = 256 * 1024;

/** The one who writes into an empty spill; it may be in another thread than who opened it. */
export function spillWriter(descriptor: number): SpillWriter {
  const waiting = Buffer.allocUnsafe(room);
  let length = 0;
  let written = 0;
  const write = (bytes: Uint8Array): void => {
    // A disk that is nearly full takes a part, and fails when it is given the rest.
    for (let from = 0; from < bytes.length; ) from += writeSync(descriptor, bytes, from, undefined, written + from);
    written += bytes.length;
  };
  const flush = (): void => {
    write(waiting.subarray(0, length));
    length = 0;
  };
  const lay = ({ html }: EntryText): SpilledText => {
    // UTF-8 has at most three bytes for each of UTF-16's units.
    const most = html.length * 3;
    if (length + most > room) flush();
    const isLong = most > room;
    const bytes = isLong ? Buffer.allocUnsafe(most) : waiting;
    const start = written + length;
    const end = isLong ? bytes.write(html) : length + bytes.write(html, length);
    const laid = { descriptor, start, end: written + end };
    if (isLong) write(bytes.subarray(0, end));
    else length = end;
    return laid;
  };
  return { lay, flush };
}

/** The reading with its article's text laid aside. */
export function spillReading({ lay }: SpillWriter, reading: Reading): SpilledReading {
  const { update } = reading;
  if (update?.article === undefined) return reading;
  const { content, ...rest } = update.article;
  const light = { ...content, html: '' as Html };
  return { ...reading, update: { ...update, article: { ...rest, content: light } }, body: lay(content) };
}

/** The reading with a text that is read from the spill each time that it is looked at. */
export function unspillReading({ body, ...reading }: SpilledReading): Reading {
  const { update } = reading;
  if (update?.article === undefined || body === undefined) return reading;
  const { content, ...rest } = update.article;
  const { html: _, ...facts } = content;
  return { ...reading, update: { ...update, article: { ...rest, content: Object.assign(new LaidText(body), facts) } } };
}

/** A class, since of an import there are as many as articles: two functions of each one's own would be a kilobyte. */
class LaidText implements EntryText {
  readonly #body: SpilledText;

  constructor(body: SpilledText) {
    this.#body = body;
  }

  get html(): Html {
    const { descriptor, start, end } = this.#body;
    const reader = readers.getOrInsertComputed(descriptor, () => new BlockReader(descriptor));
    return reader.read(start, end) as Html;
  }
}

const readers = new Map<number, BlockReader>();
