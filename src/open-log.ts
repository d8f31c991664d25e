import { type Logger, pino } from 'pino';

/** How many characters of it may wait for room on a full disk. */
const mostWaiting = 1_000_000;

/** The log, on standard output. What cannot be written there waits, and beyond a bound is lost; nobody else is held up. */
export function openLog(level: string): Logger {
  const lines = pino.destination({ dest: 1, sync: true, minLength: 1, maxLength: mostWaiting });
  // Without a listener whoever logs would get the error, and the end of the process would wait for room.
  lines.on('error', () => undefined);
  // Nothing more is written by itself once lines are left out.
  lines.on('drop', () => lines.flush());
  return pino({ level }, lines);
}
