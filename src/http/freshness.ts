/** What an answer says of its time, as it stands in this second. */
export type Freshness = {
  /** Seconds since 1970. */
  readonly second: number;
  /** The max-age that is told, in seconds. */
  readonly age: number;
  /** Cache-Control of every document (RFC 9111 §5.2.2, RFC 5861). */
  readonly shared: string;
  /** Cache-Control of what is made for one client. */
  readonly own: string;
};

/** Fresh until shortly after the next cron run. Made anew once a second, since a request only has to look it up. */
export function createFreshness(nextRun: () => number | undefined): () => Freshness {
  let current: Freshness = { second: 0, age: 0, shared: '', own: '' };
  return () => {
    const second = Math.floor(Date.now() / 1000);
    if (second !== current.second) current = make(second, maxAge(nextRun(), second));
    return current;
  };
}

function make(second: number, age: number): Freshness {
  return {
    second,
    age,
    shared: sharedFor(age),
    own: `private, max-age=${age}`,
  };
}

/** Cache-Control of documents and pages that are fresh for so many seconds. */
export function sharedFor(age: number): string {
  return `public, max-age=${age}, s-maxage=60, stale-while-revalidate=60, stale-if-error=86400`;
}

function maxAge(nextRun: number | undefined, second: number): number {
  if (nextRun === undefined) return 60;
  return Math.min(Math.max(Math.ceil(nextRun / 1000) - second + 5, 60), 3600);
}
