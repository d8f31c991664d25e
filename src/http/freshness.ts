/**
 * The Cache-Control of every document (RFC 9111 §5.2.2, RFC 5861): fresh until shortly after the next cron run. Made
 * anew once a second, since a request only has to look it up.
 */
export function createFreshness(nextRun: () => number | undefined): () => string {
  let madeAt = 0;
  let value = '';
  return () => {
    const second = Math.floor(Date.now() / 1000);
    if (second !== madeAt) {
      madeAt = second;
      value = `public, max-age=${maxAge(nextRun(), second)}, s-maxage=60, stale-while-revalidate=60, stale-if-error=86400`;
    }
    return value;
  };
}

function maxAge(nextRun: number | undefined, second: number): number {
  if (nextRun === undefined) return 60;
  return Math.min(Math.max(Math.ceil(nextRun / 1000) - second + 5, 60), 3600);
}
