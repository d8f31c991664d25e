/** How one kind of reader polls. */
export type Habit = {
  readonly name: string;
  /** Per cent of all subscribers. */
  readonly share: number;
  /** Minutes between two polls. */
  readonly interval: number;
  readonly encodings: string | undefined;
  /** Which validators it keeps and sends back. */
  readonly keeps: 'tag' | 'date' | 'both' | 'none';
  readonly headers: readonly string[];
};

/**
 * A population of subscribers. What each kind sends is what its source says; how many of each there are, and how often
 * they poll, is an assumption.
 */
export const habits: readonly Habit[] = [
  habit('NetNewsWire', 16, 60, 'gzip, deflate, br', 'both', [
    'User-Agent: NetNewsWire (RSS Reader; https://netnewswire.com/)',
  ]),
  habit('Feeder and its kind on a phone', 14, 120, 'gzip', 'both', ['User-Agent: okhttp/5']),
  habit('Thunderbird', 12, 100, 'gzip, deflate, br, zstd', 'both', [
    'User-Agent: Thunderbird',
    'Cache-Control: no-cache',
  ]),
  habit('FreshRSS', 10, 60, 'deflate, gzip, br, zstd', 'both', ['User-Agent: FreshRSS/1.26']),
  habit('Miniflux', 9, 60, 'br,gzip', 'both', ['User-Agent: Miniflux']),
  habit('web pages that embed the feed', 8, 30, 'gzip, deflate, br, zstd', 'none', ['User-Agent: Mozilla/5.0']),
  habit('Newsboat', 8, 60, 'gzip, deflate', 'both', ['User-Agent: Newsboat/2.36', 'A-IM: feed']),
  habit('Liferea', 5, 60, 'gzip, deflate, br', 'both', ['User-Agent: Liferea/1.15', 'A-IM: feed']),
  habit('NewsBlur', 5, 45, 'gzip, deflate', 'both', ['User-Agent: NewsBlur Feed Fetcher', 'A-IM: feed']),
  habit('Vienna', 3, 60, 'gzip, deflate, br', 'date', ['User-Agent: Vienna/3.9', 'A-IM: feed']),
  habit('feedparser in a script', 4, 60, 'gzip, deflate', 'none', ['User-Agent: feedparser/6.0', 'A-IM: feed']),
  habit('sfeed', 2, 60, undefined, 'tag', ['User-Agent: curl/8']),
  habit('curl in a cron job', 4, 60, undefined, 'none', ['User-Agent: curl/8']),
];

function habit(
  name: string,
  share: number,
  interval: number,
  encodings: string | undefined,
  keeps: Habit['keeps'],
  headers: readonly string[],
): Habit {
  return { name, share, interval, encodings, keeps, headers };
}
