import { write, writeSync } from 'node:fs';
import { type DestinationStream, type Logger, pino } from 'pino';

/** How many characters of it may wait for room on a full disk, or for whoever reads them. */
const mostWaiting = 1_000_000;

/** Milliseconds until what could not be written is tried again. */
const pause = 100;

const standardOutput = openOutput(1);

/** The log, on standard output. What cannot be written there waits, and beyond a bound is lost; nobody else is held up. */
export function openLog(level: string): Logger {
  return pino({ level }, standardOutput);
}

// pino's own ends a process that it cannot write for, or waits for room or for a reader, at the latest when it ends.
function openOutput(fd: number): DestinationStream {
  let current = Buffer.alloc(0);
  let waiting = '';
  let state: 'idle' | 'writing' | 'paused' = 'idle';

  const writeNext = (): void => {
    if (current.length === 0) [current, waiting] = [Buffer.from(waiting), ''];
    state = current.length === 0 ? 'idle' : 'writing';
    if (state === 'writing') write(fd, current, onWritten);
  };
  const onWritten = (error: NodeJS.ErrnoException | null, written: number): void => {
    if (error === null) {
      current = current.subarray(written);
      writeNext();
    } else {
      state = 'paused';
      // After a broken pipe nobody will read it any more.
      if (error.code !== 'EPIPE') setTimeout(writeNext, pause).unref();
    }
  };
  process.on('exit', () => {
    let rest = Buffer.from(waiting);
    if (state === 'paused') rest = Buffer.concat([current, rest]);
    try {
      while (rest.length > 0) rest = rest.subarray(writeSync(fd, rest));
    } catch {
      // There is no room, and no time to wait for it.
    }
  });
  return {
    write(line) {
      if (current.length + waiting.length + line.length > mostWaiting) return;
      waiting += line;
      if (state === 'idle') writeNext();
    },
  };
}
