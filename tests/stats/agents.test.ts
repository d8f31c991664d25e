import { expect, test } from 'vitest';
import { kindOfProduct, readAgent } from '../../src/stats/agent.ts';

/** As they were found in logs, in readers' own sources and in lists of them. */
const said: readonly (readonly [userAgent: string, product: string, subscribers?: number, fetcher?: string])[] = [
  ['Feedly/1.0 (+http://www.feedly.com/fetcher.html; 457 subscribers; like FeedFetcher-Google)', 'Feedly', 457],
  ['Feedly/1.0 (+http://www.feedly.com/fetcher.html; 1 subscribers; like FeedFetcher-Google)', 'Feedly', 1],
  ['Feedly/1.0 (+http://www.feedly.com/fetcher.html; like FeedFetcher-Google)', 'Feedly'],
  ['Feedbin feed-id:1373711 - 142 subscribers', 'Feedbin', 142, '1373711'],
  ['Feedbin feed-id:1234567 - 1 subscriber', 'Feedbin', 1, '1234567'],
  [
    'NewsBlur Feed Fetcher - 54 subscribers - https://www.newsblur.com/site/6865328/grumpy-website ("Mozilla/5.0 ' +
      '(Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/14.0.1 Safari/605.1.15")',
    'NewsBlur',
    54,
    '6865328',
  ],
  ['NewsBlur Feed Fetcher - 1000000 subscribers', 'NewsBlur'],
  ['Inoreader/1.0 (+http://www.inoreader.com/feed-fetcher; 195 subscribers; )', 'Inoreader', 195],
  ['Mozilla/5.0 (compatible; inoreader.com; 7 subscribers)', 'Inoreader', 7],
  [
    'Mozilla/5.0 (compatible; theoldreader.com; 12 subscribers; feed-id=0719795c4d27c784217b0bc0)',
    'The Old Reader',
    12,
    '0719795c4d27c784217b0bc0',
  ],
  ['Mozilla/5.0 (compatible; BazQux/2.4; +https://bazqux.com/fetcher; 6 subscribers)', 'BazQux', 6],
  ['Mozilla 5.0 (compatible; BazQux/2.4 +http://bazqux.com/fetcher; 6 subscribers)', 'BazQux', 6],
  ['Feedspot/1.0 (+https://www.feedspot.com/fs/fetcher; like FeedFetcher-Google)', 'Feedspot'],
  [
    'Feedfetcher-Google; (+http://www.google.com/feedfetcher.html; 1 subscribers; feed-id=728742641706423)',
    'Feedfetcher',
    1,
    '728742641706423',
  ],
  ['Overcast/1.0 Podcast Sync (1190 subscribers; feed-id=554901; +http://overcast.fm/)', 'Overcast', 1190, '554901'],
  ['Mozilla/5.0 (feeder.co; Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36', 'Feeder.co'],
  ['FreshRSS/1.29.1 (Linux; https://freshrss.org)', 'FreshRSS'],
  ['Mozilla/5.0 (compatible; Miniflux/2.2.3; +https://miniflux.app)', 'Miniflux'],
  ['Tiny Tiny RSS/23.05-a4543de (Unsupported) (https://tt-rss.org/)', 'Tiny Tiny RSS'],
  ['NextCloud-News/1.0', 'Nextcloud News'],
  ['NetNewsWire (RSS Reader; https://netnewswire.com/)', 'NetNewsWire'],
  ['Reeder/5050102 CFNetwork/3860.700.2 Darwin/25.6.0', 'Reeder'],
  ['Fiery%20Feeds/572 CFNetwork/3860.100.1 Darwin/25.0.0', 'Fiery Feeds'],
  ['Unread RSS Reader - https://www.goldenhillsoftware.com/unread/', 'Unread'],
  ['newsboat/2.36 (Linux x86_64)', 'Newsboat'],
  ['Liferea/1.13.5 (Linux; en_US; https://lzone.de/liferea/)', 'Liferea'],
  ['Akregator/5.24.0 (23.08.0); syndication', 'Akregator'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Thunderbird/115.6.1', 'Thunderbird'],
  ['Mozilla/5.0 Vienna/3.1.1', 'Vienna'],
  ['SpaceCowboys Android RSS Reader / 2.13.0(3764)', 'Feeder'],
  ['Emacs Elfeed 3.4.2', 'Elfeed'],
  ['URL/Emacs Emacs/28.2 (TTY; x86_64-pc-linux-gnu)', 'Emacs'],
  ['Blogtrottr/2.0', 'Blogtrottr'],
  ['wp.com feedbot/1.0', 'WordPress.com'],
  ['http.rb/5.1.1 (Mastodon/4.2.17; +https://mastodon.example.org/)', 'Mastodon'],
  ['Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', 'Google'],
  [
    'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)',
    'Bing',
  ],
  ['RSSingBot (http://www.rssing.com)', 'Other bots'],
  ['curl/8.5.0', 'curl'],
  ['python-requests/2.32.3', 'python-requests'],
  ['Go-http-client/2.0', 'Go'],
  ['node', 'Node'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0', 'Firefox'],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0',
    'Edge',
  ],
  ['help@dataminr.com', 'Others'],
  ['', 'Without a name'],
];

test.each(said.map((one) => [...one] as [string, string, number?, string?]))('%s is %s', (...one) => {
  const [userAgent, product, subscribers, fetcher = ''] = one;
  const facts = readAgent(userAgent);
  expect(facts.product.name).toBe(product);
  expect(facts.saying).toEqual(subscribers === undefined ? undefined : { subscribers, fetcher });
});

test('a client that names itself in no way, and one that nobody knows, are told apart from those that do', () => {
  expect(readAgent(undefined).product.name).toBe('Without a name');
  expect([kindOfProduct('FreshRSS'), kindOfProduct('Feedly'), kindOfProduct('Others')]).toEqual([
    'reader',
    'aggregator',
    'other',
  ]);
});

test('a User-Agent that is long and hostile says nothing of subscribers', () => {
  const hostile = ['1,'.repeat(8000), 'feed-id='.repeat(2000), `NewsBlur ${'1'.repeat(15_000)}`, ' '.repeat(16_000)];
  for (const userAgent of hostile) expect(readAgent(userAgent).saying).toBeUndefined();
});
