let shownAt = 0;

/** Says on a terminal how far long work has come, a few times a second; elsewhere nothing. */
export function showProgress(done: number, all: number): void {
  const now = performance.now();
  if (!process.stderr.isTTY || (now - shownAt < 200 && done < all)) return;
  shownAt = now;
  process.stderr.write(done < all ? `\r${done} of ${all} files read` : '\r\u001b[K');
}
