/** How often the clock is held against one that nobody sets, in milliseconds. */
const interval = 2000;

/** How far the two may part in between: a clock that is only corrected runs a little faster or slower. */
const tolerance = 1000;

/**
 * Calls back when the clock of the system was set, or the machine slept: timers that wait for a time of day then wait
 * too long. Gives what ends the watch.
 */
export function onClockSet(listener: () => void): () => void {
  const difference = (): number => Date.now() - performance.now();
  let last = difference();
  const timer = setInterval(() => {
    const now = difference();
    const isSet = Math.abs(now - last) > tolerance;
    last = now;
    if (isSet) listener();
  }, interval);
  timer.unref();
  return () => clearInterval(timer);
}
