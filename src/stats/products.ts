/** What kind of program asks: one that many people read in, one that one person does, or none that is read in. */
export type ProductKind = 'aggregator' | 'reader' | 'browser' | 'bot' | 'library' | 'other';

/** A program that polls feeds. */
export type Product = {
  readonly name: string;
  readonly kind: ProductKind;
  /** What its User-Agents have in common. */
  readonly pattern: RegExp;
  /** Where a genuine one says how many subscribers it has; the first group is the number. */
  readonly subscribers?: RegExp;
  /** What it calls the subscription; the first group. */
  readonly fetcher?: RegExp;
};

const count = /(?:^|[\s(;,-])(\d[\d,]{0,11}) (?:subscriber|reader|follower|user)s?\b/i;
const feedId = /\bfeed-?id[=:]\s*([\w-]{1,40})/i;

const aggregator = (name: string, pattern: RegExp, subscribers = count, fetcher = feedId): Product => ({
  name,
  kind: 'aggregator',
  pattern,
  subscribers,
  fetcher,
});
const kindOf =
  (kind: ProductKind) =>
  (name: string, pattern: RegExp): Product => ({ name, kind, pattern });
const reader = kindOf('reader');
const bot = kindOf('bot');
const library = kindOf('library');
const browser = kindOf('browser');

/** Programs as their User-Agents name them; the first that matches counts, so that what says most stands first. */
export const products: readonly Product[] = [
  aggregator('Feedly', /^Feedly\/|\bFeedlyBot\b|feedly\.com\/fetcher/i),
  aggregator('Feedbin', /^Feedbin\b/),
  // Scrapers use the name with a number of their own, and leave the address out.
  aggregator(
    'NewsBlur',
    /^NewsBlur\b/,
    /(\d[\d,]{0,11}) subscribers? - https?:\/\/(?:www\.)?newsblur\.com/,
    /newsblur\.com\/site\/(\d{1,12})/,
  ),
  aggregator('Inoreader', /inoreader/i),
  aggregator('The Old Reader', /theoldreader/i),
  aggregator('BazQux', /BazQux/i, /bazqux\.com\/fetcher; (\d[\d,]{0,11}) subscribers?/i),
  aggregator('Feedspot', /Feedspot/i),
  aggregator('Feedfetcher', /^Feed[Ff]etcher-Google/),
  aggregator('Overcast', /^Overcast\/.* Podcast Sync/),
  aggregator('Feed Wrangler', /^Feed ?Wrangler/i),
  aggregator('Feeder.co', /feeder\.co\b/i),
  aggregator('Bloglovin', /Bloglovin/i),
  aggregator('G2Reader', /g2reader/i),
  aggregator('NewsNow', /NewsNow/),
  aggregator('Minifeed', /Minifeed/i),
  aggregator('Readwise', /Readwise/i),
  aggregator('Yarr', /\byarr\b/i),
  aggregator('CommaFeed', /CommaFeed/i),
  aggregator('Flipboard', /Flipboard/i),
  aggregator('SmartNews', /SmartNews/i),
  aggregator('Netvibes', /Netvibes/i),
  aggregator('Blogtrottr', /Blogtrottr/i),
  aggregator('FeedBurner', /FeedBurner/i),
  aggregator('Kill the Newsletter', /kill-the-newsletter/i),
  aggregator('IFTTT', /IFTTT/),
  aggregator('Zapier', /^Zapier/),
  aggregator('Superfeedr', /Superfeedr/i),
  aggregator('WordPress.com', /wp\.com feedbot|WordPress\.com/i),
  aggregator('Podcasts (Apple)', /iTMS|^Podcasts\/|Apple Podcasts/i),
  aggregator('Pocket Casts', /Pocket ?Casts/i),
  reader('FreshRSS', /FreshRSS/i),
  reader('Miniflux', /Miniflux/i),
  reader('Tiny Tiny RSS', /Tiny Tiny RSS/i),
  reader('Nextcloud News', /Next[Cc]loud[- ]News/),
  reader('selfoss', /selfoss/i),
  reader('Stringer', /Stringer\b/),
  reader('Leed', /\bLeed\b/),
  reader('Flus', /^flus\//i),
  reader('NetNewsWire', /NetNewsWire/),
  reader('Reeder', /^Reeder/),
  reader('ReadKit', /ReadKit/),
  reader('Fiery Feeds', /^Fiery(?:%20|\s)?Feeds/),
  reader('lire', /^lire\//),
  reader('Unread', /^Unread\b/),
  reader('Vienna', /\bVienna\//),
  reader('Newsboat', /^[Nn]ews(?:boat|beuter)\//),
  reader('Liferea', /Liferea/i),
  reader('Akregator', /Akregator/i),
  reader('RSS Guard', /RSS ?Guard/i),
  reader('QuiteRSS', /QuiteRSS/i),
  reader('Fluent Reader', /Fluent ?Reader/i),
  reader('NewsFlash', /News[Ff]lash/),
  reader('Elfeed', /Elfeed/i),
  reader('Gnus', /\bGnus\//),
  // Newsticker and Gnus ask by Emacs' own library.
  reader('Emacs', /^URL\/Emacs/),
  reader('Thunderbird', /Thunderbird\//),
  reader('SeaMonkey', /SeaMonkey\//),
  reader('Outlook', /Microsoft Office|Outlook|Windows-RSS-Platform/),
  reader('Feeder', /^Feeder\b|SpaceCowboys Android RSS Reader/),
  reader('Read You', /Read ?You\b/),
  reader('Capy Reader', /Capy ?Reader/i),
  reader('Twine', /^Twine\b/),
  reader('Aggregator', /^Aggregator\//),
  reader('AntennaPod', /AntennaPod/),
  reader('gPodder', /gPodder/i),
  reader('Feedbro', /Feedbro/i),
  reader('Fraidycat', /Fraidycat/i),
  reader('RSSOwl', /RSSOwl/i),
  reader('FeedDemon', /FeedDemon/i),
  reader('NewsFire', /NewsFire/),
  reader('sfeed', /^sfeed/),
  reader('rss2email', /rss2email/i),
  reader('rawdog', /^rawdog/),
  reader('Planet', /^Planet|Planet Venus/),
  reader('Blogroll', /blogroll/i),
  reader('FeedLand', /FeedLand/i),
  reader('Brief', /\bBrief\//),
  bot('Google', /Googlebot|GoogleOther|Google-|Mediapartners|AdsBot/),
  bot('Bing', /bingbot|BingPreview|msnbot/i),
  bot('Apple', /Applebot/),
  bot('Yandex', /Yandex/),
  bot('Baidu', /Baidu/i),
  bot('DuckDuckGo', /DuckDuckBot|DuckDuckGo/),
  bot('OpenAI', /GPTBot|ChatGPT|OAI-SearchBot/),
  bot('Anthropic', /ClaudeBot|Claude-|anthropic/i),
  bot('Common Crawl', /CCBot/),
  bot('Amazon', /Amazonbot/),
  bot('Meta', /facebookexternalhit|meta-external|Facebot/i),
  bot('ByteDance', /Bytespider|TikTokSpider/),
  bot('PetalBot', /PetalBot/),
  bot('Ahrefs', /AhrefsBot/),
  bot('Semrush', /Semrush/),
  bot('MJ12', /MJ12bot/),
  bot('Internet Archive', /archive\.org_bot|heritrix/i),
  bot('Slack', /Slackbot|Slack-/),
  bot('Discord', /Discordbot/),
  bot('Telegram', /TelegramBot/),
  bot('Mastodon', /Mastodon|Pleroma|Akkoma|Misskey/),
  bot('Uptime monitors', /UptimeRobot|Uptime-Kuma|Pingdom|StatusCake|Better ?Uptime|Site24x7/i),
  bot('Validators', /W3C_Validator|FeedValidator|Feed ?Validator/i),
  library('feedparser', /feedparser/i),
  library('SimplePie', /SimplePie/i),
  library('rss-parser', /rss-parser/i),
  library('python-reader', /python-reader/i),
  library('python-requests', /python-requests|python-urllib|python-httpx|aiohttp|^Python\//i),
  library('curl', /^curl\//),
  library('wget', /^Wget/i),
  library('Go', /Go-http-client/),
  library('Node', /^node(?:-fetch)?\b|^undici|^axios|^got\b/i),
  library('Ruby', /^Ruby|Faraday|http\.rb|Mechanize|Typhoeus/i),
  library('PHP', /^PHP|GuzzleHttp|^Symfony/i),
  library('Java', /^Java\/|Apache-HttpClient|^okhttp|Jakarta|^ktor/i),
  library('Perl', /libwww-perl|LWP::/i),
  library('.NET', /^\.NET|RestSharp/),
  library('CFNetwork', /CFNetwork\//),
  bot('Other bots', /bot\b|bot[/;)]|spider|crawl|fetcher|scrap|monitor|archiv/i),
  browser('Edge', /\bEdg(?:e|A|iOS)?\//),
  browser('Opera', /\bOPR\/|\bOpera\b/),
  browser('Samsung Internet', /SamsungBrowser\//),
  browser('Firefox', /\b(?:Firefox|FxiOS)\//),
  browser('Chrome', /\b(?:Chrome|CriOS|Chromium)\//),
  browser('Safari', /\bSafari\//),
  browser('Other browsers', /^Mozilla\/[45]/),
];

/** What no User-Agent names, and what sends none. */
export const otherProducts: { readonly unknown: Product; readonly silent: Product } = {
  unknown: { name: 'Others', kind: 'other', pattern: /./ },
  silent: { name: 'Without a name', kind: 'other', pattern: /^$/ },
};
