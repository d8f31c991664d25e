import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { hireReader, type Reader } from './reader.ts';
import { type Look, type Reading, type ReadingTask, readTask } from './reading.ts';
import { closeSpill, openSpill, type SpilledReading, spillReading, spillWriter, unspillReading } from './spill.ts';

/** All that was read, in the order of the tasks. Texts of articles can be looked at until it is closed. */
export type Readings = { readonly readings: readonly Reading[]; readonly close: () => Promise<void> };

type Range = { readonly from: number; readonly to: number };

/** Fewer files are read before a thread has started, and their texts fit into memory. */
const fewest = 400;
const mostReaders = 3;

/** Files that one order to a reader names, at least and at most. */
const shortestRange = 4;
const longestRange = 48;

/** Files that are read at once where they are few: one that is being written has to be waited for. */
const lanes = 16;

/** Reads the files: many of them on all processors, with the articles' texts laid aside in files of their own. */
export async function readAll(
  look: Look,
  tasks: readonly ReadingTask[],
  onProgress: (done: number, all: number) => void,
): Promise<Readings> {
  const readings: Reading[] = new Array(tasks.length);
  let done = 0;
  const note = (index: number, reading: Reading): void => {
    readings[index] = reading;
    done += 1;
    onProgress(done, tasks.length);
  };
  if (tasks.length >= fewest) return { readings, close: await readMany(look, tasks, note) };
  const waiting = tasks.entries();
  const lane = async (): Promise<void> => {
    for (const [index, task] of waiting) note(index, await readTask(look, task));
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return { readings, close: async () => undefined };
}

/** Gives what ends the reading: until then the texts are there. */
async function readMany(
  look: Look,
  tasks: readonly ReadingTask[],
  note: (index: number, reading: Reading) => void,
): Promise<() => Promise<void>> {
  const queue = rangesOf(tasks.length);
  const count = Math.min(mostReaders, Math.max(1, availableParallelism() - 1));
  const [own, ...others] = Array.from({ length: 1 + count }, openSpill);
  const readers = others.map((spill) => hireReader({ look, spill }));
  const writer = spillWriter(own!);
  const dismiss = async (): Promise<void> => void (await Promise.all(readers.map((reader) => reader.close())));
  const close = async (): Promise<void> => {
    // A thread that went on writing would write into whatever file got the descriptor next.
    await dismiss();
    for (const spill of [own!, ...others]) closeSpill(spill);
  };
  const noteRange = ({ from }: Range, read: readonly SpilledReading[]): void => {
    for (const [offset, reading] of read.entries()) note(from + offset, unspillReading(reading));
  };
  const readHere = async (): Promise<void> => {
    for (let range = queue.shift(); range !== undefined; range = queue.shift()) {
      const read: SpilledReading[] = [];
      for (const task of tasks.slice(range.from, range.to)) {
        read.push(spillReading(writer, await readTask(look, task)));
        // What the readers have sent is heard of, and they get their next order, between two files.
        await setImmediate();
      }
      writer.flush();
      // Copies, as they come from the readers: what is cut out of a file's text would keep all of it.
      noteRange(range, structuredClone(read));
    }
  };
  const readThere = async (reader: Reader): Promise<void> => {
    for (let range = queue.shift(); range !== undefined; range = queue.shift()) {
      const read = await reader.read(tasks.slice(range.from, range.to)).catch(() => undefined);
      if (read === undefined) return void queue.push(range);
      noteRange(range, read);
    }
  };
  try {
    // Two orders to each reader, so that the next one lies ready.
    await Promise.all([...readers, ...readers].map(readThere).concat(readHere()));
    // What a reader that died has left behind.
    await readHere();
    // The memory of the threads is not held while what was read is stored and printed.
    void dismiss();
  } catch (error) {
    await close();
    throw error;
  }
  return close;
}

/** The nearer the end the shorter, so that all who read come to it together. */
function rangesOf(length: number): Range[] {
  const ranges: Range[] = [];
  for (let from = 0; from < length; from = ranges.at(-1)!.to) {
    const share = Math.ceil((length - from) / 16);
    ranges.push({ from, to: Math.min(length, from + Math.min(longestRange, Math.max(shortestRange, share))) });
  }
  return ranges;
}
