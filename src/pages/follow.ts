import { documentPath } from '../feeds/head.ts';
import { type Site, urlOf } from '../feeds/site.ts';
import { alternatesOf, type NamedFeed } from './frame.ts';

/**
 * How to follow this feed: its addresses, links that readers document, and what to type into one's own reader. Readers get
 * its RSS document, which all of them know.
 */
export function toFollowing(site: Site, feed: NamedFeed): object {
  const url = urlOf(site, documentPath(feed.name, 'rss'));
  const encoded = encodeURIComponent(url);
  return {
    addresses: alternatesOf(site, feed),
    readers: [
      { name: 'Feedly', href: `https://feedly.com/i/subscription/feed%2F${encoded}` },
      { name: 'Inoreader', href: `https://www.inoreader.com/?add_feed=${encoded}` },
      { name: 'NewsBlur', href: `https://www.newsblur.com/?url=${encoded}` },
      { name: 'The Old Reader', href: `https://theoldreader.com/feeds/subscribe?url=${encoded}` },
      // NetNewsWire, Reeder, Liferea, Thunderbird and other programs register themselves for it.
      { name: 'An app on this device', href: `feed:${url}` },
    ],
    ownReaders: [
      { name: 'Miniflux', address: `https://YOUR-HOST/bookmarklet?uri=${encoded}` },
      { name: 'FreshRSS', address: `https://YOUR-HOST/i/?c=feed&a=add&url_rss=${encoded}` },
    ],
  };
}
